#include "record/factors/factors.h"

#include <nlohmann/json.hpp>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

#include "engine/intake/test_database.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/text_codes.h"
#include "ground/totp/totp.h"
#include "record/vault/vault.h"

namespace verbatim::factors {
namespace {

using nlohmann::json;
using storage::Tx;

constexpr Seconds noon = 1'795'000'020;  // a step begins here
const RelyingParty party{"reviews.example", "https://reviews.example", "Aurelle"};

// What a security key does, with a key of its own.
class Authenticator {
public:
    Authenticator() : key_(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), EVP_PKEY_free) {}

    bool verifies = true;
    std::uint32_t counter = 1;
    std::string origin = party.origin, rp_id = party.id, id = crypto::random_bytes(16), handle;

    std::string create(const std::string& options) {
        const auto asked = json::parse(options);
        handle = from_base64url(asked["user"]["id"].get<std::string>()).value();
        const std::string cose = std::string("\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20", 10) + number(OSSL_PKEY_PARAM_EC_PUB_X) + std::string("\x22\x58\x20", 3) + number(OSSL_PKEY_PARAM_EC_PUB_Y);
        const std::string data = authenticator_data(0x40) + std::string(16, 'a') + std::string("\0\x10", 2) + id + cose;
        const std::string object = std::string("\xa3\x63", 2) + "fmt\x64none\x67" + "attStmt\xa0\x68" + "authData\x58" + std::string(1, static_cast<char>(data.size())) + data;
        return json{{"id", to_base64url(id)}, {"type", "public-key"}, {"response", {{"clientDataJSON", to_base64url(client_data("webauthn.create", asked))}, {"attestationObject", to_base64url(object)}}}}.dump();
    }
    std::string get(const std::string& options, bool name_user = true) {
        const auto asked = json::parse(options);
        const auto client = client_data("webauthn.get", asked), data = authenticator_data(0);
        json response = {{"clientDataJSON", to_base64url(client)}, {"authenticatorData", to_base64url(data)}, {"signature", to_base64url(sign(data + crypto::sha256(client)))}};
        if (name_user) response["userHandle"] = to_base64url(handle);
        return json{{"id", to_base64url(id)}, {"type", "public-key"}, {"response", response}}.dump();
    }

private:
    std::string client_data(const char* type, const json& asked) const { return json{{"type", type}, {"challenge", asked["challenge"]}, {"origin", origin}, {"crossOrigin", false}}.dump(); }
    std::string authenticator_data(unsigned char more) const {
        std::string data = crypto::sha256(rp_id) + static_cast<char>(0x01 | (verifies ? 0x04 : 0) | more);
        for (int shift = 24; shift >= 0; shift -= 8) data += static_cast<char>(counter >> shift & 0xff);
        return data;
    }
    std::string number(const char* name) const {
        BIGNUM* value = nullptr;
        EVP_PKEY_get_bn_param(key_.get(), name, &value);
        std::string bytes(32, '\0');
        BN_bn2binpad(value, reinterpret_cast<unsigned char*>(bytes.data()), 32);
        BN_free(value);
        return bytes;
    }
    std::string sign(const std::string& text) const {
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
        std::size_t size = 128;
        std::string out(size, '\0');
        EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get());
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size, reinterpret_cast<const unsigned char*>(text.data()), text.size());
        out.resize(size);
        return out;
    }
    std::shared_ptr<EVP_PKEY> key_;
};

std::string base32_bytes(const std::string& text) {
    std::string out;
    std::uint32_t group = 0;
    int bits = 0;
    for (const char c : text) {
        group = group << 5 | static_cast<std::uint32_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
        if ((bits += 5) >= 8) out += static_cast<char>(group >> (bits -= 8) & 0xff);
    }
    return out;
}

