// What all loops of one server have in common.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>

#include "engine/http/access_log.h"
#include "engine/http/http.h"
#include "engine/http/proxy.h"
#include "engine/http/rate_limit.h"
#include "engine/http/workers.h"

namespace verbatim::http {

struct Shared {
    Shared(Options given, const Router& routes, Window finished)
        : options(std::move(given)), router(routes), window(std::move(finished)), proxies(options.trusted_proxies),
          posts(options.limits.posts_per_minute), access_log(options.access_log),
          workers(options.workers, options.limits.waiting_requests) {}

    const Options options;
    const Router& router;
    const Window window;
    const TrustedProxies proxies;
    RateLimit posts;
    AccessLog access_log;

    std::atomic<std::uint64_t> open{0}, total{0}, rejected{0};
    std::atomic<std::uint64_t> body_bytes{0};  // of request bodies held in memory
    std::atomic<bool> abandoned{false};        // the drain is over: jobs not yet begun are not begun

    std::mutex drained_mutex;
    std::condition_variable drained;           // when `open` reaches 0

    Workers workers;  // last, so that it ends first
};

// A number that one thread writes and any may read.
class Counter {
public:
    void add(std::uint64_t n = 1) { value_.store(value_.load(std::memory_order_relaxed) + n, std::memory_order_relaxed); }
    std::uint64_t get() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

struct Counters {
    Counter requests, window_hits;
    std::array<Counter, 6> by_class;
};

}  // namespace verbatim::http
