#include "ground/base/calendar.h"

#include <gtest/gtest.h>

namespace verbatim {

TEST(Calendar, DatesThatExistParseAndOthersDoNot) {
    EXPECT_EQ(parse_date("2026-11-21"), (Date{2026, 11, 21}));
    EXPECT_EQ(parse_date("2024-02-29"), (Date{2024, 2, 29}));
    for (const char* bad : {"2026-02-29", "2026-13-01", "2026-1-1", "21/11/2026", "", "2026-11-2", "2026-11-21x", "0000-00-00"}) {
        EXPECT_FALSE(parse_date(bad)) << bad;
    }
}

TEST(Calendar, MomentsKeepTheirOffset) {
    EXPECT_EQ(parse_moment("1970-01-02"), one_day);
    EXPECT_EQ(parse_moment("2026-11-21T10:00:00Z"), parse_moment("2026-11-21T12:00:00+02:00"));
    EXPECT_EQ(parse_moment("2026-11-21T10:00Z"), parse_moment("2026-11-21 10:00:00.250Z"));
    for (const char* bad : {"2026-11-21T25:00Z", "2026-11-21T10:00:00Zx", "2026-11-21T10", "2026-11-21T10:00:00+2:00"}) EXPECT_FALSE(parse_moment(bad)) << bad;
}

TEST(Calendar, FormatsRoundTrip) {
    for (Seconds moment : {0LL, 951827696LL, 1795255200LL, -1LL}) EXPECT_EQ(parse_moment(format_moment(moment)), moment);
    EXPECT_EQ(format_http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");  // the example of RFC 9110
}

TEST(Calendar, MonthsBeforeClampTheDay) {
    EXPECT_EQ(format_date(months_before(*parse_moment("2026-08-31"), 6)), "2026-02-28");
    EXPECT_EQ(format_moment(months_before(*parse_moment("2026-11-21T10:00:00Z"), 24)), "2024-11-21T10:00:00Z");
}

}  // namespace verbatim
