#include "ground/stats/intervals.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace verbatim::stats {
namespace {

constexpr double z = 1.959963984540054;  // of 95 %, two-sided

double two_sided(double by, double variance) {
    if (variance <= 0) return by == 0 ? 1 : 0;
    return std::erfc(std::abs(by) / std::sqrt(2 * variance));
}

}  // namespace

Interval share_interval(std::int64_t k, std::int64_t n) {
    const double size = static_cast<double>(n), share = static_cast<double>(k) / size;
    const double centre = share + z * z / (2 * size);
    const double half = z * std::sqrt(share * (1 - share) / size + z * z / (4 * size * size));
    const double below = 1 + z * z / size;
    return {k == 0 ? 0 : std::max(0.0, (centre - half) / below), k == n ? 1 : std::min(1.0, (centre + half) / below)};
}

Difference difference_of_shares(std::int64_t k1, std::int64_t n1, std::int64_t k2, std::int64_t n2) {
    const double one = static_cast<double>(k1) / static_cast<double>(n1), other = static_cast<double>(k2) / static_cast<double>(n2);
    const auto first = share_interval(k1, n1), second = share_interval(k2, n2);
    Difference difference;
    difference.by = one - other;
    difference.interval = {difference.by - std::hypot(one - first.low, second.high - other), difference.by + std::hypot(first.high - one, other - second.low)};
    difference.beyond_chance = difference.interval.low > 0 || difference.interval.high < 0;
    const double pooled = static_cast<double>(k1 + k2) / static_cast<double>(n1 + n2);
    difference.p = two_sided(difference.by, pooled * (1 - pooled) * (1 / static_cast<double>(n1) + 1 / static_cast<double>(n2)));
    return difference;
}

std::optional<Stars5> stars_of(const StarCounts& counts) {
    Stars5 stars;
    double sum = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto count = std::max<std::int64_t>(counts[i], 0);
        stars.count += count;
        sum += static_cast<double>(count) * static_cast<double>(i + 1);
    }
    if (stars.count == 0) return std::nullopt;
    const double n = static_cast<double>(stars.count), weight = n + 1;
    stars.mean = sum / n;
    double second = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double share = (static_cast<double>(std::max<std::int64_t>(counts[i], 0)) + 0.2) / weight, star = static_cast<double>(i + 1);
        stars.centre += share * star;
        second += share * star * star;
    }
    // The variance of a linear form of a Dirichlet vector whose parameters add up to `weight`.
    stars.variance = (second - stars.centre * stars.centre) / (weight + 1);
    const double half = z * std::sqrt(stars.variance);
    stars.interval = {std::max(1.0, stars.centre - half), std::min(5.0, stars.centre + half)};
    return stars;
}

Difference difference_of_stars(const Stars5& one, const Stars5& other) {
    Difference difference;
    difference.by = one.mean - other.mean;
    const double variance = one.variance + other.variance, half = z * std::sqrt(variance), centre = one.centre - other.centre;
    difference.interval = {centre - half, centre + half};
    difference.beyond_chance = difference.interval.low > 0 || difference.interval.high < 0;
    difference.p = two_sided(centre, variance);
    return difference;
}

std::vector<bool> believed(std::span<const double> p, double rate) {
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
    std::size_t last = 0;  // how many to reject: the largest k with p(k) <= k/m * rate
    for (std::size_t k = 1; k <= order.size(); ++k) {
        if (p[order[k - 1]] <= rate * static_cast<double>(k) / static_cast<double>(p.size())) last = k;
    }
    std::vector<bool> rejected(p.size(), false);
    for (std::size_t k = 0; k < last; ++k) rejected[order[k]] = true;
    return rejected;
}

std::optional<Quantile> class_quantile(std::span<const std::int64_t> counts, std::span<const std::int64_t> edges, double share) {
    double all = 0;
    for (const auto count : counts) all += static_cast<double>(std::max<std::int64_t>(count, 0));
    if (all <= 0) return std::nullopt;
    double before = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double here = static_cast<double>(std::max<std::int64_t>(counts[i], 0));
        if (here > 0 && before + here >= share * all) {
            const double low = i == 0 ? 0 : static_cast<double>(edges[i - 1]);
            if (i >= edges.size()) return Quantile{low, true};
            return Quantile{low + (static_cast<double>(edges[i]) - low) * (share * all - before) / here, false};
        }
        before += here;
    }
    return Quantile{edges.empty() ? 0 : static_cast<double>(edges.back()), true};
}

}  // namespace verbatim::stats
