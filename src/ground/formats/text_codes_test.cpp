#include "ground/formats/text_codes.h"

#include <gtest/gtest.h>

namespace verbatim {

TEST(TextCodes, Base64FollowsTheVectorsOfRfc4648) {
    const std::pair<const char*, const char*> vectors[] = {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : vectors) {
        EXPECT_EQ(to_base64(bytes), text);
        EXPECT_EQ(from_base64(text), bytes);
    }
}

TEST(TextCodes, OnlyTheCanonicalFormDecodes) {
    for (const char* bad : {"Zg", "Zg=", "Zh==", "Zm9v\n", "Zm 9v", "====", "Z===", "Zm9v="}) EXPECT_FALSE(from_base64(bad)) << bad;
    EXPECT_FALSE(from_hex("0G"));
    EXPECT_FALSE(from_hex("0A"));
    EXPECT_EQ(from_hex("00ff"), std::string("\0\xff", 2));
}

TEST(TextCodes, UrlsTakeNoPadding) {
    EXPECT_EQ(to_base64url(std::string("\xfb\xff", 2)), "-_8");
    EXPECT_EQ(from_base64url("-_8"), std::string("\xfb\xff", 2));
    EXPECT_FALSE(from_base64url("-_8="));
}

}  // namespace verbatim
