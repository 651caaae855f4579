// What every private route does the same way: how often one key may ask, requests sent twice, answers known already.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "engine/http/http.h"
#include "record/repeats/repeats.h"

namespace verbatim::api {

// A bucket of tokens for each session and key, filled evenly.
class KeyLimits {
public:
    explicit KeyLimits(int per_minute) : per_minute_(per_minute) {}  // 0: no limit
    struct Left {
        bool go = true;
        int remaining = 0, reset = 0;  // seconds until one more, or until all are there again
    };
    Left take(const std::string& who);
    // RateLimit-Policy and RateLimit of draft-ietf-httpapi-ratelimit-headers-10.
    void tell(http::Response& response, const Left& left) const;
    http::Response too_many(const Left& left) const;

private:
    struct Bucket {
        double tokens;
        std::int64_t at;  // milliseconds
    };
    const int per_minute_;
    std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
    std::int64_t swept_ = 0;
};

// The act, once for each Idempotency-Key of this caller. What it keeps for that is no part of the act: nothing that waits to commit
// with the act (storage::Alongside) goes with it.
http::Response once(const repeats::Repeats& repeats, const std::string& who, const http::Request& request, const std::function<http::Response()>& act);

// A strong ETag over a 200's body, where it has none: who kept the answer asks with If-None-Match.
void tag(http::Response& response);

class Hygiene {
public:
    Hygiene(std::shared_ptr<const repeats::Repeats> repeats, int per_minute) : repeats_(std::move(repeats)), limits_(per_minute) {}
    // `act` with all of it; `who` is the caller's session or key.
    http::Response around(const std::string& who, const http::Request& request, const std::function<http::Response()>& act);

private:
    const std::shared_ptr<const repeats::Repeats> repeats_;
    KeyLimits limits_;
};

}  // namespace verbatim::api
