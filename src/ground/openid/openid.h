// OpenID Connect Core 1.0 as a relying party computes it, without network: what a provider says about itself, its signing keys,
// and what an ID token proves. JSON Web Signatures in the compact form with RS256 or ES256 (RFC 7515, 7517, 7518).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ground/base/clock.h"
#include "ground/base/result.h"
#include "ground/crypto/public_key.h"

namespace verbatim::openid {

// OpenID Connect Discovery 1.0 section 3, the members used here.
struct Provider {
    std::string issuer, authorization_endpoint, token_endpoint, jwks_uri;
    std::string end_session_endpoint;     // RP-Initiated Logout 1.0; empty where the provider offers none
    bool secret_in_body = false;          // client_secret_post is offered; else HTTP Basic
    bool names_itself = false;            // RFC 9207: `iss` comes back with the code
};
// Where to ask: the issuer with /.well-known/openid-configuration behind it (section 4.1).
std::string discovery_url(std::string_view issuer);
// The document must name the issuer it was asked of (section 4.3). Every address is https, or http on this machine.
Result<Provider> parse_provider(std::string_view json, std::string_view issuer);
// https, or http to localhost, 127.0.0.1 or [::1] for tests and development.
bool safe_address(std::string_view url);

// RFC 7517 section 5. Keys of other kinds, short keys and keys for encryption are left out; at most 50 are read.
struct SigningKey {
    std::string id;         // `kid`, may be empty
    std::string algorithm;  // "RS256" or "ES256"
    crypto::PublicKey key;
};
Result<std::vector<SigningKey>> parse_keys(std::string_view json);

struct IdToken {
    std::string subject, email, name, locale, acr, session;
    bool email_verified = false;
    std::vector<std::string> amr;
    Seconds issued_at = 0, expires_at = 0, authenticated_at = 0;
};
struct Expectation {
    std::string issuer, client_id, nonce;
    Seconds now = 0;
    int leeway_seconds = 120;  // clocks differ
};
// OpenID Connect Core 1.0 section 3.1.3.7. Codes: token_malformed, token_key (its key is not among these: fetch them again),
// token_signature, token_issuer, token_audience, token_expired, token_nonce.
Result<IdToken> verify_id_token(std::string_view token, std::span<const SigningKey> keys, const Expectation& expected);

// RFC 7636 section 4.2, S256.
std::string code_challenge(std::string_view verifier);

// application/x-www-form-urlencoded, for a query or a body.
std::string form_encoded(const std::vector<std::pair<std::string_view, std::string_view>>& fields);

}  // namespace verbatim::openid
