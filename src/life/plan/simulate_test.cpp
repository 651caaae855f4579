#include "life/plan/simulate.h"

#include <gtest/gtest.h>

#include <numeric>
#include <sstream>

#include "ground/base/calendar.h"
#include "engine/storage/scratch.h"
#include "life/plan/default_plan.h"
#include "life/plan/read.h"
#include "life/plan/report.h"
#include "life/plan/touchpoints.h"

namespace verbatim::plan {
namespace {

const Rules& packaged() {
    static const Rules rules(read_plan(default_plan()).plan);
    return rules;
}

SimulationWish wish_of(std::int64_t vehicles, int threads, std::uint64_t seed = 1) {
    SimulationWish wish;
    wish.lives = {seed, midnight({2027, 1, 1}) / one_day, 10, false};
    wish.vehicles = vehicles;
    wish.threads = threads;
    return wish;
}

std::string printed(const SimulationWish& wish) {
    std::ostringstream out;
    print_tally(out, packaged(), wish, simulate(packaged(), wish));
    return out.str();
}

TEST(Simulate, SaysTheSameWithAnyNumberOfThreads) {
    const auto one = printed(wish_of(5000, 1));
    EXPECT_EQ(one, printed(wish_of(5000, 3)));
    EXPECT_NE(one, printed(wish_of(5000, 1, 2)));
}

TEST(Simulate, ItsSumsAreOneSum) {
    auto wish = wish_of(4001, 2);
    std::int64_t kept = 0, last_vehicle = 0;
    bool ordered = true;
    const auto tally = simulate(packaged(), wish, [&](std::span<const std::pair<std::int64_t, Touch>> rows) {
        for (const auto& [vehicle, touch] : rows) {
            ordered = ordered && vehicle >= last_vehicle;
            last_vehicle = vehicle;
            EXPECT_EQ(touch.outcome, Outcome::sent);
        }
        kept += static_cast<std::int64_t>(rows.size());
    });
    EXPECT_TRUE(ordered);
    EXPECT_LT(last_vehicle, 4001);
    EXPECT_EQ(tally.vehicles, 4001);
    EXPECT_EQ(kept, tally.touchpoints);
    std::int64_t months = 0, campaigns = 0, by_channel = 0, ages = 0;
    for (const auto& row : tally.months) months += std::accumulate(row.begin(), row.end(), std::int64_t{0});
    for (const auto& row : tally.campaigns) campaigns += row[static_cast<std::size_t>(Outcome::sent)];
    for (const auto& row : tally.campaign_channels) by_channel += std::accumulate(row.begin(), row.end(), std::int64_t{0});
    for (const auto& row : tally.ages) ages += std::accumulate(row.begin(), row.end(), std::int64_t{0});
    EXPECT_EQ(months, tally.touchpoints);
    EXPECT_EQ(campaigns, tally.touchpoints);
    EXPECT_EQ(by_channel, tally.touchpoints);
    EXPECT_EQ(ages, tally.touchpoints);
    EXPECT_EQ(std::accumulate(tally.busiest.begin(), tally.busiest.end(), std::int64_t{0}), tally.people);
    EXPECT_EQ(tally.busiest[0], tally.never);
}

// Every campaign of the packaged plan finds somebody, and the years grow quieter: the case to reproduce of issue 5.
TEST(Simulate, ThePackagedPlanSpeaksInAllItsCampaignsAndLessEveryYear) {
    auto wish = wish_of(20000, 2);
    wish.lives.years = 11;
    wish.lives.cohort = true;
    const auto tally = simulate(packaged(), wish);
    for (std::size_t i = 0; i < tally.campaigns.size(); ++i) EXPECT_GT(tally.campaigns[i][static_cast<std::size_t>(Outcome::sent)], 0) << packaged().plan().campaigns[i].id;
    const auto year = [&](int number) {
        std::int64_t sum = 0;
        for (const auto& row : tally.ages) sum += std::accumulate(row.begin() + 12 * number, row.begin() + 12 * (number + 1), std::int64_t{0});
        return sum;
    };
    EXPECT_GT(year(0), 2 * year(1));
    EXPECT_GT(year(2), year(8));
}

class Touchpoints : public testing::TestWithParam<storage::Engine> {};

TEST_P(Touchpoints, AreKeptOnceAndSmall) {
    if (!storage::ScratchDatabase::available(GetParam())) GTEST_SKIP() << "VERBATIM_TEST_POSTGRES names no PostgreSQL";
    const storage::ScratchDatabase scratch(GetParam());
    auto db = scratch.open();
    db->migrate(touchpoint_migrations());
    std::vector<std::pair<std::int64_t, Touch>> all;
    const auto tally = simulate(packaged(), wish_of(3000, 2), [&](auto rows) { all.insert(all.end(), rows.begin(), rows.end()); });
    ASSERT_GT(all.size(), 10000u);
    db->write([&](storage::Tx& tx) { store_campaigns(tx, packaged().plan()); });
    EXPECT_EQ(db->write([&](storage::Tx& tx) { return store_touchpoints(tx, all); }), tally.touchpoints);
    EXPECT_EQ(db->write([&](storage::Tx& tx) { return store_touchpoints(tx, std::span(all).first(500)); }), 0);
    db->checkpoint();
    db->read([&](storage::Tx& tx) {
        EXPECT_EQ(count_touchpoints(tx), tally.touchpoints);
        EXPECT_LT(touchpoint_bytes(tx), tally.touchpoints * 100);
        const auto vehicle = all[all.size() / 2].first;
        std::vector<Touch> expected;
        for (const auto& [of, touch] : all)
            if (of == vehicle) expected.push_back(touch);
        const auto read = touchpoints_of(tx, vehicle);
        ASSERT_EQ(read.size(), expected.size());
        for (std::size_t i = 0; i < read.size(); ++i) {
            EXPECT_EQ(read[i].at, expected[i].at);
            EXPECT_EQ(read[i].campaign, expected[i].campaign);
            EXPECT_EQ(read[i].due_day, expected[i].due_day);
            EXPECT_EQ(read[i].channel, expected[i].channel);
            EXPECT_EQ(read[i].variant, expected[i].variant);
        }
    });
}

INSTANTIATE_TEST_SUITE_P(Both, Touchpoints, testing::Values(storage::Engine::sqlite, storage::Engine::postgresql));

}  // namespace
}  // namespace verbatim::plan
