#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>

#include <filesystem>
#include <fstream>

#include "engine/mail/dkim_canonical.h"
#include "engine/mail/mail.h"
#include "ground/formats/text_codes.h"

namespace verbatim::mail {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Pair {
    std::shared_ptr<EVP_PKEY> key;
    std::string pem;     // private
    std::string record;  // the DNS record's text
};

std::string sha256(std::string_view bytes) {
    unsigned char hash[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), hash);
    return {reinterpret_cast<const char*>(hash), sizeof hash};
}

Pair pair_of(EVP_PKEY* raw) {
    Pair pair{std::shared_ptr<EVP_PKEY>(raw, EVP_PKEY_free), {}, {}};
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_PKCS8PrivateKey(bio.get(), raw, nullptr, nullptr, 0, nullptr, nullptr);
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &bytes);
    pair.pem.assign(bytes, static_cast<std::size_t>(size));
    if (EVP_PKEY_get_base_id(raw) == EVP_PKEY_ED25519) {
        std::string key(32, '\0');
        std::size_t length = key.size();
        EVP_PKEY_get_raw_public_key(raw, reinterpret_cast<unsigned char*>(key.data()), &length);
        pair.record = "v=DKIM1; k=ed25519; p=" + to_base64(key);
    } else {
        unsigned char* der = nullptr;
        const int length = i2d_PUBKEY(raw, &der);
        pair.record = "v=DKIM1; k=rsa; p=" + to_base64({reinterpret_cast<char*>(der), static_cast<std::size_t>(length)});
        OPENSSL_free(der);
    }
    return pair;
}

const Pair& rsa() {
    static const Pair pair = pair_of(EVP_RSA_gen(2048));
    return pair;
}
const Pair& ed25519() {
    static const Pair pair = pair_of(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    return pair;
}

// The tags of a DKIM-Signature field, white space removed.
std::map<std::string, std::string> tags_of(std::string_view raw) {
    std::map<std::string, std::string> tags;
    std::string value(raw.substr(raw.find(':') + 1));
    value.erase(std::remove_if(value.begin(), value.end(), [](char c) { return std::string_view(" \t\r\n").find(c) != std::string_view::npos; }), value.end());
    std::string_view rest = value;
    while (!rest.empty()) {
        const auto tag = rest.substr(0, rest.find(';'));
        tags.emplace(tag.substr(0, tag.find('=')), tag.substr(tag.find('=') + 1));
        rest.remove_prefix(std::min(tag.size() + 1, rest.size()));
    }
    return tags;
}

// Checks the signature field at `index` with the public key (RFC 6376 section 6.1.3).
bool verifies(const std::string& message, std::size_t index, EVP_PKEY* key) {
    const Parsed parsed = parse_message(message);
    const std::string_view raw = parsed.fields.at(index).raw;
    auto tags = tags_of(raw);
    if (to_base64(sha256(relaxed_body(parsed.body))) != tags["bh"]) return false;
    std::vector<std::string> names;
    std::string_view rest = tags["h"];
    while (!rest.empty()) {
        names.emplace_back(rest.substr(0, rest.find(':')));
        rest.remove_prefix(std::min(names.back().size() + 1, rest.size()));
    }
    // The field itself, its b= emptied.
    const std::string field(raw.substr(0, raw.find("b=", raw.find("bh=") + 3) + 2));
    const std::string bytes = signed_header(parsed, names, field);
    const std::string input = EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA ? bytes : sha256(bytes);
    const auto signature = from_base64(tags["b"]);
    if (!signature) return false;
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_DigestVerifyInit(context.get(), nullptr, EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA ? EVP_sha256() : nullptr, nullptr, key);
    return EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature->data()), signature->size(),
                            reinterpret_cast<const unsigned char*>(input.data()), input.size()) == 1;
}

std::string letter() {
    Message message;
    message.from = {"Nordhaven", "reviews@nordhaven.example"};
    message.to = {"Łukasz Żółty", "lukasz@home.example"};
    message.subject = "Jak było w serwisie? Proszę napisać nam kilka słów o wizycie, to bardzo ważne";
    message.text = "Dzień dobry,\n\n  two  spaces \t and a tab\n\n\n";
    message.html = "<p>Dzień dobry</p>\n";
    message.message_id = "i-17@nordhaven.example";
    message.date = 1795255200;
    message.list_unsubscribe_url = "https://nordhaven.example/u/abc";
    message.list_unsubscribe_mailto = "leave@nordhaven.example";
    return compose(message);
}

