#include "edge/site/mark.h"

#include <gtest/gtest.h>

#include "ground/base/calendar.h"

namespace verbatim::site {
namespace {

TEST(Mark, NOT_4_is_shown_from_the_first_day_to_the_last_and_never_after) {
    const auto certificate = certificate_of("NF Service", "17/1234", "Example Certification", "https://example.org/c", "2026-03-01", "2026-11-30");
    ASSERT_TRUE(certificate);
    ManualClock clock(*parse_moment("2026-02-28T23:59:59Z"));
    EXPECT_FALSE(may_show(*certificate, clock.now()));
    clock.advance(1);
    EXPECT_TRUE(may_show(*certificate, clock.now()));
    clock.set(*parse_moment("2026-11-30T23:44:59Z"));
    EXPECT_TRUE(may_show(*certificate, clock.now()));
    clock.set(*parse_moment("2026-11-30T23:45:00Z"));
    EXPECT_FALSE(may_show(*certificate, clock.now())) << "a page shown now may be read after the end";
    clock.set(*parse_moment("2027-05-01"));
    EXPECT_FALSE(may_show(*certificate, clock.now()));
}

TEST(Mark, NOT_4_without_a_certificate_there_is_none_and_half_a_one_is_refused) {
    const auto none = certificate_of("", "1", "x", "", "2026-01-01", "2027-01-01");
    ASSERT_TRUE(none);
    EXPECT_FALSE(may_show(*none, *parse_moment("2026-06-01")));
    EXPECT_FALSE(certificate_of("NF", "", "Issuer", "https://e.example", "2026-01-01", "2027-01-01"));
    EXPECT_FALSE(certificate_of("NF", "1", "", "https://e.example", "2026-01-01", "2027-01-01"));
    EXPECT_FALSE(certificate_of("NF", "1", "Issuer", "https://e.example", "2026-01-01", ""));
    EXPECT_FALSE(certificate_of("NF", "1", "Issuer", "https://e.example", "2026-01-01T00:00:00Z", "2027-01-01"));
    EXPECT_FALSE(certificate_of("NF", "1", "Issuer", "https://e.example", "2027-01-02", "2027-01-01"));
    EXPECT_FALSE(certificate_of("NF", "1", "Issuer", "javascript:alert(1)", "2026-01-01", "2027-01-01"));
}

}  // namespace
}  // namespace verbatim::site
