// A site's own clocks: hours by day, over midnight, over the change of clocks.
#include "record/network/open_times.h"

#include <gtest/gtest.h>

namespace verbatim::network {
namespace {

Seconds at(std::string_view text) { return *parse_moment(text); }

TEST(OpenTimes, OpenNowUntilWhen) {
    const std::string_view hours = "Mo-Fr 08:00-12:00,13:30-18:00; Sa 09:00-12:00; PH off";
    // Friday 27 November 2026 in Paris is one hour before UTC.
    auto opening = opening_at(hours, "Europe/Paris", at("2026-11-27T09:00:00Z"));
    EXPECT_TRUE(opening.known);
    EXPECT_TRUE(opening.open);
    EXPECT_EQ(format_moment(opening.closes_at), "2026-11-27T11:00:00Z");
    opening = opening_at(hours, "Europe/Paris", at("2026-11-27T11:00:00Z"));
    EXPECT_FALSE(opening.open) << "at noon the door closes";
    EXPECT_EQ(format_moment(opening.opens_at), "2026-11-27T12:30:00Z");
    opening = opening_at(hours, "Europe/Paris", at("2026-11-28T18:00:00Z"));
    EXPECT_EQ(format_moment(opening.opens_at), "2026-11-30T07:00:00Z") << "on Monday";
}

TEST(OpenTimes, TheLastRuleOfADayHolds) {
    const std::string_view hours = "Mo-Sa 08:00-19:00; Sa 09:00-12:00; Dec Mo off";
    EXPECT_EQ(format_moment(opening_at(hours, "UTC", at("2026-11-28T10:00:00Z")).closes_at), "2026-11-28T12:00:00Z");
    EXPECT_EQ(format_moment(opening_at(hours, "UTC", at("2026-12-06T10:00:00Z")).opens_at), "2026-12-08T08:00:00Z") << "Mondays off in December";
    EXPECT_EQ(format_moment(opening_at("Sa-Mo 10:00-11:00", "UTC", at("2026-11-27T10:00:00Z")).opens_at), "2026-11-28T10:00:00Z");
}

TEST(OpenTimes, OverMidnightAndRoundTheClock) {
    EXPECT_TRUE(opening_at("Mo-Su 22:00-02:00", "UTC", at("2026-11-27T01:00:00Z")).open);
    EXPECT_FALSE(opening_at("Mo-Su 22:00-02:00", "UTC", at("2026-11-27T02:00:00Z")).open);
    EXPECT_TRUE(opening_at("Mo 20:00-26:00", "UTC", at("2026-12-01T01:30:00Z")).open);
    const auto always = opening_at("24/7", "Europe/Paris", at("2026-11-27T01:00:00Z"));
    EXPECT_TRUE(always.open);
    EXPECT_EQ(always.closes_at, 0);
    const auto never = opening_at("off", "Europe/Paris", at("2026-11-27T01:00:00Z"));
    EXPECT_TRUE(never.known);
    EXPECT_FALSE(never.open);
    EXPECT_EQ(never.opens_at, 0);
    EXPECT_FALSE(opening_at("PH 08:00-12:00", "UTC", at("2026-11-27T09:00:00Z")).open) << "holidays are not known";
    EXPECT_FALSE(opening_at("by appointment", "UTC", at("2026-11-27T01:00:00Z")).known);
}

TEST(OpenTimes, TheClocksChange) {
    // 29 March 2026: Paris goes from UTC+1 to UTC+2 at 01:00 UTC.
    EXPECT_EQ(format_moment(opening_at("Mo-Su 08:00-18:00", "Europe/Paris", at("2026-03-28T20:00:00Z")).opens_at), "2026-03-29T06:00:00Z");
    EXPECT_EQ(format_moment(opening_at("Mo-Su 08:00-18:00", "Europe/Paris", at("2026-03-27T20:00:00Z")).opens_at), "2026-03-28T07:00:00Z");
    EXPECT_EQ(utc_offset("Europe/Paris", at("2026-07-01")), 2 * one_hour);
    EXPECT_EQ(utc_offset("Europe/Lisbon", at("2026-12-01")), 0);
}

TEST(OpenTimes, OpenTimeLeft) {
    const std::string_view hours = "Mo-Fr 08:00-18:00";
    // Friday 17:00 to Monday 09:00: one hour today, one on Monday.
    EXPECT_EQ(open_between(hours, "UTC", at("2026-11-27T17:00:00Z"), at("2026-11-30T09:00:00Z")), 2 * one_hour);
    EXPECT_EQ(open_between(hours, "UTC", at("2026-11-28T00:00:00Z"), at("2026-11-29T00:00:00Z")), 0);
    EXPECT_EQ(open_between(hours, "UTC", at("2026-11-30T00:00:00Z"), at("2026-11-29T00:00:00Z")), 0) << "an end before the beginning";
    EXPECT_EQ(open_between("", "UTC", 0, 1), std::nullopt);
}

}  // namespace
}  // namespace verbatim::network
