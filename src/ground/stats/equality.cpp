#include "ground/stats/equality.h"

#include <algorithm>
#include <cmath>

namespace verbatim::stats {
namespace {

using Counts = std::map<std::int64_t, std::int64_t>;

double log_choose(std::int64_t n, std::int64_t k) {
    return std::lgamma(static_cast<double>(n) + 1) - std::lgamma(static_cast<double>(k) + 1) - std::lgamma(static_cast<double>(n - k) + 1);
}

std::int64_t total(const Counts& counts) {
    std::int64_t sum = 0;
    for (const auto& [value, count] : counts) sum += count;
    return sum;
}

StarFigure figure_of(const Stars& stars) {
    StarFigure figure;
    figure.published = stars.published;
    figure.refused = stars.refused;
    if (const auto decided = stars.published + stars.refused; decided > 0) figure.refusal_rate = static_cast<double>(stars.refused) / static_cast<double>(decided);
    figure.p50 = quantile(stars.delays, .5);
    figure.p95 = quantile(stars.delays, .95);
    figure.human_p50 = quantile(stars.human_delays, .5);
    figure.human_p95 = quantile(stars.human_delays, .95);
    return figure;
}

Stars together(const Stars& one, const Stars& other) {
    Stars sum = one;
    sum.published += other.published;
    sum.refused += other.refused;
    for (const auto& [value, count] : other.delays) sum.delays[value] += count;
    for (const auto& [value, count] : other.human_delays) sum.human_delays[value] += count;
    return sum;
}

}  // namespace

std::optional<std::int64_t> quantile(const Counts& counts, double share) {
    const auto all = total(counts);
    if (all == 0) return std::nullopt;
    const auto rank = std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(share * static_cast<double>(all))));
    std::int64_t seen = 0;
    for (const auto& [value, count] : counts) {
        seen += count;
        if (seen >= rank) return value;
    }
    return counts.rbegin()->first;
}

double fisher_exact(std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d) {
    const auto row = a + b, column = a + c, all = a + b + c + d;
    if (all == 0) return 1;
    const auto log_p = [&](std::int64_t x) { return log_choose(row, x) + log_choose(all - row, column - x) - log_choose(all, column); };
    const double given = log_p(a);
    double sum = 0;
    for (std::int64_t x = std::max<std::int64_t>(0, column - (all - row)); x <= std::min(row, column); ++x) {
        if (const double p = log_p(x); p <= given + 1e-7) sum += std::exp(p);  // the tolerance is for lgamma's rounding
    }
    return std::min(1.0, sum);
}

double mann_whitney(const Counts& one, const Counts& other) {
    const auto n1 = static_cast<double>(total(one)), n2 = static_cast<double>(total(other));
    if (n1 == 0 || n2 == 0) return 1;
    Counts both = one;
    for (const auto& [value, count] : other) both[value] += count;
    double before = 0, rank_sum = 0, ties = 0;
    for (const auto& [value, count] : both) {
        const auto t = static_cast<double>(count);
        if (const auto found = one.find(value); found != one.end()) rank_sum += static_cast<double>(found->second) * (before + (t + 1) / 2);
        ties += t * t * t - t;
        before += t;
    }
    const double n = n1 + n2, u = rank_sum - n1 * (n1 + 1) / 2, mean = n1 * n2 / 2;
    const double variance = n1 * n2 / 12 * (n + 1 - ties / (n * (n - 1)));
    if (!(variance > 0)) return 1;
    const double z = std::max(0.0, std::abs(u - mean) - .5) / std::sqrt(variance);
    return std::erfc(z / std::sqrt(2.0));
}

Equality equality(const std::array<Stars, 5>& by_star, double threshold, std::int64_t minimum) {
    Equality out;
    for (std::size_t i = 0; i < by_star.size(); ++i) out.stars[i] = figure_of(by_star[i]);
    const Stars low = together(by_star[0], by_star[1]), high = together(by_star[3], by_star[4]);
    out.low = figure_of(low);
    out.high = figure_of(high);
    out.refusal_p = fisher_exact(low.refused, low.published, high.refused, high.published);
    out.delay_p = mann_whitney(low.human_delays, high.human_delays);
    out.refusal_enough = low.refused + low.published >= minimum && high.refused + high.published >= minimum;
    out.delay_enough = total(low.human_delays) >= minimum && total(high.human_delays) >= minimum;
    out.alert = (out.refusal_enough && out.refusal_p < threshold) || (out.delay_enough && out.delay_p < threshold);
    return out;
}

}  // namespace verbatim::stats
