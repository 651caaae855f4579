#include "ground/totp/totp.h"

#include <gtest/gtest.h>

namespace verbatim::totp {
namespace {

constexpr std::string_view secret = "12345678901234567890";

TEST(Totp, Rfc4226AppendixD) {
    const char* codes[] = {"755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"};
    for (std::uint64_t counter = 0; counter < 10; ++counter) EXPECT_EQ(hotp(secret, counter), codes[counter]) << counter;
}

TEST(Totp, Rfc6238AppendixB) {
    const std::pair<Seconds, const char*> cases[] = {{59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
                                                     {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
    for (const auto& [now, code] : cases) EXPECT_EQ(hotp(secret, static_cast<std::uint64_t>(now / step_seconds), 8), code) << now;
}

TEST(Totp, OneStepToEitherSideAndNoMore) {
    const Seconds now = 1234567890;
    const std::int64_t step = now / step_seconds;
    for (std::int64_t away = -3; away <= 3; ++away) {
        const auto found = matching_step(secret, hotp(secret, static_cast<std::uint64_t>(step + away)), now, 0);
        EXPECT_EQ(found.has_value(), away >= -1 && away <= 1) << away;
        if (found) {
            EXPECT_EQ(*found, step + away);
        }
    }
}

TEST(Totp, AUsedStepOpensNoMore) {
    const Seconds now = 1234567890;
    const auto code = hotp(secret, static_cast<std::uint64_t>(now / step_seconds));
    const auto first = matching_step(secret, code, now, 0);
    ASSERT_TRUE(first);
    EXPECT_FALSE(matching_step(secret, code, now, *first));
    EXPECT_FALSE(matching_step(secret, code, now + step_seconds, *first));
}

TEST(Totp, CodesOfAnotherLengthAreNone) {
    EXPECT_FALSE(matching_step(secret, "", 1234567890, 0));
    EXPECT_FALSE(matching_step(secret, "89005924", 1234567890, 0));
    EXPECT_FALSE(matching_step(secret, hotp(secret, 0), 0, -5));  // before the first step there is none to go back to
}

// RFC 4648 section 10.
TEST(Totp, Rfc4648Base32) {
    EXPECT_EQ(to_base32(""), "");
    EXPECT_EQ(to_base32("f"), "MY");
    EXPECT_EQ(to_base32("fo"), "MZXQ");
    EXPECT_EQ(to_base32("foo"), "MZXW6");
    EXPECT_EQ(to_base32("foob"), "MZXW6YQ");
    EXPECT_EQ(to_base32("fooba"), "MZXW6YTB");
    EXPECT_EQ(to_base32("foobar"), "MZXW6YTBOI");
}

TEST(Totp, TheUriSaysWhoseAndWhat) {
    EXPECT_EQ(otpauth_uri("Aurelle & Cie", "ann@example.org", "foobar"),
              "otpauth://totp/Aurelle%20%26%20Cie:ann%40example.org?secret=MZXW6YTBOI&issuer=Aurelle%20%26%20Cie");
}

TEST(Totp, RecoveryCodesAreReadAsTheyAreTyped) {
    const auto code = recovery_code();
    ASSERT_EQ(code.size(), 11u);
    EXPECT_EQ(code[5], '-');
    auto plain = code;
    plain.erase(5, 1);
    EXPECT_EQ(typed_recovery_code(code), plain);
    EXPECT_EQ(typed_recovery_code(" " + plain.substr(0, 5) + "  " + plain.substr(5) + " "), plain);
    EXPECT_EQ(typed_recovery_code("OIL00-00000"), "0110000000");
    EXPECT_EQ(typed_recovery_code("12345"), "");
    EXPECT_EQ(typed_recovery_code("1234567890a"), "");
    EXPECT_EQ(typed_recovery_code("12345-6789u"), "");
    EXPECT_NE(recovery_code(), recovery_code());
}

}  // namespace
}  // namespace verbatim::totp
