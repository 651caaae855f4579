#include "ground/stats/poisson.h"

#include <gtest/gtest.h>

#include "ground/stats/equality.h"

namespace verbatim::stats {
namespace {

TEST(Poisson, TailsAreThoseOfTheTables) {
    EXPECT_DOUBLE_EQ(poisson_at_least(0, 3), 1);
    EXPECT_NEAR(poisson_at_least(1, 3), 1 - 0.0497870684, 1e-9);
    EXPECT_NEAR(poisson_at_least(5, 1), 0.00365984683, 1e-10);
    EXPECT_NEAR(poisson_at_least(3, 10), 0.997230604, 1e-8);
    EXPECT_EQ(poisson_at_least(1, 0), 0);
}

TEST(Shares, GrowthIsFishersExactTestOnOneSide) {
    // R: fisher.test(matrix(c(8, 2, 1, 5), 2), alternative = "greater")$p.value is 0.02447552.
    EXPECT_NEAR(share_grew(1, 6, 8, 10), 0.02447552, 1e-7);
    EXPECT_DOUBLE_EQ(share_grew(0, 5, 0, 5), 1);
    EXPECT_NEAR(share_grew(5, 10, 5, 10), 0.6718591, 1e-6);
    EXPECT_LT(share_grew(100, 10'000, 40, 1'000), 1e-8);
    EXPECT_GT(share_grew(100, 10'000, 10, 1'000), 0.4);
}

}  // namespace
}  // namespace verbatim::stats
