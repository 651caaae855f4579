#include <nlohmann/json.hpp>

#include "ground/crypto/crypto.h"
#include "ground/formats/text_codes.h"
#include "ground/formats/utf8.h"
#include "ground/webauthn/ceremony.h"
#include "ground/webauthn/parts.h"
#include "record/factors/factors.h"
#include "record/factors/failures.h"

namespace verbatim::factors {
namespace {

using nlohmann::json;
using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql insert_challenge("INSERT INTO passkey_challenge (hash, purpose, holder, account, expires_at) VALUES ($1, $2, $3, $4, $5)");
constexpr Sql take_challenge("DELETE FROM passkey_challenge WHERE hash = $1 RETURNING purpose, holder, account, expires_at");
constexpr Sql delete_old_challenges("DELETE FROM passkey_challenge WHERE hash IN (SELECT hash FROM passkey_challenge WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)");
constexpr Sql select_handle("SELECT handle FROM passkey_owner WHERE account = $1");
constexpr Sql insert_handle("INSERT INTO passkey_owner (account, handle) VALUES ($1, $2) ON CONFLICT (account) DO NOTHING");
constexpr Sql select_credentials("SELECT credential FROM passkey WHERE account = $1 ORDER BY created_at, id");
constexpr Sql count_passkeys("SELECT COUNT(*) FROM passkey WHERE account = $1");
constexpr Sql insert_passkey(R"sql(
INSERT INTO passkey (id, account, credential, public_key, aaguid, sign_count, backup_eligible, backed_up, name, created_at, last_used_at, suspended)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0) ON CONFLICT (credential) DO NOTHING)sql");
constexpr Sql select_passkey("SELECT id, account, public_key, sign_count, backup_eligible, suspended FROM passkey WHERE credential = $1");
constexpr Sql note_use("UPDATE passkey SET sign_count = $2, backed_up = $3, last_used_at = $4 WHERE id = $1");
constexpr Sql suspend_passkey("UPDATE passkey SET suspended = 1 WHERE id = $1");
constexpr Sql select_passkeys("SELECT id, name, created_at, last_used_at, backed_up, suspended FROM passkey WHERE account = $1 ORDER BY created_at, id");
constexpr Sql select_since("SELECT since FROM totp_factor WHERE account = $1 AND sealed IS NOT NULL");
constexpr Sql count_codes("SELECT COUNT(*) FROM recovery_code WHERE account = $1");
constexpr Sql set_name("UPDATE passkey SET name = $3 WHERE account = $1 AND id = $2");
constexpr Sql delete_passkey("DELETE FROM passkey WHERE account = $1 AND id = $2");
constexpr Sql delete_passkeys("DELETE FROM passkey WHERE account = $1");
constexpr Sql delete_owner("DELETE FROM passkey_owner WHERE account = $1");
constexpr Sql delete_challenges("DELETE FROM passkey_challenge WHERE account = $1");
constexpr Sql delete_totp("DELETE FROM totp_factor WHERE account = $1");
constexpr Sql delete_codes("DELETE FROM recovery_code WHERE account = $1");

constexpr Seconds ceremony_seconds = 5 * 60;
constexpr std::size_t most_answer = 128 * 1024;

Checked refused(Error error) { return {std::move(error), {}, {}}; }

std::string new_challenge(Tx& tx, Seconds now, std::string_view purpose, std::string_view holder, std::string_view account) {
    auto challenge = crypto::random_bytes(32);
    tx.exec(insert_challenge, Blob{crypto::sha256(challenge)}, purpose, holder, account, now + ceremony_seconds);
    return challenge;
}

// The challenge that an answer names is spent by it, whatever comes of the rest: of two answers to one challenge the second finds
// nothing (Web Authentication section 13.4.3).
std::optional<Error> spend_challenge(Tx& tx, Seconds now, const std::string& challenge, std::string_view purpose, std::string_view holder, std::string_view account) {
    const auto rows = tx.rows<std::string, std::string, std::string, std::int64_t>(take_challenge, Blob{crypto::sha256(challenge)});
    if (rows.empty()) return gone("passkey_challenge", "this challenge was never given or is used up; begin again");
    const auto& [its_purpose, its_holder, its_account, expires_at] = rows.front();
    if (its_purpose != purpose || its_holder != holder || its_account != account) return forbidden("passkey_challenge", "this challenge was given to somebody else");
    if (expires_at <= now) return gone("passkey_challenge", "this challenge is over; begin again");
    return std::nullopt;
}

struct Answer {
    std::string id, client_data, attestation, authenticator_data, signature, user_handle, challenge;
};
std::optional<Answer> read_answer(std::string_view text) {
    if (text.size() > most_answer) return std::nullopt;
    const auto answer = json::parse(text, nullptr, false);
    if (!answer.is_object()) return std::nullopt;
    const auto bytes = [](const json& object, const char* name) {
        const auto found = object.find(name);
        return found != object.end() && found->is_string() ? from_base64url(found->get_ref<const std::string&>()).value_or(std::string()) : std::string();
    };
    const auto response = answer.find("response");
    if (response == answer.end() || !response->is_object()) return std::nullopt;
    Answer read;
    read.id = bytes(answer, "id");
    read.client_data = bytes(*response, "clientDataJSON");
    read.attestation = bytes(*response, "attestationObject");
    read.authenticator_data = bytes(*response, "authenticatorData");
    read.signature = bytes(*response, "signature");
    read.user_handle = bytes(*response, "userHandle");
    const auto data = webauthn::parse_client_data(read.client_data);
    if (read.id.empty() || !data) return std::nullopt;
    read.challenge = data->challenge;
    return read;
}

json descriptors(Tx& tx, std::string_view account) {
    auto list = json::array();
    tx.each(select_credentials, [&](const Row& row) { list.push_back({{"type", "public-key"}, {"id", to_base64url(row.bytes(0))}}); }, account);
    return list;
}

std::string handle_of(Tx& tx, std::string_view account) {
    // Random, for it is stored on the authenticator and shown to nobody (section 14.6.1).
    tx.exec(insert_handle, account, Blob{crypto::random_bytes(32)});
    return tx.value<Blob>(select_handle, account).bytes;
}

bool fits_name(std::string_view name) { return !name.empty() && name.size() <= 100 && valid_utf8(name); }

bool is_number_address(std::string_view host) {
    return host.starts_with('[') || (!host.empty() && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

}  // namespace

std::optional<RelyingParty> relying_party(std::string_view base_url, std::string_view brand) {
    const auto scheme_end = base_url.find("://");
    if (scheme_end == std::string_view::npos) return std::nullopt;
    const auto authority = base_url.substr(0, base_url.find('/', scheme_end + 3));
    const auto host_and_port = authority.substr(scheme_end + 3);
    const auto host = host_and_port.starts_with('[') ? host_and_port.substr(0, host_and_port.find(']') + 1) : host_and_port.substr(0, host_and_port.find(':'));
    if (host.empty() || is_number_address(host)) return std::nullopt;
    const bool local = host == "localhost" || host.ends_with(".localhost");
    if (!base_url.starts_with("https://") && !local) return std::nullopt;
    return RelyingParty{std::string(host), std::string(authority), std::string(brand)};
}

std::vector<std::string> Held::methods() const {
    std::vector<std::string> list;
    for (const auto& passkey : passkeys)
        if (!passkey.suspended) {
            list.emplace_back("webauthn");
            break;
        }
    if (totp) list.emplace_back("totp");
    if (any() && recovery_codes > 0) list.emplace_back("recovery");
    return list;
}

Held held(Tx& tx, std::string_view account) {
    Held all;
    if (const auto since = tx.row<std::int64_t>(select_since, account)) {
        all.totp = true;
        all.totp_since = *since;
    }
    all.recovery_codes = static_cast<int>(tx.value<std::int64_t>(count_codes, account));
    tx.each(select_passkeys, [&](const Row& row) {
        all.passkeys.push_back({std::string(row.text(0)), std::string(row.text(1)), row.integer(2), row.integer(3), row.integer(4) != 0, row.integer(5) != 0});
    }, account);
    return all;
}

// Section 5.4. Attestation "none": who made the authenticator decides nothing here, so nobody is asked to reveal it.
std::string registration_options(Tx& tx, Seconds now, const RelyingParty& party, std::string_view account, std::string_view label, std::string_view holder) {
    const auto challenge = new_challenge(tx, now, "create", holder, account);
    auto algorithms = json::array();
    for (const auto algorithm : {webauthn::es256, webauthn::eddsa, webauthn::rs256}) algorithms.push_back({{"type", "public-key"}, {"alg", algorithm}});
    return json{{"rp", {{"id", party.id}, {"name", party.name}}},
                {"user", {{"id", to_base64url(handle_of(tx, account))}, {"name", label}, {"displayName", label}}},
                {"challenge", to_base64url(challenge)},
                {"pubKeyCredParams", algorithms},
                {"timeout", ceremony_seconds * 1000},
                {"excludeCredentials", descriptors(tx, account)},
                {"authenticatorSelection", {{"residentKey", "preferred"}, {"userVerification", "preferred"}}},
                {"attestation", "none"}}
        .dump();
}

// Section 5.5.
std::string assertion_options(Tx& tx, Seconds now, const RelyingParty& party, std::string_view account, std::string_view holder) {
    const auto challenge = new_challenge(tx, now, "get", holder, account);
    return json{{"challenge", to_base64url(challenge)},
                {"timeout", ceremony_seconds * 1000},
                {"rpId", party.id},
                {"allowCredentials", account.empty() ? json::array() : descriptors(tx, account)},
                {"userVerification", account.empty() ? "required" : "preferred"}}
        .dump();
}

Checked register_passkey(Tx& tx, Seconds now, const RelyingParty& party, std::string_view account, std::string_view holder, std::string_view name, std::string_view text) {
    const auto answer = read_answer(text);
    if (!answer) return refused(invalid("passkey_malformed", "the browser's answer cannot be read"));
    if (!fits_name(name)) return refused(invalid("bad_name", "a passkey's name has 1 to 100 bytes", "name"));
    if (auto spent = spend_challenge(tx, now, answer->challenge, "create", holder, account)) return refused(std::move(*spent));
    if (tx.value<std::int64_t>(count_passkeys, account) >= most_passkeys) return refused(conflict("passkeys_full", "an account has at most " + std::to_string(most_passkeys) + " passkeys; remove one first"));
    const auto credential = webauthn::verify_registration({answer->challenge, party.origin, party.id, false}, answer->client_data, answer->attestation);
    if (!credential) return refused(credential.error());
    if (credential->id != answer->id) return refused(invalid("passkey_malformed", "the answer names another credential than it holds"));
    const auto id = crypto::random_id(12);
    // Section 7.1 step 26: a credential belongs to one account.
    const auto added = tx.exec(insert_passkey, id, account, Blob{credential->id}, Blob{credential->public_key}, Blob{credential->aaguid}, static_cast<std::int64_t>(credential->sign_count),
                               credential->backup_eligible, credential->backed_up, name, now);
    if (added == 0) return refused(conflict("passkey_known", "this passkey is registered already"));
    return {{}, std::string(account), id};
}

Checked use_passkey(Tx& tx, Seconds now, const RelyingParty& party, std::string_view account, std::string_view holder, std::string_view text) {
    const auto answer = read_answer(text);
    if (!answer) return refused(invalid("passkey_malformed", "the browser's answer cannot be read"));
    if (auto spent = spend_challenge(tx, now, answer->challenge, "get", holder, account)) return refused(std::move(*spent));
    // Section 7.2 steps 5 to 7: the credential is known, and its owner is who is being identified.
    const auto known = tx.row<std::string, std::string, Blob, std::int64_t, bool, bool>(select_passkey, Blob{answer->id});
    if (!known) return refused(not_found("passkey_unknown", "this passkey is not registered here, or not any more"));
    const auto& [id, owner, public_key, sign_count, backup_eligible, suspended] = *known;
    if (!account.empty() && owner != account) return refused(forbidden("passkey_unknown", "this passkey belongs to another account"));
    if (account.empty() || !answer->user_handle.empty()) {
        const auto handle = tx.row<Blob>(select_handle, owner);
        if (!handle || handle->bytes != answer->user_handle) return refused(forbidden("passkey_unknown", "this passkey belongs to another account"));
    }
    if (suspended) return refused(forbidden("passkey_copied", "a copy of this passkey was seen; remove it and register a new one"));
    webauthn::Credential credential;
    credential.id = answer->id;
    credential.public_key = public_key.bytes;
    credential.sign_count = static_cast<std::uint32_t>(sign_count);
    credential.backup_eligible = backup_eligible;
    const auto assertion = webauthn::verify_assertion({answer->challenge, party.origin, party.id, account.empty()}, credential, answer->client_data, answer->authenticator_data, answer->signature);
    if (!assertion) return refused(assertion.error());
    if (assertion->counter_fell) {
        tx.exec(suspend_passkey, id);
        return {forbidden("passkey_copied", "this passkey's counter went back: a copy of it is about. It opens nothing any more"), owner, id};
    }
    tx.exec(note_use, id, static_cast<std::int64_t>(assertion->sign_count), assertion->backed_up, now);
    forget_failures(tx, owner);
    return {{}, owner, id};
}

bool rename_passkey(Tx& tx, std::string_view account, std::string_view id, std::string_view name) { return fits_name(name) && tx.exec(set_name, account, id, name) != 0; }
bool drop_passkey(Tx& tx, std::string_view account, std::string_view id) { return tx.exec(delete_passkey, account, id) != 0; }

bool reset(Tx& tx, std::string_view account) {
    const auto gone = tx.exec(delete_passkeys, account) + tx.exec(delete_totp, account);
    tx.exec(delete_owner, account);
    tx.exec(delete_challenges, account);
    tx.exec(delete_codes, account);
    forget_failures(tx, account);
    return gone != 0;
}

std::int64_t purge_challenges(Tx& tx, Seconds now, int limit) { return tx.exec(delete_old_challenges, now, limit); }

}  // namespace verbatim::factors
