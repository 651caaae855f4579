// Are one and two stars treated like four and five (norm MOD-2; FTC 16 CFR 465.7(b))? Counts in, figures and two tests out;
// pure, so that anybody can run it again on the published counts. A small p says that the difference is hardly chance. It
// does not say why: unhappy people also insult more often. So it calls a human, and nothing else hangs on it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>

namespace verbatim::stats {

struct Stars {
    std::int64_t published = 0, refused = 0;
    std::map<std::int64_t, std::int64_t> delays;        // from submission to decision, any unit -> how many
    std::map<std::int64_t, std::int64_t> human_delays;  // of those a human decided
};

struct StarFigure {
    std::int64_t published = 0, refused = 0;
    std::optional<double> refusal_rate;        // refused / decided; nothing where nothing was decided
    std::optional<std::int64_t> p50, p95;      // of `delays`, in their unit
    std::optional<std::int64_t> human_p50, human_p95;
};

struct Equality {
    std::array<StarFigure, 5> stars;           // [0] = one star
    StarFigure low, high;                      // one and two stars; four and five
    double refusal_p = 1;                      // Fisher's exact test, two-sided, on refused / published by low / high
    double delay_p = 1;                        // Mann-Whitney U, two-sided, ties corrected, on human_delays of low and high
    bool refusal_enough = false, delay_enough = false;  // both sides have `minimum` at least
    bool alert = false;                        // a p below `threshold` where there is enough
};

inline constexpr double alert_threshold = 0.01;
inline constexpr std::int64_t alert_minimum = 30;

Equality equality(const std::array<Stars, 5>& by_star, double threshold = alert_threshold, std::int64_t minimum = alert_minimum);

// P(a table as rare as this one or rarer | its margins), for [[a, b], [c, d]].
double fisher_exact(std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d);
// By the normal approximation with ties and continuity corrected; 1 where a side is empty or all values are equal.
double mann_whitney(const std::map<std::int64_t, std::int64_t>& one, const std::map<std::int64_t, std::int64_t>& other);
// The smallest value with at least this share of all at or below it (nearest rank); nothing of nothing.
std::optional<std::int64_t> quantile(const std::map<std::int64_t, std::int64_t>& counts, double share);

}  // namespace verbatim::stats
