// MOD-2. The expected values come from an independent implementation (Python, exact binomials and math.erfc).
#include "ground/stats/equality.h"

#include <gtest/gtest.h>

namespace verbatim::stats {
namespace {

using Counts = std::map<std::int64_t, std::int64_t>;

TEST(Equality, FisherExactKnowsTheTeaTastingLady) {
    EXPECT_NEAR(fisher_exact(3, 1, 1, 3), 0.4857142857, 1e-9);
    EXPECT_NEAR(fisher_exact(4, 0, 0, 4), 0.0285714286, 1e-9);
    EXPECT_NEAR(fisher_exact(1, 9, 11, 3), 0.0027594562, 1e-9);
    EXPECT_NEAR(fisher_exact(10, 90, 10, 90), 1, 1e-9);
    EXPECT_NEAR(fisher_exact(0, 0, 5, 5), 1, 1e-9);
    EXPECT_DOUBLE_EQ(fisher_exact(0, 0, 0, 0), 1);
    EXPECT_LT(fisher_exact(200, 800, 2000, 18000), 1e-6);
    EXPECT_GT(fisher_exact(200, 800, 2000, 18000), 0);
}

TEST(Equality, MannWhitneyWithTiesAndWithout) {
    // 1..10 against 6..15: U = 12.5
    Counts one, other;
    for (int i = 1; i <= 10; ++i) one[i] = other[i + 5] = 1;
    EXPECT_NEAR(mann_whitney(one, other), 0.0050754, 1e-6);
    EXPECT_NEAR(mann_whitney(other, one), 0.0050754, 1e-6);
    EXPECT_DOUBLE_EQ(mann_whitney(one, one), 1);
    EXPECT_DOUBLE_EQ(mann_whitney({}, one), 1);
    EXPECT_DOUBLE_EQ(mann_whitney({{3, 5}}, {{3, 9}}), 1);
}

TEST(Equality, QuantilesAreNearestRanks) {
    EXPECT_EQ(quantile({}, .5), std::nullopt);
    EXPECT_EQ(quantile({{7, 1}}, .95), 7);
    Counts hundred;
    for (int i = 1; i <= 100; ++i) hundred[i] = 1;
    EXPECT_EQ(quantile(hundred, .5), 50);
    EXPECT_EQ(quantile(hundred, .95), 95);
    EXPECT_EQ(quantile({{1, 94}, {1000, 6}}, .95), 1000);
}

std::array<Stars, 5> brand(std::int64_t low_refused, std::int64_t low_delay) {
    std::array<Stars, 5> all;
    for (std::size_t i = 0; i < 5; ++i) {
        const bool low = i < 2;
        all[i].refused = low ? low_refused : 4;
        all[i].published = 200 - all[i].refused;
        all[i].delays = {{0, 180}, {low ? low_delay : 60, 20}};
        all[i].human_delays = {{low ? low_delay : 60, 20}, {low ? low_delay + 30 : 90, 5}};
    }
    return all;
}

TEST(Equality, MOD2_EqualTreatmentIsNoAlarm) {
    const auto fair = equality(brand(4, 60));
    EXPECT_FALSE(fair.alert);
    EXPECT_TRUE(fair.refusal_enough);
    EXPECT_TRUE(fair.delay_enough);
    EXPECT_DOUBLE_EQ(*fair.low.refusal_rate, .02);
    EXPECT_EQ(fair.low.p50, 0);
    EXPECT_EQ(fair.low.p95, 60);
    EXPECT_NEAR(fair.refusal_p, 1, 1e-9);
}

TEST(Equality, MOD2_LowStarsRefusedMoreOftenOrLaterAreAnAlarm) {
    const auto refused = equality(brand(24, 60));
    EXPECT_TRUE(refused.alert);
    EXPECT_LT(refused.refusal_p, .01);
    EXPECT_GT(refused.delay_p, .01);
    const auto late = equality(brand(4, 4000));
    EXPECT_TRUE(late.alert);
    EXPECT_LT(late.delay_p, .01);
    EXPECT_EQ(late.stars[0].human_p50, 4000);
}

TEST(Equality, MOD2_TooFewSayNothing) {
    std::array<Stars, 5> few;
    few[0].refused = 9;
    few[4].published = 500;
    const auto figures = equality(few);
    EXPECT_LT(figures.refusal_p, .01);
    EXPECT_FALSE(figures.refusal_enough);
    EXPECT_FALSE(figures.alert);
    EXPECT_EQ(figures.stars[2].refusal_rate, std::nullopt);
}

}  // namespace
}  // namespace verbatim::stats
