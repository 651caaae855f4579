#include "ground/zone/zone.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace verbatim {
namespace {

std::int64_t day(const char* text) { return midnight(*parse_date(text)) / one_day; }

TEST(Zone, KnowsSummerTime) {
    const Zone* paris = Zone::named("Europe/Paris");
    ASSERT_NE(paris, nullptr);
    EXPECT_EQ(format_moment(paris->moment_of(day("2027-01-15"), 600)), "2027-01-15T09:00:00Z");
    EXPECT_EQ(format_moment(paris->moment_of(day("2027-07-15"), 600)), "2027-07-15T08:00:00Z");
    EXPECT_EQ(Zone::named("Europe/Pariss"), nullptr);
    EXPECT_EQ(Zone::named(""), nullptr);
}

// RFC 5545 section 3.3.5
TEST(Zone, TheHourThatIsNotThereAndTheHourThatIsThereTwice) {
    const Zone* paris = Zone::named("Europe/Paris");
    ASSERT_NE(paris, nullptr);
    EXPECT_EQ(format_moment(paris->moment_of(day("2027-03-28"), 150)), "2027-03-28T01:30:00Z");  // 02:30 is 03:30 summer time
    EXPECT_EQ(format_moment(paris->moment_of(day("2027-10-31"), 150)), "2027-10-31T00:30:00Z");  // the first 02:30
    EXPECT_EQ(format_moment(paris->moment_of(day("2027-10-31"), 180)), "2027-10-31T02:00:00Z");
    const Zone* new_york = Zone::named("America/New_York");
    EXPECT_EQ(format_moment(new_york->moment_of(day("2027-03-14"), 150)), "2027-03-14T07:30:00Z");
    EXPECT_EQ(format_moment(new_york->moment_of(day("2027-11-07"), 90)), "2027-11-07T05:30:00Z");
    EXPECT_EQ(format_moment(Zone::named("Australia/Sydney")->moment_of(day("2027-04-04"), 150)), "2027-04-03T15:30:00Z");
}

RC_GTEST_PROP(Zone, WhatTheClockShowsLeadsBackOutsideChanges, ()) {
    static const char* const names[] = {"Europe/Paris", "Europe/London", "Europe/Lisbon", "America/Sao_Paulo", "Africa/Casablanca", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland", "UTC"};
    const auto* zone = Zone::named(names[*rc::gen::inRange(0, 9)]);
    RC_ASSERT(zone != nullptr);
    const Seconds moment = *rc::gen::inRange<std::int64_t>(0, 4000000000 / 60) * 60;
    const auto shown = zone->local(moment);
    RC_ASSERT(shown.minute >= 0 && shown.minute < 1440);
    const auto back = zone->moment_of(shown.day, shown.minute);
    // Equal, or the earlier of the two moments with the same clock.
    RC_ASSERT(back == moment || (back < moment && zone->local(back).day == shown.day && zone->local(back).minute == shown.minute));
}

}  // namespace
}  // namespace verbatim
