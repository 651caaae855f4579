#include "ground/stats/poisson.h"

#include <algorithm>
#include <cmath>

namespace verbatim::stats {
namespace {

double log_choose(std::int64_t n, std::int64_t k) {
    return std::lgamma(static_cast<double>(n) + 1) - std::lgamma(static_cast<double>(k) + 1) - std::lgamma(static_cast<double>(n - k) + 1);
}

}  // namespace

double poisson_at_least(std::int64_t k, double mean) {
    if (k <= 0) return 1;
    if (mean <= 0) return 0;
    const auto at = [&](std::int64_t i) { return std::exp(static_cast<double>(i) * std::log(mean) - mean - std::lgamma(static_cast<double>(i) + 1)); };
    if (static_cast<double>(k) > mean) {  // the tail itself: its terms fall
        double sum = 0, term = at(k);
        for (auto i = k; term > sum * 1e-17; ++i, term *= mean / static_cast<double>(i)) sum += term;
        return std::min(sum, 1.0);
    }
    double below = 0, term = at(k - 1);
    for (auto i = k - 1; i >= 0 && term > below * 1e-17; term *= static_cast<double>(i) / mean, --i) below += term;
    return std::max(0.0, 1 - below);
}

double share_grew(std::int64_t k1, std::int64_t n1, std::int64_t k2, std::int64_t n2) {
    const auto k = k1 + k2, n = n1 + n2, most = std::min(k, n2);
    if (k2 <= std::max<std::int64_t>(0, k - n1)) return 1;
    double sum = 0, term = std::exp(log_choose(n2, k2) + log_choose(n1, k1) - log_choose(n, k));
    for (auto x = k2; x <= most && term > sum * 1e-17; ++x) {
        sum += term;
        term *= static_cast<double>(n2 - x) * static_cast<double>(k - x) / (static_cast<double>(x + 1) * static_cast<double>(n1 - k + x + 1));
    }
    // Far below what is expected the terms rise first, and the tail is nearly all.
    return std::min(sum, 1.0);
}

}  // namespace verbatim::stats