std::vector<DkimKey> keys() {
    return {{"nordhaven.example", "rsa2026", rsa().pem}, {"nordhaven.example", "ed2026", ed25519().pem}};
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

// RFC 8463 appendix A: the message with both signatures, and the keys.
const std::string rfc8463_message =
    "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n"
    " d=football.example.com; i=@football.example.com;\r\n"
    " q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n"
    " subject : date : message-id : from : subject : date;\r\n"
    " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
    " b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\r\n"
    " Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\r\n"
    "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n"
    " d=football.example.com; i=@football.example.com;\r\n"
    " q=dns/txt; s=test; t=1528637909; h=from : to : subject :\r\n"
    " date : message-id : from : subject : date;\r\n"
    " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
    " b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3\r\n"
    " DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz\r\n"
    " dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=\r\n"
    "From: Joe SixPack <joe@football.example.com>\r\n"
    "To: Suzie Q <suzie@shopping.example.net>\r\n"
    "Subject: Is dinner ready?\r\n"
    "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n"
    "Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n"
    "\r\n"
    "Hi.\r\n"
    "\r\n"
    "We lost the game.  Are you hungry yet?\r\n"
    "\r\n"
    "Joe.\r\n";
constexpr std::string_view rfc8463_ed25519_public = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
constexpr std::string_view rfc8463_rsa_public =
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutAC"
    "DfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB";

}  // namespace

TEST(Dkim, TheVectorsOfRfc8463Verify) {
    const std::string ed = *from_base64(rfc8463_ed25519_public), der = *from_base64(rfc8463_rsa_public);
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> ed_key(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, reinterpret_cast<const unsigned char*>(ed.data()), ed.size()), EVP_PKEY_free);
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> rsa_key(d2i_PUBKEY(nullptr, &bytes, static_cast<long>(der.size())), EVP_PKEY_free);
    EXPECT_TRUE(verifies(rfc8463_message, 0, ed_key.get()));
    EXPECT_TRUE(verifies(rfc8463_message, 1, rsa_key.get()));
    EXPECT_FALSE(verifies(replaced(rfc8463_message, "dinner", "Dinner"), 0, ed_key.get()));
}

TEST(Dkim, CanonicalFormsOfRfc6376) {
    // Section 3.4.5's example.
    const Parsed parsed = parse_message("A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n C \r\nD \t E\r\n\r\n\r\n");
    ASSERT_EQ(parsed.fields.size(), 2U);
    EXPECT_EQ(relaxed_header(parsed.fields[0].raw), "a:X");
    EXPECT_EQ(relaxed_header(parsed.fields[1].raw), "b:Y Z");
    EXPECT_EQ(relaxed_body(parsed.body), " C\r\nD E\r\n");
    EXPECT_EQ(relaxed_body(""), "");
    EXPECT_EQ(relaxed_body("\r\n \r\n\t\r\n"), "");
    EXPECT_EQ(relaxed_body("a\r\n\r\nb"), "a\r\n\r\nb\r\n");
}

TEST(Dkim, EML_2_BothSignaturesHoldAndCoverUnsubscribing) {
    const auto made = sign(letter(), keys(), 1795255200);
    ASSERT_TRUE(made.ok());
    const std::string& message = made.value();
    EXPECT_TRUE(verifies(message, 0, rsa().key.get()));
    EXPECT_TRUE(verifies(message, 1, ed25519().key.get()));
    EXPECT_FALSE(verifies(message, 0, ed25519().key.get()));
    const Parsed parsed = parse_message(message);
    for (std::size_t i : {0U, 1U}) {
        auto tags = tags_of(parsed.fields[i].raw);
        const std::string covered = ":" + tags["h"] + ":";
        for (const char* name : {"from", "to", "subject", "date", "message-id", "mime-version", "content-type", "list-unsubscribe", "list-unsubscribe-post"}) {
            EXPECT_THAT(covered, HasSubstr(":" + std::string(name) + ":"));
        }
        EXPECT_EQ(tags["d"], "nordhaven.example");
        EXPECT_EQ(tags["t"], "1795255200");
    }
    for (const auto& [from, to] : {std::pair("List-Unsubscribe: <https://nordhaven", "List-Unsubscribe: <https://evil"), std::pair("One-Click", "Two-Click"), std::pair("Subject: ", "Subject: x"),
                                   std::pair("two  spaces", "one  spaces"), std::pair("From: ", "From: Other <o@o.example>\r\nFrom: "), std::pair("To: ", "Reply-To: o@o.example\r\nTo: ")}) {
        EXPECT_FALSE(verifies(replaced(message, from, to), 0, rsa().key.get())) << to;
        EXPECT_FALSE(verifies(replaced(message, from, to), 1, ed25519().key.get())) << to;
    }
    // What relays do to white space on the way does not matter.
    EXPECT_TRUE(verifies(replaced(message, "Subject: ", "SUBJECT:  \t"), 0, rsa().key.get()));
    std::size_t at = 0;
    while (at < message.size()) {
        const auto end = message.find("\r\n", at);
        EXPECT_LE(end - at, 78U);
        at = end + 2;
    }
}

