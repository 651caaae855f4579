// Against values that others published.
#include "ground/stats/intervals.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace verbatim::stats {
namespace {

// Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3 (score without continuity correction).
TEST(Intervals, WilsonAsNewcombePrintsIt) {
    const struct {
        std::int64_t k, n;
        double low, high;
    } printed[] = {{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0.0000, 0.1611}, {1, 29, 0.0061, 0.1718}};
    for (const auto& one : printed) {
        const auto found = share_interval(one.k, one.n);
        EXPECT_NEAR(found.low, one.low, 0.00005) << one.k << "/" << one.n;
        EXPECT_NEAR(found.high, one.high, 0.00005) << one.k << "/" << one.n;
    }
    EXPECT_DOUBLE_EQ(share_interval(5, 5).high, 1);
}

// Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10.
TEST(Intervals, DifferencesOfSharesAsNewcombePrintsThem) {
    const struct {
        std::int64_t k1, n1, k2, n2;
        double low, high;
    } printed[] = {{56, 70, 48, 80, 0.0524, 0.3339}, {9, 10, 3, 10, 0.1705, 0.8090}, {6, 7, 2, 7, 0.0582, 0.8062}, {5, 56, 0, 29, -0.0381, 0.1926},
                   {0, 10, 0, 20, -0.1611, 0.2775}, {0, 10, 0, 10, -0.2775, 0.2775}, {10, 10, 0, 20, 0.6791, 1.0000}, {10, 10, 0, 10, 0.6075, 1.0000}};
    for (const auto& one : printed) {
        const auto found = difference_of_shares(one.k1, one.n1, one.k2, one.n2);
        EXPECT_NEAR(found.interval.low, one.low, 0.00006) << one.k1 << "/" << one.n1;
        EXPECT_NEAR(found.interval.high, one.high, 0.00006) << one.k1 << "/" << one.n1;
        EXPECT_EQ(found.beyond_chance, one.low > 0);
    }
}

// Benjamini and Hochberg (1995), section 3.2: fifteen p-values, of which the procedure rejects four at 0.05.
TEST(Intervals, BelievesWhatBenjaminiAndHochbergBelieve) {
    const double p[] = {0.0201, 0.0001, 0.0095, 0.0019, 0.0004, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.000};
    const auto found = believed(p);
    EXPECT_EQ(found, (std::vector<bool>{false, true, true, true, true, false, false, false, false, false, false, false, false, false, false}));
    EXPECT_TRUE(believed({}).empty());
}

// The posterior's moments against draws from it: a Dirichlet vector is five gamma variates over their sum.
TEST(Intervals, StarsAreTheDirichletPosterior) {
    std::mt19937_64 dice(1);
    for (const StarCounts& counts : {StarCounts{0, 0, 0, 0, 4}, StarCounts{3, 1, 0, 7, 12}, StarCounts{40, 30, 20, 10, 100}}) {
        const auto stars = stars_of(counts);
        double sum = 0, squares = 0;
        constexpr int draws = 200'000;
        for (int i = 0; i < draws; ++i) {
            double all = 0, weighted = 0;
            for (int star = 1; star <= 5; ++star) {
                const double share = std::gamma_distribution<double>(static_cast<double>(counts[static_cast<std::size_t>(star - 1)]) + 0.2, 1)(dice);
                all += share;
                weighted += share * star;
            }
            sum += weighted / all;
            squares += weighted / all * weighted / all;
        }
        const double mean = sum / draws, variance = squares / draws - mean * mean;
        EXPECT_NEAR(stars->centre, mean, 0.005);
        EXPECT_NEAR(stars->variance, variance, 0.03 * variance + 1e-5);
    }
}

TEST(Intervals, FourReviewsDoNotLead) {
    const auto few = stars_of({0, 0, 0, 0, 4}), many = stars_of({2, 3, 10, 45, 140});
    EXPECT_GT(few->mean, many->mean);
    EXPECT_LT(few->interval.low, many->interval.low);
    EXPECT_FALSE(stars_of({}).has_value());
    // Never outside the scale, and the mean of the reviews lies inside.
    for (const StarCounts& counts : {StarCounts{1, 0, 0, 0, 0}, StarCounts{0, 0, 0, 0, 1}, StarCounts{0, 0, 0, 0, 900}, StarCounts{500, 0, 0, 0, 1}}) {
        const auto stars = stars_of(counts);
        EXPECT_GE(stars->interval.low, 1);
        EXPECT_LE(stars->interval.high, 5);
        EXPECT_LE(stars->interval.low, stars->mean);
        EXPECT_GE(stars->interval.high, stars->mean);
    }
}

// Of periods that do not differ, about one in twenty seems to.
TEST(Intervals, ChanceIsRarelyTakenForAChange) {
    std::mt19937_64 dice(2);
    std::discrete_distribution<int> star{5, 5, 10, 30, 50};
    int alarms = 0;
    constexpr int trials = 2000;
    for (int t = 0; t < trials; ++t) {
        StarCounts one{}, other{};
        for (int i = 0; i < 60; ++i) {
            ++one[static_cast<std::size_t>(star(dice))];
            ++other[static_cast<std::size_t>(star(dice))];
        }
        if (difference_of_stars(*stars_of(one), *stars_of(other)).beyond_chance) ++alarms;
    }
    EXPECT_GT(alarms, trials * 0.03);
    EXPECT_LT(alarms, trials * 0.07);
}

TEST(Intervals, QuantilesOfClasses) {
    const std::int64_t edges[] = {10, 20, 40};
    EXPECT_DOUBLE_EQ(class_quantile(std::array<std::int64_t, 4>{4, 4, 0, 0}, edges, 0.5)->value, 10);
    EXPECT_DOUBLE_EQ(class_quantile(std::array<std::int64_t, 4>{0, 0, 4, 0}, edges, 0.5)->value, 30);
    const auto open = class_quantile(std::array<std::int64_t, 4>{1, 0, 0, 3}, edges, 0.5);
    EXPECT_DOUBLE_EQ(open->value, 40);
    EXPECT_TRUE(open->at_least);
    EXPECT_FALSE(class_quantile(std::array<std::int64_t, 4>{}, edges, 0.5).has_value());
}

}  // namespace
}  // namespace verbatim::stats
