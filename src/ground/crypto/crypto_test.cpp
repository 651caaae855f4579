#include "ground/crypto/crypto.h"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

#include "ground/formats/text_codes.h"

namespace verbatim::crypto {
namespace {

TEST(Crypto, Sha256OfTheStandardsExamples) {  // FIPS 180-4
    EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(to_hex(sha256(std::string(1'000'000, 'a'))), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Crypto, Sha256OfPartsIsSha256OfTheirConcatenation) {
    const std::string node(64, 'n');
    EXPECT_EQ(sha256({"\x01", node.substr(0, 32), "", node.substr(32)}), sha256("\x01" + node));
    const Digest digest = sha256_digest({"a", "bc"});
    EXPECT_EQ(std::string(digest.begin(), digest.end()), sha256("abc"));
}

TEST(Crypto, HmacSha256OfRfc4231) {
    EXPECT_EQ(to_hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(to_hex(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Crypto, Ed25519OfRfc8032) {
    const auto key = Ed25519Key::from_seed(*from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    EXPECT_EQ(to_hex(key.public_key), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    const std::string signature = key.sign("\x72");
    EXPECT_EQ(to_hex(signature),
              "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    EXPECT_TRUE(ed25519_verify(key.public_key, "\x72", signature));
    EXPECT_FALSE(ed25519_verify(key.public_key, "\x73", signature));
}

TEST(Crypto, AChangedBitOrLengthOfASignatureIsRefused) {
    const auto key = Ed25519Key::generate();
    const std::string signature = key.sign("text");
    for (std::size_t bit = 0; bit < signature.size() * 8; bit += 7) {
        std::string changed = signature;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
        EXPECT_FALSE(ed25519_verify(key.public_key, "text", changed)) << bit;
    }
    EXPECT_FALSE(ed25519_verify(key.public_key, "text", signature.substr(1)));
    EXPECT_FALSE(ed25519_verify(key.public_key.substr(1), "text", signature));
    EXPECT_FALSE(ed25519_verify(Ed25519Key::generate().public_key, "text", signature));
    EXPECT_THROW(Ed25519Key::from_seed("short"), std::invalid_argument);
    EXPECT_THROW(Ed25519Key().sign("text"), std::invalid_argument);
}

TEST(Crypto, SealedTextOpensWithItsKeyOnly) {
    const std::string key = random_bytes(32);
    for (std::size_t size : {0, 1, 1000}) {
        const std::string plain(size, 'p');
        const std::string sealed = seal(key, plain);
        EXPECT_EQ(sealed.size(), size + 40);
        EXPECT_NE(sealed, seal(key, plain));
        EXPECT_EQ(unseal(key, sealed), plain);
        EXPECT_EQ(unseal(random_bytes(32), sealed), std::nullopt);
        for (std::size_t at = 0; at < sealed.size(); at += 3) {
            std::string changed = sealed;
            changed[at] = static_cast<char>(changed[at] ^ 1);
            EXPECT_EQ(unseal(key, changed), std::nullopt) << at;
        }
    }
    EXPECT_EQ(unseal(key, std::string(39, 'x')), std::nullopt);
    EXPECT_THROW(seal("short", "x"), std::invalid_argument);
}

TEST(Crypto, TokensAndIdsHaveTheirAlphabetAndDoNotRepeat) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const std::string token = random_token();
        EXPECT_EQ(token.size(), 22u);
        ASSERT_TRUE(from_base64url(token));
        EXPECT_EQ(from_base64url(token)->size(), 16u);
        EXPECT_TRUE(seen.insert(token).second);
        const std::string id = random_id(13);
        EXPECT_EQ(id.size(), 13u);
        EXPECT_EQ(id.find_first_not_of("0123456789abcdefghjkmnpqrstvwxyz"), std::string::npos) << id;
        EXPECT_TRUE(seen.insert(id).second);
    }
}

TEST(Crypto, EqualComparesContents) {
    EXPECT_TRUE(equal("", ""));
    EXPECT_TRUE(equal("same", "same"));
    EXPECT_FALSE(equal("same", "sane"));
    EXPECT_FALSE(equal("same", "same "));
}

}  // namespace
}  // namespace verbatim::crypto
