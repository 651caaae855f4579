#include "ground/openid/openid.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/rsa.h>

#include <memory>

#include "ground/formats/text_codes.h"

namespace verbatim::openid {
namespace {

using nlohmann::json;

// A provider's signing key, made for the test.
class Signer {
public:
    explicit Signer(std::string algorithm, std::string id) : algorithm_(std::move(algorithm)), id_(std::move(id)),
        key_(algorithm_ == "RS256" ? EVP_RSA_gen(2048) : EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), EVP_PKEY_free) {}

    json jwk() const {
        json key = {{"kid", id_}, {"use", "sig"}, {"alg", algorithm_}};
        if (algorithm_ == "RS256") {
            key.update({{"kty", "RSA"}, {"n", number(OSSL_PKEY_PARAM_RSA_N, 256)}, {"e", number(OSSL_PKEY_PARAM_RSA_E, 3)}});
        } else {
            key.update({{"kty", "EC"}, {"crv", "P-256"}, {"x", number(OSSL_PKEY_PARAM_EC_PUB_X, 32)}, {"y", number(OSSL_PKEY_PARAM_EC_PUB_Y, 32)}});
        }
        return key;
    }
    std::string token(const json& claims, json header = json::object()) const {
        if (!header.contains("alg")) header["alg"] = algorithm_;
        if (!header.contains("kid")) header["kid"] = id_;
        const auto text = to_base64url(header.dump()) + "." + to_base64url(claims.dump());
        return text + "." + to_base64url(sign(text));
    }

private:
    std::string number(const char* name, int size) const {
        BIGNUM* value = nullptr;
        EVP_PKEY_get_bn_param(key_.get(), name, &value);
        std::string bytes(static_cast<std::size_t>(size), '\0');
        BN_bn2binpad(value, reinterpret_cast<unsigned char*>(bytes.data()), size);
        BN_free(value);
        return to_base64url(bytes);
    }
    std::string sign(std::string_view text) const {
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
        std::size_t size = 512;
        std::string out(size, '\0');
        auto* bytes = reinterpret_cast<unsigned char*>(out.data());
        EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get());
        EVP_DigestSign(context.get(), bytes, &size, reinterpret_cast<const unsigned char*>(text.data()), text.size());
        out.resize(size);
        if (algorithm_ == "RS256") return out;
        const auto* der = reinterpret_cast<const unsigned char*>(out.data());
        ECDSA_SIG* signature = d2i_ECDSA_SIG(nullptr, &der, static_cast<long>(out.size()));
        std::string raw(64, '\0');
        BN_bn2binpad(ECDSA_SIG_get0_r(signature), reinterpret_cast<unsigned char*>(raw.data()), 32);
        BN_bn2binpad(ECDSA_SIG_get0_s(signature), reinterpret_cast<unsigned char*>(raw.data()) + 32, 32);
        ECDSA_SIG_free(signature);
        return raw;
    }

    std::string algorithm_, id_;
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
};

constexpr Seconds now = 1'795'000'000;
const Expectation expected{"https://login.brand.example", "verbatim", "n-1", now};

json good_claims() {
    return {{"iss", "https://login.brand.example"}, {"aud", "verbatim"}, {"sub", "u1"}, {"nonce", "n-1"}, {"iat", now - 5}, {"exp", now + 300},
            {"email", "ann@brand.example"}, {"email_verified", true}, {"amr", {"pwd", "otp"}}, {"acr", "2"}};
}
json with(std::string_view name, const json& value) {
    auto claims = good_claims();
    claims[std::string(name)] = value;
    return claims;
}
json without(std::string_view name) {
    auto claims = good_claims();
    claims.erase(std::string(name));
    return claims;
}

TEST(Openid, IdTokensOfBothAlgorithms) {
    const Signer rsa("RS256", "r"), ec("ES256", "e");
    const auto keys = parse_keys(json{{"keys", {rsa.jwk(), ec.jwk()}}}.dump());
    ASSERT_TRUE(keys.ok());
    ASSERT_EQ(keys->size(), 2u);
    for (const Signer* signer : {&rsa, &ec}) {
        const auto id = verify_id_token(signer->token(good_claims()), *keys, expected);
        ASSERT_TRUE(id.ok()) << id.error().message;
        EXPECT_EQ(id->subject, "u1");
        EXPECT_EQ(id->email, "ann@brand.example");
        EXPECT_TRUE(id->email_verified);
        EXPECT_EQ(id->amr, (std::vector<std::string>{"pwd", "otp"}));
        EXPECT_EQ(id->acr, "2");
    }
}

