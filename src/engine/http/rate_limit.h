// How often one address may send something in: a bucket of tokens each, filled evenly.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <unordered_map>

namespace verbatim::http {

class RateLimit {
public:
    explicit RateLimit(int per_minute) : per_minute_(per_minute) {}  // 0: no limit

    // 0: go on, one token taken. Otherwise the seconds until there is one again. `now` is any seconds counter that only grows.
    int take(std::string_view address, std::int64_t now);

private:
    struct Bucket {
        double tokens;
        std::int64_t at;
    };
    const int per_minute_;
    std::mutex mutex_;
    std::unordered_map<std::uint64_t, Bucket> buckets_;
    std::int64_t swept_ = 0;
};

}  // namespace verbatim::http
