// The brand's own directory of people, through OpenID Connect: authorization code flow with PKCE, state and nonce (OpenID Connect
// Core 1.0 section 3.1, RFC 7636, RFC 9700). The directory says who somebody is; what he may do stays ours.
//
// Nothing is written before somebody came back: what must be remembered meanwhile lies sealed in a cookie of his browser.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/http/http.h"
#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"

namespace verbatim::directory {

std::span<const storage::Migration> migrations();

struct Options {
    std::string issuer, client_id, client_secret;  // no secret: a public client, PKCE alone
    std::string redirect_uri;                      // https://reviews.example/office/oidc/callback
    std::string after_logout;                      // https://reviews.example/office/
    std::string scope = "openid email profile";
    std::vector<std::string> second_factor;        // values of acr or amr that say: two factors were asked for there
    std::string ca_file;                           // PEM; empty: the system's
};

struct Person {
    std::string issuer, subject, email, name, locale;
    bool email_verified = false;
    bool second_factor = false;  // the directory asked for two, as far as the setting believes it
    std::string id_token;        // for the way out
    std::string return_to;       // the page he wanted
};

class Directory {
public:
    Directory(const Clock& clock, Options options);
    ~Directory();

    struct Departure {
        std::string location;  // where the browser is sent
        std::string memory;    // sealed, for a cookie of ten minutes
    };
    Result<Departure> depart(std::string_view return_to, std::string_view login_hint) const;
    // `query` is that of the callback. Codes: directory_refused (the directory or the person said no), directory_state (nobody left
    // from this browser), directory_answer, and those of openid::verify_id_token; unavailable where the directory does not answer.
    Result<Person> arrive(std::string_view memory, std::string_view query) const;
    // RP-Initiated Logout 1.0; empty where the directory offers none or does not answer.
    std::string logout(std::string_view id_token) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// Whose account a person of the directory uses: found by issuer and subject, which never change hands.
std::optional<std::string> account_of(storage::Tx& tx, std::string_view issuer, std::string_view subject);
void link(storage::Tx& tx, Seconds now, std::string_view issuer, std::string_view subject, std::string_view account);
bool linked(storage::Tx& tx, std::string_view account);
bool unlink(storage::Tx& tx, std::string_view account);

// The ID token a session came in by, sealed, until it ends.
void keep_token(storage::Tx& tx, Seconds now, std::string_view session, std::string_view id_token);
std::string take_token(storage::Tx& tx, std::string_view session);
std::int64_t purge_tokens(storage::Tx& tx, Seconds before, int limit);

}  // namespace verbatim::directory
