#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

#include "ground/crypto/crypto.h"
#include "ground/formats/text_codes.h"
#include "ground/openid/json.h"
#include "ground/openid/openid.h"

namespace verbatim::openid {
namespace {

using nlohmann::json;

constexpr std::size_t most_token = 64 * 1024;

Error malformed() { return invalid("token_malformed", "the directory's ID token cannot be read"); }

json decoded(std::string_view part) {
    const auto bytes = from_base64url(part);
    return bytes ? json::parse(*bytes, nullptr, false) : json(json::value_t::discarded);
}

// NumericDate (RFC 7519 section 2): seconds, perhaps with a fraction. 0 where absent or senseless.
Seconds date_of(const json& claims, const char* name) {
    const auto found = claims.find(name);
    if (found == claims.end() || !found->is_number()) return 0;
    const double seconds = found->get<double>();
    return std::isfinite(seconds) && seconds > 0 && seconds < 1e11 ? static_cast<Seconds>(seconds) : 0;
}

bool names(const json& audience, std::string_view client) {
    if (audience.is_string()) return audience.get_ref<const std::string&>() == client;
    return audience.is_array() && std::any_of(audience.begin(), audience.end(), [&](const json& one) { return one.is_string() && one.get_ref<const std::string&>() == client; });
}

// Some providers say "true" as text.
bool truth(const json& claims, const char* name) {
    const auto found = claims.find(name);
    return found != claims.end() && ((found->is_boolean() && found->get<bool>()) || (found->is_string() && found->get<std::string>() == "true"));
}

// RFC 7515 section 5.2. The algorithm is one of two that need the provider's secret key: "none" and the HMACs never pass.
Result<json> verified_claims(std::string_view token, std::span<const SigningKey> keys) {
    if (token.size() > most_token) return malformed();
    const auto first = token.find('.'), second = token.find('.', first == std::string_view::npos ? first : first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) return malformed();
    const auto header = decoded(token.substr(0, first));
    const auto raw = from_base64url(token.substr(second + 1));
    if (!header.is_object() || !raw || header.contains("crit")) return malformed();
    const auto algorithm = string_of(header, "alg"), id = string_of(header, "kid");
    if (algorithm != "RS256" && algorithm != "ES256") return invalid("token_signature", "the ID token is signed by \"" + algorithm.substr(0, 32) + "\"; RS256 and ES256 are accepted");
    std::string signature = *raw;
    if (algorithm == "ES256") {
        const auto der = crypto::ecdsa_der(*raw);
        if (!der) return malformed();
        signature = *der;
    }
    bool known = false;
    for (const auto& key : keys) {
        if (key.algorithm != algorithm || (!id.empty() && key.id != id)) continue;
        known = true;
        if (!crypto::signed_by(key.key, token.substr(0, second), signature)) continue;
        auto claims = decoded(token.substr(first + 1, second - first - 1));
        if (!claims.is_object()) return malformed();
        return claims;
    }
    if (!known) return invalid("token_key", "the ID token was signed with a key that the directory does not publish");
    return invalid("token_signature", "the ID token's signature does not hold");
}

}  // namespace

Result<IdToken> verify_id_token(std::string_view token, std::span<const SigningKey> keys, const Expectation& expected) {
    // Steps 6 to 8: the signature. (Step 1, encryption, was not agreed on.)
    const auto verified = verified_claims(token, keys);
    if (!verified) return verified.error();
    const json& claims = *verified;
    // Step 2: the issuer.
    if (string_of(claims, "iss") != expected.issuer) return invalid("token_issuer", "the ID token was issued by somebody else");
    // Steps 3 to 5: made for this client, and for nobody else unless this client is the authorized party.
    const auto audience = claims.find("aud");
    if (audience == claims.end() || !names(*audience, expected.client_id)) return invalid("token_audience", "the ID token was made for another client");
    const auto party = string_of(claims, "azp");
    if ((audience->is_array() && audience->size() > 1 && party.empty()) || (!party.empty() && party != expected.client_id))
        return invalid("token_audience", "the ID token was made for another client");
    // Steps 9 and 10: not over, not from the future, not old.
    IdToken id;
    id.expires_at = date_of(claims, "exp");
    id.issued_at = date_of(claims, "iat");
    id.authenticated_at = date_of(claims, "auth_time");
    if (id.expires_at + expected.leeway_seconds <= expected.now) return invalid("token_expired", "the ID token is over: compare the clocks of both machines");
    if (id.issued_at == 0 || id.issued_at > expected.now + expected.leeway_seconds || id.issued_at + 600 + expected.leeway_seconds < expected.now)
        return invalid("token_expired", "the ID token was not issued just now: compare the clocks of both machines");
    // Step 11: the nonce of this sign-in.
    if (expected.nonce.empty() || !crypto::equal(string_of(claims, "nonce"), expected.nonce)) return invalid("token_nonce", "the ID token belongs to another sign-in");
    // Steps 12 and 13, acr and auth_time, are the caller's policy.
    id.subject = string_of(claims, "sub");
    if (id.subject.empty() || id.subject.size() > 255) return malformed();
    id.email = string_of(claims, "email");
    id.email_verified = truth(claims, "email_verified");
    id.name = string_of(claims, "name").substr(0, 200);
    id.locale = string_of(claims, "locale").substr(0, 35);
    id.acr = string_of(claims, "acr");
    id.session = string_of(claims, "sid").substr(0, 255);
    if (const auto methods = claims.find("amr"); methods != claims.end() && methods->is_array())
        for (const auto& method : *methods)
            if (method.is_string() && id.amr.size() < 20) id.amr.push_back(method.get<std::string>());
    return id;
}

}  // namespace verbatim::openid
