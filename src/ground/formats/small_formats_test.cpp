#include <gtest/gtest.h>

#include "ground/formats/mailbox.h"
#include "ground/formats/utf8.h"

namespace verbatim {

TEST(Utf8, FollowsRfc3629) {
    for (const char* good : {"", "ascii only, longer than eight", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"})
        EXPECT_TRUE(valid_utf8(good)) << good;
    for (const char* bad : {"\x80", "\xc0\xaf", "\xc1\x81", "\xc3", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xe2\x82", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "12345678\xff"})
        EXPECT_FALSE(valid_utf8(bad)) << bad;
}

TEST(Utf8, CountsAndCutsCodePoints) {
    EXPECT_EQ(code_points("a\xc3\xa9\xf0\x9f\x98\x80"), 3u);
    EXPECT_EQ(truncate_code_points("a\xc3\xa9\xf0\x9f\x98\x80", 2), "a\xc3\xa9");
    EXPECT_EQ(truncate_code_points("ab", 5), "ab");
    EXPECT_EQ(truncate_code_points("ab", 0), "");
    EXPECT_EQ(slice_code_points("a\xc3\xa9\xf0\x9f\x98\x80z", 1, 3), "\xc3\xa9\xf0\x9f\x98\x80");
    EXPECT_EQ(slice_code_points("ab\xc3\xa9", 1, 9), "b\xc3\xa9");
    EXPECT_EQ(slice_code_points("ab", 2, 2), "");
    EXPECT_EQ(slice_code_points("ab", 5, 9), "");
    EXPECT_EQ(slice_code_points("ab", 1, 0), "");
    EXPECT_EQ(repair_utf8(std::string_view("a\xff\0\xc3\xa9\xe2\x82", 7)), "a\xef\xbf\xbd\xef\xbf\xbd\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd");
}

TEST(Mailbox, TakesWhatPeopleHave) {
    for (const char* good : {"ann@example.org", "a.b+c@sub.example.co.uk", "o'neil_x@xn--bcher-kva.example", "1@a1.fr"}) EXPECT_TRUE(plausible_mailbox(good)) << good;
    for (const char* bad : {"", "ann", "@example.org", "ann@", "ann@example", "ann@example.1", "a..b@example.org", ".a@example.org", "a.@example.org", "a b@example.org",
                            "a@-x.org", "a@x..org", "a@x.org\r\nBcc: b@y.org", "<a@x.org>", "a@b@x.org", "\xc3\xa9@x.org", "a@x.org."})
        EXPECT_FALSE(plausible_mailbox(bad)) << bad;
    EXPECT_FALSE(plausible_mailbox(std::string(65, 'a') + "@x.org"));
    EXPECT_EQ(mailbox_key(" Ann@Example.ORG\n"), "ann@example.org");
}

}  // namespace verbatim