class Factors : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        std::vector<storage::Migration> all(vault::migrations().begin(), vault::migrations().end());
        all.insert(all.end(), migrations().begin(), migrations().end());
        db->migrate(all);
    }
    template <class F>
    auto write(F&& fn) { return db->write(std::forward<F>(fn)); }
    static std::string code(const Checked& checked) { return checked.ok() ? "ok" : checked.error->code; }

    std::string enrol(Seconds now) {
        const auto secret = write([&](Tx& tx) { return begin_totp(tx, now, "ann@x", "Aurelle", "ann@x"); });
        const auto bytes = base32_bytes(secret.base32);
        EXPECT_EQ(code(write([&](Tx& tx) { return confirm_totp(tx, now, "ann@x", at(bytes, now)); })), "ok");
        return bytes;
    }
    static std::string at(const std::string& secret, Seconds now) { return totp::hotp(secret, static_cast<std::uint64_t>(now / totp::step_seconds)); }
    Checked totp_code(const std::string& typed, Seconds now) { return write([&](Tx& tx) { return use_totp(tx, now, "ann@x", typed); }); }

    Checked registered(Authenticator& device, std::string_view account = "ann@x") {
        const auto options = write([&](Tx& tx) { return registration_options(tx, noon, party, account, account, "s1"); });
        const auto answer = device.create(options);
        return write([&](Tx& tx) { return register_passkey(tx, noon, party, account, "s1", "key", answer); });
    }
    std::string asked(std::string_view account, std::string_view holder, Seconds now = noon) {
        return write([&](Tx& tx) { return assertion_options(tx, now, party, account, holder); });
    }
    Checked answered(std::string_view account, std::string_view holder, const std::string& answer, Seconds now = noon) {
        return write([&](Tx& tx) { return use_passkey(tx, now, party, account, holder, answer); });
    }
};

INSTANTIATE_TEST_SUITE_P(, Factors, intake::both_engines, intake::engine_name);

TEST_P(Factors, ACodeOpensOnce) {
    const auto secret = enrol(noon);
    EXPECT_EQ(code(totp_code(at(secret, noon), noon)), "wrong_code");  // the one that confirmed
    EXPECT_EQ(code(totp_code(at(secret, noon + 30), noon + 30)), "ok");
    EXPECT_EQ(code(totp_code(at(secret, noon + 30), noon + 31)), "wrong_code");
    EXPECT_EQ(code(totp_code(at(secret, noon + 90), noon + 60)), "ok");  // a clock that runs ahead
    EXPECT_EQ(code(totp_code(at(secret, noon + 60), noon + 90)), "wrong_code");  // an older one than was used
}

TEST_P(Factors, AnEnrolmentCountsFromItsFirstCodeOn) {
    const auto secret = write([&](Tx& tx) { return begin_totp(tx, noon, "ann@x", "Aurelle", "ann@x"); });
    EXPECT_NE(secret.uri.find("secret=" + secret.base32), std::string::npos);
    EXPECT_FALSE(db->read([](Tx& tx) { return held(tx, "ann@x"); }).any());
    EXPECT_EQ(code(totp_code(at(base32_bytes(secret.base32), noon), noon)), "no_totp");
    EXPECT_EQ(code(write([&](Tx& tx) { return confirm_totp(tx, noon, "ann@x", "000000"); })), "wrong_code");
    EXPECT_EQ(code(write([&](Tx& tx) { return confirm_totp(tx, noon + 901, "ann@x", at(base32_bytes(secret.base32), noon + 901)); })), "enrolment_over");
    const auto first = enrol(noon);
    // A second enrolment that is never confirmed leaves the first alone.
    write([&](Tx& tx) { return begin_totp(tx, noon, "ann@x", "Aurelle", "ann@x"); });
    EXPECT_EQ(code(totp_code(at(first, noon + 60), noon + 60)), "ok");
    // Sealed again under a new key, it still opens.
    EXPECT_EQ(seal_again(*db), 0);
}