TEST(Dkim, EML_9_WhereComplaintsGoIsSignedToo) {
    const auto made = sign("CFBL-Address: b-1@nordhaven.example;\r\n report=arf\r\nCFBL-Feedback-ID: b-1\r\n" + letter(), keys(), 1795255200);
    ASSERT_TRUE(made.ok());
    const std::string& message = made.value();
    EXPECT_TRUE(verifies(message, 0, rsa().key.get()));
    const Parsed parsed = parse_message(message);
    auto tags = tags_of(parsed.fields[0].raw);
    EXPECT_THAT(":" + tags["h"] + ":", HasSubstr(":cfbl-address:cfbl-feedback-id:"));
    EXPECT_FALSE(verifies(replaced(message, "CFBL-Address: b-1", "CFBL-Address: b-2"), 0, rsa().key.get()));
}

TEST(Dkim, AnotherImplementationAgrees) {
    if (std::system("/usr/bin/python3 -c 'import dkim' >/dev/null 2>&1") != 0) GTEST_SKIP() << "python3-dkim is not installed";
    const bool with_ed25519 = std::system("/usr/bin/python3 -c 'import nacl' >/dev/null 2>&1") == 0;
    const auto path = std::filesystem::temp_directory_path() / ("verbatim-dkim-" + std::to_string(::getpid()) + ".eml");
    std::ofstream(path, std::ios::binary) << sign(letter(), keys(), 1795255200).value();
    const auto verify = [&](int index, const std::string& record) {
        const std::string script = "import dkim,sys; m=open(sys.argv[1],'rb').read(); sys.exit(0 if dkim.DKIM(m).verify(idx=int(sys.argv[2]),dnsfunc=lambda n,timeout=5: sys.argv[3].encode()) else 1)";
        return std::system(("/usr/bin/python3 -c \"" + script + "\" " + path.string() + " " + std::to_string(index) + " '" + record + "'").c_str());
    };
    EXPECT_EQ(verify(0, rsa().record), 0);
    EXPECT_EQ(with_ed25519 ? verify(1, ed25519().record) : 0, 0);
    EXPECT_NE(verify(0, pair_of(EVP_RSA_gen(2048)).record), 0) << "the check can fail";
    std::filesystem::remove(path);
}

TEST(Dkim, BadKeysSayWhichAndWhy) {
    for (const std::string& pem : {std::string(), std::string("no pem"), replaced(rsa().pem, "MII", "XXX")}) {
        const auto made = sign(letter(), {{"d.example", "s1", pem}}, 0);
        ASSERT_FALSE(made.ok());
        EXPECT_EQ(made.error().code, "dkim_key");
        EXPECT_THAT(made.error().message, StartsWith("DKIM key s1._domainkey.d.example: not a private key"));
    }
    EXPECT_FALSE(sign(letter(), {{"d.example", "s1", pair_of(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")).pem}}, 0).ok());
    EXPECT_FALSE(sign(letter(), {{"d.example", "s1", pair_of(EVP_RSA_gen(768)).pem}}, 0).ok());
    EXPECT_FALSE(sign(letter(), {{"d.example; x=1", "s1", rsa().pem}}, 0).ok());
    EXPECT_FALSE(sign(letter(), {{"d.example", "s\r\n1", rsa().pem}}, 0).ok());
    EXPECT_EQ(sign(letter(), {}, 0).value(), letter());
}

TEST(Dkim, KeysAreSharedByThreads) {
    std::vector<std::thread> threads;
    std::atomic<int> good{0};
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 20; ++i) good += verifies(sign(letter(), keys(), i).value(), 1, ed25519().key.get());
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(good, 80);
}

}  // namespace verbatim::mail
