#include "ground/webauthn/ceremony.h"

#include <gtest/gtest.h>

#include "ground/crypto/crypto.h"
#include "ground/formats/text_codes.h"
#include "ground/webauthn/parts.h"

namespace verbatim::webauthn {
namespace {

std::string hex(std::string_view text) { return from_hex(text).value(); }

// Web Authentication Level 3, section 16 "Test Vectors": examples "none.ES256" and "packed-self.ES256".
struct Example {
    std::string challenge, client_data, attestation;
    std::string get_challenge, get_client_data, authenticator_data, signature;
    std::string credential_id;
};

std::string client_data(std::string_view type, std::string_view challenge_hex, std::string_view more = {}, std::string_view origin = "https://example.org",
                        std::string_view cross = "false") {
    return "{\"type\":\"" + std::string(type) + "\",\"challenge\":\"" + to_base64url(hex(challenge_hex)) + "\",\"origin\":\"" + std::string(origin) +
           "\",\"crossOrigin\":" + std::string(cross) + std::string(more) + "}";
}
std::string extra(std::string_view data) {
    return ",\"extraData\":\"clientDataJSON may be extended with additional fields in the future, such as this: " + std::string(data) + "\"";
}

constexpr std::string_view none_challenge = "00c30fb78531c464d2b6771dab8d7b603c01162f2fa486bea70f283ae556e130";
constexpr std::string_view none_get_challenge = "39c0e7521417ba54d43e8dc95174f423dee9bf3cd804ff6d65c857c9abf4d408";

Example none_es256() {
    return {hex(none_challenge),
            client_data("webauthn.create", none_challenge, extra("BkQeDjdcTBrXBiAwJTLE5Q")),
            hex("a363666d74646e6f6e656761747453746d74a068617574684461746158a4bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b559"
                "000000008446ccb9ab1db374750b2367ff6f3a1f0020f91f391db4c9b2fde0ea70189cba3fb63f579ba6122b33ad94ff3ec330084be4a501020326200121"
                "5820afefa16f97ca9b2d23eb86ccb64098d20db90856062eb249c33a9b672f26df61225820930a56b87a2fca66334b03458abf879717c12cc68ed73290af"
                "2e2664796b9220"),
            hex(none_get_challenge),
            client_data("webauthn.get", none_get_challenge),
            hex("bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b51900000000"),
            hex("3046022100f50a4e2e4409249c4a853ba361282f09841df4dd4547a13a87780218deffcd380221008480ac0f0b93538174f575bf11a1dd5d78c6e486013f9372"
                "95ea13653e331e87"),
            hex("f91f391db4c9b2fde0ea70189cba3fb63f579ba6122b33ad94ff3ec330084be4")};
}
Example packed_self_es256() {
    constexpr std::string_view challenge = "7869c2b772d4b58eba9378cf8f29e26cf935aa77df0da89fa99c0bdc0a76f7e5";
    constexpr std::string_view get_challenge = "4478a10b1352348dd160c1353b0d469b5db19eb91c27f7dfa6fed39fe26af20b";
    return {hex(challenge),
            client_data("webauthn.create", challenge, extra("U9hTXvKE2URkMnb_0xYHVg")),
            hex("a363666d74667061636b65646761747453746d74a263616c672663736967584630440220067a20754ab925005dbf378097c92120031581c73228d1fb4f5b881bcd7d"
                "a98302207fc7b147558c7c0eba3af18bd9d121fa3d3a26d17fe3f220272178f473b6006d68617574684461746158a4bfabc37432958b063360d3ad6461c9c473"
                "5ae7f8edd46592a5e0f01452b2e4b55d00000000df850e09db6afbdfab51697791506cfc0020455ef34e2043a87db3d4afeb39bbcb6cc32df9347c789a865ecd"
                "ca129cbef58ca5010203262001215820eb151c8176b225cc651559fecf07af450fd85802046656b34c18f6cf193843c5225820927b8aa427a2be1b8834d233a2"
                "d34f61f13bfd44119c325d5896e183fee484f2"),
            hex(get_challenge),
            client_data("webauthn.get", get_challenge, extra("gTb53rz6EhSWomXGzimC1Q")),
            hex("bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b50900000000"),
            hex("304402203310b9431903c401f1be2bdc8d23a4007682dbbddcf846994947b7f465daf84002204e94dd00047b316061b3b99772b7efd95994a83ef584b3b6b825ea35"
                "50251b66"),
            hex("455ef34e2043a87db3d4afeb39bbcb6cc32df9347c789a865ecdca129cbef58c")};
}

Expected expect(std::string_view challenge, bool verified = false) { return {std::string(challenge), "https://example.org", "example.org", verified}; }

template <class T>
std::string code(const Result<T>& result) {
    return result.ok() ? "ok" : result.error().code;
}

TEST(Webauthn, TheExamplesOfTheStandard) {
    for (const auto& example : {none_es256(), packed_self_es256()}) {
        const auto credential = verify_registration(expect(example.challenge), example.client_data, example.attestation);
        ASSERT_TRUE(credential.ok()) << credential.error().message;
        EXPECT_EQ(credential->id, example.credential_id);
        EXPECT_TRUE(credential->backup_eligible);
        const auto assertion = verify_assertion(expect(example.get_challenge), *credential, example.get_client_data, example.authenticator_data, example.signature);
        ASSERT_TRUE(assertion.ok()) << assertion.error().message;
        EXPECT_FALSE(assertion->counter_fell);  // this authenticator keeps none
    }
}

TEST(Webauthn, AnotherChallengeAnotherSiteAnotherCeremony) {
    const auto example = none_es256();
    const auto credential = verify_registration(expect(example.challenge), example.client_data, example.attestation);
    ASSERT_TRUE(credential.ok());
    const auto assertion = [&](const Expected& expected, std::string_view data) { return code(verify_assertion(expected, *credential, data, example.authenticator_data, example.signature)); };
    EXPECT_EQ(assertion(expect(example.challenge), example.get_client_data), "passkey_challenge");
    EXPECT_EQ(assertion({example.get_challenge, "https://example.org:8443", "example.org", false}, example.get_client_data), "passkey_origin");
    EXPECT_EQ(assertion({example.get_challenge, "https://example.org", "example.com", false}, example.get_client_data), "passkey_origin");
    EXPECT_EQ(assertion(expect(example.get_challenge), client_data("webauthn.create", none_get_challenge)), "passkey_malformed");
    EXPECT_EQ(assertion(expect(example.get_challenge), client_data("webauthn.get", none_get_challenge, "", "https://evil.example")), "passkey_origin");
    EXPECT_EQ(assertion(expect(example.get_challenge), client_data("webauthn.get", none_get_challenge, "", "https://example.org", "true")), "passkey_origin");
    // Data that mean the same but are not what was signed.
    EXPECT_EQ(assertion(expect(example.get_challenge), client_data("webauthn.get", none_get_challenge, ",\"more\":1")), "passkey_signature");
    EXPECT_EQ(code(verify_registration(expect(example.get_challenge), example.client_data, example.attestation)), "passkey_challenge");
    EXPECT_EQ(code(verify_registration(expect(example.challenge), client_data("webauthn.get", none_challenge), example.attestation)), "passkey_malformed");
}

TEST(Webauthn, WhoMustBeVerifiedIs) {
    const auto example = none_es256();
    const auto credential = verify_registration(expect(example.challenge), example.client_data, example.attestation);
    ASSERT_TRUE(credential.ok());
    EXPECT_FALSE(credential->user_verified);
    EXPECT_EQ(code(verify_registration(expect(example.challenge, true), example.client_data, example.attestation)), "passkey_user");
    EXPECT_EQ(code(verify_assertion(expect(example.get_challenge, true), *credential, example.get_client_data, example.authenticator_data, example.signature)), "passkey_user");
    auto absent = example.authenticator_data;
    absent[32] = 0x18;
    EXPECT_EQ(code(verify_assertion(expect(example.get_challenge), *credential, example.get_client_data, absent, example.signature)), "passkey_user");
}

TEST(Webauthn, TheCounterIsWatched) {
    const auto example = none_es256();
    auto credential = verify_registration(expect(example.challenge), example.client_data, example.attestation);
    ASSERT_TRUE(credential.ok());
    credential->sign_count = 7;  // as if it had counted before
    const auto assertion = verify_assertion(expect(example.get_challenge), *credential, example.get_client_data, example.authenticator_data, example.signature);
    ASSERT_TRUE(assertion.ok());
    EXPECT_TRUE(assertion->counter_fell);
}

TEST(Webauthn, AttestationsThatWereNotAskedFor) {
    auto example = none_es256();
    auto packed = packed_self_es256();
    // A statement in "none".
    auto filled = example.attestation;
    filled.replace(filled.find("attStmt") + 7, 1, "\xa1\x61x\x01");
    EXPECT_EQ(code(verify_registration(expect(example.challenge), example.client_data, filled)), "passkey_attestation");
    // Another form.
    auto renamed = packed.attestation;
    renamed.replace(renamed.find("packed"), 6, "tpmxxx");
    EXPECT_EQ(code(verify_registration(expect(packed.challenge), packed.client_data, renamed)), "passkey_attestation");
    // A self attestation over other client data.
    EXPECT_EQ(code(verify_registration(expect(packed.challenge), packed.client_data + " ", packed.attestation)), "passkey_signature");
}

TEST(Webauthn, BrokenBytes) {
    const auto example = none_es256();
    for (std::size_t size = 0; size < example.attestation.size(); ++size)
        EXPECT_EQ(code(verify_registration(expect(example.challenge), example.client_data, example.attestation.substr(0, size))), "passkey_malformed") << size;
    EXPECT_EQ(code(verify_registration(expect(example.challenge), example.client_data, example.attestation + "x")), "passkey_malformed");
    EXPECT_FALSE(parse_authenticator_data(example.authenticator_data + "x"));
    EXPECT_FALSE(parse_client_data("[]"));
    EXPECT_FALSE(parse_client_data("{\"type\":\"webauthn.get\",\"challenge\":\"!\",\"origin\":\"x\"}"));
    EXPECT_FALSE(parse_client_data(std::string(most_client_data + 1, ' ')));
    EXPECT_FALSE(parse_cose_key(""));
}

TEST(Webauthn, KeysOfTheThreeKinds) {
    // RFC 8037's key as COSE: {1: 1, 3: -8, -1: 6, -2: x}.
    const auto x = from_base64url("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo").value();
    const auto ed25519 = parse_cose_key(hex("a4010103272006215820") + x);
    ASSERT_TRUE(ed25519);
    EXPECT_EQ(ed25519->algorithm, eddsa);
    EXPECT_TRUE(crypto::signed_by(ed25519->key, "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
                                  from_base64url("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg").value()));
    // {1: 3, 3: -257, -1: n, -2: 65537}; any odd number of 2048 bits will do here.
    std::string n(256, '\x5a');
    n.front() = '\xc3';
    n.back() = '\x01';
    const auto rsa = parse_cose_key(hex("a401030339010020590100") + n + hex("2143010001"));
    ASSERT_TRUE(rsa);
    EXPECT_EQ(rsa->algorithm, rs256);
    // The algorithm of another kind of key; a label twice.
    EXPECT_FALSE(parse_cose_key(hex("a4010103262006215820") + x));
    EXPECT_FALSE(parse_cose_key(hex("a50101010103272006215820") + x));
}

}  // namespace
}  // namespace verbatim::webauthn