TEST_P(Factors, WrongCodesMakeTheAccountWait) {
    const auto secret = enrol(noon);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(code(totp_code("000000", noon + 60)), "wrong_code") << i;
    EXPECT_EQ(code(totp_code(at(secret, noon + 60), noon + 60)), "factor_wait");
    EXPECT_EQ(code(totp_code(at(secret, noon + 75), noon + 75)), "ok");  // fifteen seconds later
    for (int i = 0; i < 40; ++i) (void)totp_code("000000", noon + 1000 + i * 1000);
    EXPECT_EQ(code(totp_code(at(secret, noon + 40'800), noon + 40'800)), "factor_wait");
    EXPECT_EQ(code(totp_code(at(secret, noon + 41'000), noon + 41'000)), "ok");  // never more than a quarter of an hour
}

TEST_P(Factors, RecoveryCodesOpenOnceEach) {
    (void)enrol(noon);
    const auto codes = write([&](Tx& tx) { return new_recovery_codes(tx, noon, "ann@x"); });
    ASSERT_EQ(codes.size(), 10u);
    const auto use = [&](const std::string& typed) { return code(write([&](Tx& tx) { return use_recovery_code(tx, noon, "ann@x", typed); })); };
    EXPECT_EQ(use(codes[3]), "ok");
    EXPECT_EQ(use(codes[3]), "wrong_code");
    EXPECT_EQ(use(" " + codes[4] + " "), "ok");
    EXPECT_EQ(code(write([&](Tx& tx) { return use_recovery_code(tx, noon, "bob@x", codes[5]); })), "wrong_code");
    EXPECT_EQ(db->read([](Tx& tx) { return held(tx, "ann@x"); }).recovery_codes, 8);
    write([&](Tx& tx) { return new_recovery_codes(tx, noon, "ann@x"); });
    EXPECT_EQ(use(codes[6]), "wrong_code");
}

TEST_P(Factors, APasskeyBesideThePasswordAndInsteadOfIt) {
    Authenticator device;
    const auto made = registered(device);
    ASSERT_EQ(code(made), "ok");
    EXPECT_EQ(code(registered(device)), "passkey_known");
    device.counter = 2;
    EXPECT_EQ(code(answered("ann@x", "s2", device.get(asked("ann@x", "s2")))), "ok");
    device.counter = 3;
    const auto alone = answered("", "browser", device.get(asked("", "browser")));
    EXPECT_EQ(code(alone), "ok");
    EXPECT_EQ(alone.account, "ann@x");
    EXPECT_EQ(alone.passkey, made.passkey);
    device.counter = 4;
    device.verifies = false;  // a touch is enough beside the password, never instead of it
    EXPECT_EQ(code(answered("ann@x", "s2", device.get(asked("ann@x", "s2")))), "ok");
    device.counter = 5;
    EXPECT_EQ(code(answered("", "browser", device.get(asked("", "browser")))), "passkey_user");
}

TEST_P(Factors, AStolenChallengeAWrongOriginASecondUse) {
    Authenticator device;
    ASSERT_EQ(code(registered(device)), "ok");
    device.counter = 2;
    // Given to one session, answered in another: and it is spent.
    const auto options = asked("ann@x", "s2");
    const auto answer = device.get(options);
    EXPECT_EQ(code(answered("ann@x", "thief", answer)), "passkey_challenge");
    EXPECT_EQ(code(answered("ann@x", "s2", answer)), "passkey_challenge");
    // Twice.
    const auto again = device.get(asked("ann@x", "s2"));
    EXPECT_EQ(code(answered("ann@x", "s2", again)), "ok");
    EXPECT_EQ(code(answered("ann@x", "s2", again)), "passkey_challenge");
    // Too late.
    device.counter = 3;
    EXPECT_EQ(code(answered("ann@x", "s2", device.get(asked("ann@x", "s2")), noon + 301)), "passkey_challenge");
    // A look-alike site in the middle.
    Authenticator phished = device;
    phished.origin = "https://reviews.example.evil.example";
    EXPECT_EQ(code(answered("ann@x", "s2", phished.get(asked("ann@x", "s2")))), "passkey_origin");
    phished = device;
    phished.rp_id = "evil.example";
    EXPECT_EQ(code(answered("ann@x", "s2", phished.get(asked("ann@x", "s2")))), "passkey_origin");
    // Somebody else's account.
    EXPECT_EQ(code(answered("bob@x", "s2", device.get(asked("bob@x", "s2")))), "passkey_unknown");
    // A challenge for registration does not sign in.
    const auto creating = write([&](Tx& tx) { return registration_options(tx, noon, party, "ann@x", "ann@x", "s2"); });
    EXPECT_EQ(code(answered("ann@x", "s2", device.get(creating))), "passkey_challenge");
}

TEST_P(Factors, ACopyIsNoticed) {
    Authenticator device;
    ASSERT_EQ(code(registered(device)), "ok");
    device.counter = 5;
    EXPECT_EQ(code(answered("ann@x", "s2", device.get(asked("ann@x", "s2")))), "ok");
    device.counter = 4;
    EXPECT_EQ(code(answered("ann@x", "s2", device.get(asked("ann@x", "s2")))), "passkey_copied");
    device.counter = 9;
    EXPECT_EQ(code(answered("ann@x", "s2", device.get(asked("ann@x", "s2")))), "passkey_copied");
    EXPECT_TRUE(db->read([](Tx& tx) { return held(tx, "ann@x"); }).methods().empty());
}

TEST_P(Factors, WhatSomebodyHasAndWhatAResetTakes) {
    Authenticator device, other;
    (void)enrol(noon);
    const auto made = registered(device);
    ASSERT_EQ(code(registered(other, "bob@x")), "ok");
    write([&](Tx& tx) { return new_recovery_codes(tx, noon, "ann@x"); });
    auto all = db->read([](Tx& tx) { return held(tx, "ann@x"); });
    EXPECT_EQ(all.methods(), (std::vector<std::string>{"webauthn", "totp", "recovery"}));
    EXPECT_TRUE(write([&](Tx& tx) { return rename_passkey(tx, "ann@x", made.passkey, "Yubikey"); }));
    EXPECT_FALSE(write([&](Tx& tx) { return rename_passkey(tx, "bob@x", made.passkey, "mine"); }));
    EXPECT_FALSE(write([&](Tx& tx) { return drop_passkey(tx, "bob@x", made.passkey); }));
    EXPECT_TRUE(write([&](Tx& tx) { return reset(tx, "ann@x"); }));
    all = db->read([](Tx& tx) { return held(tx, "ann@x"); });
    EXPECT_FALSE(all.any());
    EXPECT_EQ(all.recovery_codes, 0);
    EXPECT_TRUE(db->read([](Tx& tx) { return held(tx, "bob@x"); }).any());
    EXPECT_FALSE(write([&](Tx& tx) { return reset(tx, "ann@x"); }));
    EXPECT_EQ(code(answered("", "browser", device.get(asked("", "browser")))), "passkey_unknown");
}

TEST(RelyingParty, OnlyAHostOverTls) {
    const auto id = [](std::string_view url) {
        const auto found = relying_party(url, "x");
        return found ? found->id + " " + found->origin : std::string("none");
    };
    EXPECT_EQ(id("https://reviews.example"), "reviews.example https://reviews.example");
    EXPECT_EQ(id("https://reviews.example:8443/prefix"), "reviews.example https://reviews.example:8443");
    EXPECT_EQ(id("http://localhost:8080"), "localhost http://localhost:8080");
    EXPECT_EQ(id("http://127.0.0.1:8080"), "none");
    EXPECT_EQ(id("https://192.0.2.1"), "none");
    EXPECT_EQ(id("https://[2001:db8::1]:8443"), "none");
    EXPECT_EQ(id("http://reviews.example"), "none");
}

}  // namespace
}  // namespace verbatim::factors
