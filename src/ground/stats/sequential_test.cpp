#include "ground/stats/sequential.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

namespace verbatim::stats {
namespace {

constexpr std::array<double, 2> halves{0.5, 0.5};

TEST(Sequential, IsWhatTheFormulaSays) {
    EXPECT_EQ(log_evidence(std::array<std::int64_t, 2>{0, 0}, halves), 0);
    // One conversion is no evidence of anything, by symmetry.
    EXPECT_NEAR(log_evidence(std::array<std::int64_t, 2>{1, 0}, halves), 0, 1e-12);
    // Two of the same: (20 * 21) / (40 * 41) against 1/4.
    EXPECT_NEAR(log_evidence(std::array<std::int64_t, 2>{2, 0}, halves), std::log(420.0 / 1640 * 4), 1e-12);
}

// Over all continuations the mean of the next evidence is the present one: what Ville's inequality needs.
TEST(Sequential, IsAMartingaleWithoutADifference) {
    const std::array<double, 3> shares{0.2, 0.3, 0.5};
    for (std::int64_t a = 0; a < 30; a += 7)
        for (std::int64_t b = 0; b < 30; b += 5)
            for (std::int64_t c = 0; c < 30; c += 3) {
                std::array<std::int64_t, 3> counts{a, b, c};
                const double now = std::exp(log_evidence(counts, shares));
                double next = 0;
                for (std::size_t i = 0; i < 3; ++i) {
                    ++counts[i];
                    next += shares[i] * std::exp(log_evidence(counts, shares));
                    --counts[i];
                }
                EXPECT_NEAR(next / now, 1, 1e-9);
            }
}

TEST(Sequential, LookedAtAfterEveryConversionErrsAtMostAlpha) {
    std::mt19937_64 random(7);
    int wrong = 0;
    constexpr int runs = 2000;
    for (int run = 0; run < runs; ++run) {
        std::array<std::int64_t, 2> counts{};
        for (int i = 0; i < 2000; ++i) {
            ++counts[random() & 1];
            if (differs(counts, halves, 0.05)) {
                ++wrong;
                break;
            }
        }
    }
    EXPECT_LE(wrong, runs * 5 / 100);
    EXPECT_GT(wrong, 0);  // or the test tests nothing
}

TEST(Sequential, FindsADifferenceThatIsThere) {
    std::mt19937_64 random(11);
    int found = 0;
    for (int run = 0; run < 200; ++run) {
        std::array<std::int64_t, 2> counts{};
        bool seen = false;
        for (int i = 0; i < 2000 && !seen; ++i) {
            ++counts[random() % 100 < 57 ? 0 : 1];
            seen = differs(counts, halves, 0.05);
        }
        found += seen;
    }
    EXPECT_GE(found, 180);
}

}  // namespace
}  // namespace verbatim::stats
