#include "ground/crypto/crypto.h"
#include "ground/totp/totp.h"
#include "record/factors/factors.h"
#include "record/factors/failures.h"
#include "record/vault/vault.h"

namespace verbatim::factors {
namespace {

using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql select_totp("SELECT sealed, since, last_step FROM totp_factor WHERE account = $1 AND sealed IS NOT NULL");
constexpr Sql select_new("SELECT new_sealed FROM totp_factor WHERE account = $1 AND new_at > $2");
constexpr Sql keep_new(R"sql(
INSERT INTO totp_factor (account, since, last_step, new_sealed, new_at) VALUES ($1, 0, 0, $2, $3)
ON CONFLICT (account) DO UPDATE SET new_sealed = excluded.new_sealed, new_at = excluded.new_at)sql");
constexpr Sql take_new("UPDATE totp_factor SET sealed = new_sealed, since = $2, last_step = $3, new_sealed = NULL, new_at = NULL WHERE account = $1");
// Of two at once with the same code, one finds the step already used.
constexpr Sql use_step("UPDATE totp_factor SET last_step = $2 WHERE account = $1 AND last_step < $2");
constexpr Sql delete_totp("DELETE FROM totp_factor WHERE account = $1");
constexpr Sql delete_codes("DELETE FROM recovery_code WHERE account = $1");
constexpr Sql insert_code("INSERT INTO recovery_code (account, hash) VALUES ($1, $2)");
constexpr Sql use_code("DELETE FROM recovery_code WHERE account = $1 AND hash = $2");
constexpr Sql next_secrets("SELECT account, sealed, new_sealed FROM totp_factor WHERE account > $1 ORDER BY account LIMIT $2");
constexpr Sql update_secrets("UPDATE totp_factor SET sealed = $2, new_sealed = $3 WHERE account = $1");

constexpr Seconds enrolment_seconds = 15 * 60;
constexpr int recovery_codes = 10;

std::string place(std::string_view account) { return "totp " + std::string(account); }

// Fifty random bits under the vault's own key: a stolen table gives nothing to guess against.
Blob code_hash(std::string_view account, std::string_view code) { return {vault::keyed_hash("recovery_code", std::string(account) + "\n" + std::string(code))}; }

Error wrong_code() { return invalid("wrong_code", "that code does not open; a code is good for half a minute and for one use", "code"); }

}  // namespace

Secret begin_totp(Tx& tx, Seconds now, std::string_view account, std::string_view issuer, std::string_view label) {
    const auto secret = crypto::random_bytes(totp::secret_size);
    tx.exec(keep_new, account, Blob{vault::seal(secret, place(account))}, now);
    return {totp::to_base32(secret), totp::otpauth_uri(issuer, label, secret)};
}

Checked confirm_totp(Tx& tx, Seconds now, std::string_view account, std::string_view code) {
    const auto sealed = tx.row<Blob>(select_new, account, now - enrolment_seconds);
    if (!sealed) return {gone("enrolment_over", "this enrolment is over; begin a new one"), {}, {}};
    const auto step = totp::matching_step(vault::unseal(sealed->bytes, place(account)), code, now, 0);
    if (!step) return {wrong_code(), {}, {}};
    tx.exec(take_new, account, now, *step);
    return {};
}

Checked use_totp(Tx& tx, Seconds now, std::string_view account, std::string_view code) {
    if (auto wait = must_wait(tx, now, account)) return {std::move(wait), {}, {}};
    const auto held = tx.row<Blob, std::int64_t, std::int64_t>(select_totp, account);
    if (!held) return {conflict("no_totp", "this account has no one-time passwords"), {}, {}};
    const auto step = totp::matching_step(vault::unseal(std::get<0>(*held).bytes, place(account)), code, now, std::get<2>(*held));
    if (!step || tx.exec(use_step, account, *step) == 0) {
        count_failure(tx, now, account);
        return {wrong_code(), {}, {}};
    }
    forget_failures(tx, account);
    return {{}, std::string(account), {}};
}

bool drop_totp(Tx& tx, std::string_view account) { return tx.exec(delete_totp, account) != 0; }

std::vector<std::string> new_recovery_codes(Tx& tx, Seconds, std::string_view account) {
    tx.exec(delete_codes, account);
    std::vector<std::string> codes;
    for (int i = 0; i < recovery_codes; ++i) {
        codes.push_back(totp::recovery_code());
        tx.exec(insert_code, account, code_hash(account, totp::typed_recovery_code(codes.back())));
    }
    return codes;
}

Checked use_recovery_code(Tx& tx, Seconds now, std::string_view account, std::string_view typed) {
    if (auto wait = must_wait(tx, now, account)) return {std::move(wait), {}, {}};
    const auto code = totp::typed_recovery_code(typed);
    if (code.empty() || tx.exec(use_code, account, code_hash(account, code)) == 0) {
        count_failure(tx, now, account);
        return {wrong_code(), {}, {}};
    }
    forget_failures(tx, account);
    return {{}, std::string(account), {}};
}

std::int64_t seal_again(storage::Db& db) {
    constexpr int batch = 500;
    std::int64_t sealed = 0;
    std::string after;
    for (bool more = true; more;) {
        more = db.write([&](Tx& tx) {
            const auto rows = tx.rows<std::string, std::optional<Blob>, std::optional<Blob>>(next_secrets, after, batch);
            for (const auto& [account, one, other] : rows) {
                const auto where = place(account);
                const auto again = [&](const std::optional<Blob>& old) -> std::optional<Blob> {
                    if (!old || vault::fresh(old->bytes)) return old;
                    ++sealed;
                    return Blob{vault::seal(vault::unseal(old->bytes, where), where)};
                };
                const auto first = again(one), second = again(other);
                if (first != one || second != other) tx.exec(update_secrets, account, first, second);
            }
            if (!rows.empty()) after = std::get<0>(rows.back());
            return rows.size() == batch;
        });
    }
    return sealed;
}

}  // namespace verbatim::factors
