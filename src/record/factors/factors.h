// Second factors of an account: a one-time password from an app, recovery codes for the day the telephone is gone, and passkeys,
// which are a factor beside the password and, where the authenticator verified its owner, instead of it. Rows and rules only: who
// may call these, and what a session becomes by them, is record/access's.
//
// A wrong answer must be remembered (it counts, and its challenge is spent), so what checks an answer returns a Checked, which
// commits, and not a Result, which would roll back.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"

namespace verbatim::factors {

std::span<const storage::Migration> migrations();

struct Passkey {
    std::string id;    // ours, for the API; not the credential's
    std::string name;  // what its owner calls it
    Seconds created_at = 0, last_used_at = 0;
    bool backed_up = false;   // it lies in a cloud of its maker's too
    bool suspended = false;   // its counter went back: a copy of it is about
};
struct Held {
    bool totp = false;
    Seconds totp_since = 0;
    int recovery_codes = 0;  // left
    std::vector<Passkey> passkeys;

    bool any() const { return totp || !passkeys.empty(); }
    std::vector<std::string> methods() const;  // "totp", "recovery", "webauthn": what may be asked for now
};
Held held(storage::Tx& tx, std::string_view account);

struct Checked {
    std::optional<Error> error;
    std::string account;  // whose passkey it was
    std::string passkey;  // its id

    bool ok() const { return !error; }
};

// --- one-time passwords (RFC 6238)

struct Secret {
    std::string base32, uri;
};
// A new secret that counts from its first code on; one in use stays in use until then.
Secret begin_totp(storage::Tx& tx, Seconds now, std::string_view account, std::string_view issuer, std::string_view label);
Checked confirm_totp(storage::Tx& tx, Seconds now, std::string_view account, std::string_view code);
// Each code opens once. After five wrong ones in a row the account waits, longer each time, up to a quarter of an hour: whoever
// guesses here already knows the password. A passkey opens meanwhile.
Checked use_totp(storage::Tx& tx, Seconds now, std::string_view account, std::string_view code);
bool drop_totp(storage::Tx& tx, std::string_view account);

// Ten new ones, shown once; those before end.
std::vector<std::string> new_recovery_codes(storage::Tx& tx, Seconds now, std::string_view account);
Checked use_recovery_code(storage::Tx& tx, Seconds now, std::string_view account, std::string_view typed);

// --- passkeys (Web Authentication Level 3)

struct RelyingParty {
    std::string id;      // the host, which a passkey is bound to for ever
    std::string origin;  // scheme, host, port: where the browser must have been
    std::string name;    // the brand
};
// Nothing where the address has no host name: passkeys are not bound to numbers, nor to http anywhere but localhost.
std::optional<RelyingParty> relying_party(std::string_view base_url, std::string_view brand);

inline constexpr int most_passkeys = 20;

// `holder` is who was given the challenge: a session, or a browser that signs in. The answer must come from the same, within
// five minutes, once. Both return the options as JSON for navigator.credentials (bytes as base64url).
std::string registration_options(storage::Tx& tx, Seconds now, const RelyingParty& party, std::string_view account, std::string_view label, std::string_view holder);
// Without an account: whoever has a discoverable passkey for this site, and then its owner must be verified.
std::string assertion_options(storage::Tx& tx, Seconds now, const RelyingParty& party, std::string_view account, std::string_view holder);
// `answer` is the credential as JSON (PublicKeyCredential.toJSON()).
Checked register_passkey(storage::Tx& tx, Seconds now, const RelyingParty& party, std::string_view account, std::string_view holder, std::string_view name, std::string_view answer);
Checked use_passkey(storage::Tx& tx, Seconds now, const RelyingParty& party, std::string_view account, std::string_view holder, std::string_view answer);
bool rename_passkey(storage::Tx& tx, std::string_view account, std::string_view id, std::string_view name);
bool drop_passkey(storage::Tx& tx, std::string_view account, std::string_view id);

// Everything of this account goes: an administrator's help for somebody who lost it all. Says whether there was anything.
bool reset(storage::Tx& tx, std::string_view account);
// Challenges nobody answered; at most `limit` rows.
std::int64_t purge_challenges(storage::Tx& tx, Seconds now, int limit);
// After vault::add_key: every secret is sealed again under the newest key. Returns how many.
std::int64_t seal_again(storage::Db& db);

}  // namespace verbatim::factors
