#include "ground/crypto/public_key.h"

#include <gtest/gtest.h>

#include "ground/formats/text_codes.h"

namespace verbatim::crypto {
namespace {

std::string bytes(std::string_view base64url) { return from_base64url(base64url).value(); }

constexpr std::string_view claims = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

// RFC 7515 appendix A.2.
RsaPublicKey rfc7515_rsa() {
    return {bytes("ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_"
                  "YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxv"
                  "b3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"),
            bytes("AQAB")};
}
std::string rfc7515_rsa_signature() {
    return bytes("cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKB"
                 "YNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6Bf"
                 "I7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw");
}
// RFC 7515 appendix A.3.
P256PublicKey rfc7515_ec() { return {bytes("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"), bytes("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")}; }

std::string changed(std::string text, std::size_t at) {
    text[at] = static_cast<char>(text[at] ^ 1);
    return text;
}

TEST(PublicKey, Rfc7515AppendixA2Rs256) {
    const auto message = "eyJhbGciOiJSUzI1NiJ9." + std::string(claims);
    EXPECT_TRUE(usable(rfc7515_rsa()));
    EXPECT_TRUE(signed_by(rfc7515_rsa(), message, rfc7515_rsa_signature()));
    EXPECT_FALSE(signed_by(rfc7515_rsa(), message + "x", rfc7515_rsa_signature()));
    EXPECT_FALSE(signed_by(rfc7515_rsa(), message, changed(rfc7515_rsa_signature(), 40)));
    EXPECT_FALSE(signed_by(rfc7515_rsa(), message, ""));
}

TEST(PublicKey, Rfc7515AppendixA3Es256) {
    const auto message = "eyJhbGciOiJFUzI1NiJ9." + std::string(claims);
    const auto raw = bytes("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
    EXPECT_TRUE(usable(rfc7515_ec()));
    EXPECT_TRUE(signed_by(rfc7515_ec(), message, *ecdsa_der(raw)));
    EXPECT_FALSE(signed_by(rfc7515_ec(), message, raw));
    EXPECT_FALSE(signed_by(rfc7515_ec(), message, *ecdsa_der(changed(raw, 63))));
    EXPECT_FALSE(ecdsa_der(raw + "x"));
}

TEST(PublicKey, Rfc8037AppendixA4Ed25519) {
    const Ed25519PublicKey key{bytes("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")};
    const std::string message = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
    const auto signature = bytes("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    EXPECT_TRUE(signed_by(key, message, signature));
    EXPECT_FALSE(signed_by(key, changed(message, 0), signature));
}

TEST(PublicKey, KeysThatProveNothingAreNotUsable) {
    auto off_the_curve = rfc7515_ec();
    off_the_curve.y = changed(off_the_curve.y, 31);
    EXPECT_FALSE(usable(off_the_curve));
    EXPECT_FALSE(usable(P256PublicKey{std::string(32, '\0'), std::string(32, '\0')}));
    auto rsa = rfc7515_rsa();
    rsa.modulus.resize(128);  // 1024 bits
    EXPECT_FALSE(usable(rsa));
    rsa = rfc7515_rsa();
    rsa.exponent = "\x01";
    EXPECT_FALSE(usable(rsa));
    rsa.exponent = std::string(9, '\x7f');
    EXPECT_FALSE(usable(rsa));
    EXPECT_FALSE(usable(Ed25519PublicKey{"short"}));
}

// RFC 2202 section 3, cases 1 and 2.
TEST(PublicKey, Rfc2202HmacSha1) {
    EXPECT_EQ(to_hex(hmac_sha1(std::string(20, '\x0b'), "Hi There")), "b617318655057264e28bc0b6fb378c8ef146be00");
    EXPECT_EQ(to_hex(hmac_sha1("Jefe", "what do ya want for nothing?")), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
}

}  // namespace
}  // namespace verbatim::crypto
