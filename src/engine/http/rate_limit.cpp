#include "engine/http/rate_limit.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/http/proxy.h"

namespace verbatim::http {

namespace {

// Enough for a busy minute; whoever owns more addresses than this is not stopped by counting addresses.
constexpr std::size_t most_buckets = 100'000;

// An IPv6 customer owns a /64 at least, so that is what counts as one address.
std::uint64_t key_of(std::string_view text) {
    const auto address = parse_address(text);
    if (!address) return 0;
    const bool v4 = std::all_of(address->begin(), address->begin() + 10, [](unsigned char c) { return c == 0; });
    std::uint64_t key = 0;
    std::memcpy(&key, address->data() + (v4 ? 8 : 0), sizeof key);
    return key;
}

}  // namespace

int RateLimit::take(std::string_view address, std::int64_t now) {
    if (per_minute_ <= 0) return 0;
    const double per_second = per_minute_ / 60.0;
    std::lock_guard lock(mutex_);
    if (now - swept_ >= 60 || buckets_.size() >= most_buckets) {
        // Whoever was not heard of for a minute has a full bucket again and need not be remembered.
        std::erase_if(buckets_, [&](const auto& entry) { return now - entry.second.at >= 60; });
        if (buckets_.size() >= most_buckets) buckets_.clear();
        swept_ = now;
    }
    auto& bucket = buckets_.try_emplace(key_of(address), Bucket{static_cast<double>(per_minute_), now}).first->second;
    bucket.tokens = std::min<double>(per_minute_, bucket.tokens + static_cast<double>(now - bucket.at) * per_second);
    bucket.at = now;
    if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return 0;
    }
    return std::max(1, static_cast<int>(std::ceil((1 - bucket.tokens) / per_second)));
}

}  // namespace verbatim::http