TEST(Openid, TokensThatProveNothing) {
    const Signer ours("ES256", "k"), theirs("ES256", "k"), other("ES256", "x");
    const auto keys = parse_keys(json{{"keys", {ours.jwk()}}}.dump());
    const auto code = [&](const std::string& token) {
        const auto id = verify_id_token(token, *keys, expected);
        return id.ok() ? std::string("ok") : id.error().code;
    };
    EXPECT_EQ(code(ours.token(good_claims())), "ok");
    EXPECT_EQ(code(theirs.token(good_claims())), "token_signature");
    EXPECT_EQ(code(other.token(good_claims())), "token_key");
    EXPECT_EQ(code(ours.token(with("iss", "https://other.example"))), "token_issuer");
    EXPECT_EQ(code(ours.token(with("aud", "another"))), "token_audience");
    EXPECT_EQ(code(ours.token(without("aud"))), "token_audience");
    EXPECT_EQ(code(ours.token(with("aud", {"verbatim", "another"}))), "token_audience");
    EXPECT_EQ(code(ours.token(with("azp", "another"))), "token_audience");
    EXPECT_EQ(code(ours.token(with("exp", now - 121))), "token_expired");
    EXPECT_EQ(code(ours.token(with("exp", "tomorrow"))), "token_expired");
    EXPECT_EQ(code(ours.token(with("iat", now + 121))), "token_expired");
    EXPECT_EQ(code(ours.token(with("iat", now - 3600))), "token_expired");
    EXPECT_EQ(code(ours.token(without("iat"))), "token_expired");
    EXPECT_EQ(code(ours.token(with("nonce", "n-2"))), "token_nonce");
    EXPECT_EQ(code(ours.token(without("nonce"))), "token_nonce");
    EXPECT_EQ(code(ours.token(without("sub"))), "token_malformed");
    EXPECT_EQ(code(ours.token(good_claims(), {{"crit", {"x"}}})), "token_malformed");
    // "none" and an HMAC keyed with the public key (RFC 8725 section 2.1).
    EXPECT_EQ(code(to_base64url(R"({"alg":"none"})") + "." + to_base64url(good_claims().dump()) + "."), "token_signature");
    EXPECT_EQ(code(ours.token(good_claims(), {{"alg", "HS256"}})), "token_signature");
    EXPECT_EQ(code(ours.token(good_claims(), {{"alg", "RS256"}})), "token_key");
    EXPECT_EQ(code("a.b"), "token_malformed");
    EXPECT_EQ(code("a.b.c.d"), "token_malformed");
    EXPECT_EQ(code(std::string(70'000, 'a')), "token_malformed");
}

TEST(Openid, KeysThatAreLeftOut) {
    const Signer ec("ES256", "e");
    auto encryption = ec.jwk(), other_curve = ec.jwk(), secret = json{{"kty", "oct"}, {"k", "AAAA"}}, wrong_use = ec.jwk();
    encryption["use"] = "enc";
    other_curve["crv"] = "P-384";
    wrong_use["alg"] = "ES512";
    const auto keys = parse_keys(json{{"keys", {encryption, other_curve, secret, wrong_use, 7}}}.dump());
    ASSERT_TRUE(keys.ok());
    EXPECT_TRUE(keys->empty());
    EXPECT_FALSE(parse_keys("[]").ok());
    EXPECT_FALSE(parse_keys("{\"keys\":1}").ok());
}

json document() {
    return {{"issuer", "https://login.brand.example/tenant"}, {"authorization_endpoint", "https://login.brand.example/auth"},
            {"token_endpoint", "https://login.brand.example/token"}, {"jwks_uri", "https://login.brand.example/keys"},
            {"response_types_supported", {"code"}}, {"token_endpoint_auth_methods_supported", {"client_secret_post"}}};
}

TEST(Openid, AProviderNamesItself) {
    constexpr std::string_view issuer = "https://login.brand.example/tenant";
    EXPECT_EQ(discovery_url(issuer), "https://login.brand.example/tenant/.well-known/openid-configuration");
    EXPECT_EQ(discovery_url("https://login.brand.example/"), "https://login.brand.example/.well-known/openid-configuration");
    const auto provider = parse_provider(document().dump(), issuer);
    ASSERT_TRUE(provider.ok()) << provider.error().message;
    EXPECT_TRUE(provider->secret_in_body);
    EXPECT_TRUE(provider->end_session_endpoint.empty());
    EXPECT_FALSE(parse_provider(document().dump(), "https://login.brand.example").ok());
    for (const auto& [name, value] : std::vector<std::pair<std::string, json>>{{"jwks_uri", "http://login.brand.example/keys"}, {"token_endpoint", 7},
                                                                              {"response_types_supported", {"id_token"}}, {"code_challenge_methods_supported", {"plain"}}}) {
        auto changed = document();
        changed[name] = value;
        EXPECT_FALSE(parse_provider(changed.dump(), issuer).ok()) << name;
    }
    EXPECT_FALSE(parse_provider("no json", issuer).ok());
}

TEST(Openid, AddressesThatAreSafe) {
    for (const char* good : {"https://a.example", "https://a.example:8443/x?y=1", "http://localhost:3000", "http://127.0.0.1:3000/auth", "http://[::1]:3000/"}) EXPECT_TRUE(safe_address(good)) << good;
    for (const char* bad : {"", "ftp://a.example", "http://a.example", "http://localhost.evil.example", "http://127.0.0.1.evil.example", "http://localhost@evil.example",
                            "https://a@b.example", "https:///x", "https://a.example/ x", "https://a.example/#x"}) EXPECT_FALSE(safe_address(bad)) << bad;
}

TEST(Openid, Rfc7636AppendixB) { EXPECT_EQ(code_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"); }

TEST(Openid, FormsAreEncoded) { EXPECT_EQ(form_encoded({{"scope", "openid email"}, {"redirect_uri", "https://a/b?c=d&e"}}), "scope=openid%20email&redirect_uri=https%3A%2F%2Fa%2Fb%3Fc%3Dd%26e"); }

}  // namespace
}  // namespace verbatim::openid
