// How much of a figure is chance: intervals of shares and of stars, differences of two of them, and which of many differences to
// believe. Counts in, figures out; docs/figures.md has the formulas and where they come from. All intervals are of 95 %.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace verbatim::stats {

struct Interval {
    double low = 0, high = 0;
};

// k of n, by Wilson's score (Wilson, JASA 22 (1927) 209-212). n > 0.
Interval share_interval(std::int64_t k, std::int64_t n);

// k1/n1 - k2/n2, by Newcombe's hybrid score (Newcombe, Statistics in Medicine 17 (1998) 873-890, method 10). Both n > 0.
struct Difference {
    double by = 0;
    Interval interval;
    bool beyond_chance = false;  // the interval does not hold 0
    double p = 1;                // two-sided, from the same normal approximation
};
Difference difference_of_shares(std::int64_t k1, std::int64_t n1, std::int64_t k2, std::int64_t n2);

// Stars 1 to 5. The interval is that of the Dirichlet posterior over the five shares with Perks's prior (a fifth of one review on each
// star), in the normal approximation, cut at 1 and 5. Its lower end orders sites: it grows with the mean and with the number of
// reviews, so that four reviews do not lead a table.
struct Stars5 {
    std::int64_t count = 0;
    double mean = 0;             // of the reviews themselves
    Interval interval;
    double centre = 0, variance = 0;  // of the posterior
};
using StarCounts = std::array<std::int64_t, 5>;
std::optional<Stars5> stars_of(const StarCounts& counts);  // nothing without reviews; counts below 0 are taken as 0
Difference difference_of_stars(const Stars5& one, const Stars5& other);

// Benjamini and Hochberg, J. Royal Statistical Society B 57 (1995) 289-300: which hypotheses to reject so that of those rejected at most
// the share `rate` is expected to be chance. In the order given.
std::vector<bool> believed(std::span<const double> p, double rate = 0.05);

// Of values counted in classes with these upper edges (the last class, beyond them, is open): the quantile by straight lines inside the
// class. In the open class it is that class's lower edge, and `at_least` says so. Nothing of nothing.
struct Quantile {
    double value = 0;
    bool at_least = false;
};
std::optional<Quantile> class_quantile(std::span<const std::int64_t> counts, std::span<const std::int64_t> edges, double share);

}  // namespace verbatim::stats
