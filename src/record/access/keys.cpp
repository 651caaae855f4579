#include "record/access/keys.h"

#include <algorithm>

#include "ground/crypto/crypto.h"
#include "ground/formats/mailbox.h"
#include "ground/formats/text_codes.h"
#include "ground/formats/utf8.h"
#include "record/access/within.h"
#include "record/events/events.h"
#include "record/links/links.h"
#include "record/network/branches.h"

namespace verbatim::access {
namespace {

using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

#define KEY_COLUMNS "id, name, email, role, scope, branch, permissions, languages, made_by, created_at, expires_at, used_at, revoked_at"
constexpr Sql insert_key("INSERT INTO api_key (hash, " KEY_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 0)");
constexpr Sql by_hash("SELECT " KEY_COLUMNS " FROM api_key WHERE hash = $1");
constexpr Sql by_id("SELECT " KEY_COLUMNS " FROM api_key WHERE id = $1");
constexpr Sql all_keys("SELECT " KEY_COLUMNS " FROM api_key WHERE id > $1 ORDER BY id LIMIT $2");
constexpr Sql keys_within("SELECT " KEY_COLUMNS " FROM api_key k WHERE k.id > $2 AND (k.branch = $1 OR " WITHIN("k.branch") ") ORDER BY k.id LIMIT $3");
constexpr Sql revoke("UPDATE api_key SET revoked_at = $2 WHERE id = $1 AND revoked_at = 0");
constexpr Sql note_used("UPDATE api_key SET used_at = $2 WHERE id = $1 AND used_at < $2");

// So that a key that leaked into a repository is found by who looks for such things, and by us at the first byte.
constexpr std::string_view prefix = "vbk_";

Key read(const Row& row) {
    const auto text = [&](int column) { return std::string(row.text(column)); };
    return {text(0), text(1), text(2), text(3), text(4), text(5), text(6), text(7), text(8), row.integer(9), row.integer(10), row.integer(11), row.integer(12)};
}

template <class P>
std::optional<Key> one(Tx& tx, Sql sql, const P& parameter) {
    std::optional<Key> found;
    tx.each(sql, [&](const Row& row) { found = read(row); }, parameter);
    return found;
}

// A key made before keys had a table of their own: its link's ref is "ROLE SCOPE" or "ROLE SCOPE LANGUAGES".
std::optional<FoundKey> by_link(Tx& tx, Seconds now, std::string_view key) {
    const auto link = links::find(tx, now, links::Purpose::api_key, key);
    if (!link || link->state != links::State::open) return std::nullopt;
    const auto space = std::min(link->ref.find(' '), link->ref.size());
    const auto second = std::min(link->ref.find(' ', space + 1), link->ref.size());
    Holder holder;
    holder.actor = {ActorKind::staff, link->holder, link->ref.substr(0, space), space < link->ref.size() ? link->ref.substr(space + 1, second - space - 1) : ""};
    holder.branch = network::branch_of(holder.actor);
    if (second < link->ref.size()) holder.languages = link->ref.substr(second + 1);
    holder.via = "key";
    holder.ref = to_hex(crypto::sha256(key)).substr(0, 12);
    return FoundKey{std::move(holder), false};
}

bool lists(std::string_view words, std::string_view word) { return (" " + std::string(words) + " ").find(" " + std::string(word) + " ") != std::string::npos; }

// Whom an event about it concerns: one site, or the organisation.
std::string concerned(std::string_view branch) { return branch.starts_with("site:") || branch.starts_with("product:") || branch.starts_with("adviser:") ? std::string(branch) : std::string(); }

// Each word known, and among those of the role.
Result<void> check_permissions(std::string_view role, std::string_view words) {
    for (std::size_t at = 0; at < words.size();) {
        const auto end = std::min(words.find(' ', at), words.size());
        const auto word = words.substr(at, end - at);
        const auto permission = permission_of(word);
        if (!permission) return invalid("permission_unknown", "there is no permission \"" + std::string(word) + "\"", "permissions");
        if (!may(role, *permission)) return invalid("permission_not_of_role", "the role " + std::string(role) + " does not have " + std::string(word), "permissions");
        at = end + 1;
    }
    return {};
}

}  // namespace

Result<Made> make_key(Tx& tx, Seconds now, const KeyWish& wish, std::string_view made_by) {
    const auto roles = network::roles();
    if (std::find(roles.begin(), roles.end(), wish.role) == roles.end()) return invalid("role", "there is no role \"" + wish.role + "\"", "role");
    if (!plausible_mailbox(wish.email)) return invalid("email", "whose key it is: an e-mail address", "email");
    if (wish.name.size() > 200 || !valid_utf8(wish.name)) return invalid("name", "a name has at most 200 bytes", "name");
    if (wish.languages.size() > 100 || wish.languages.find_first_not_of("abcdefghijklmnopqrstuvwxyz,") != std::string::npos) return invalid("languages", "languages are codes with commas: fr,en", "languages");
    if (wish.expires_at != 0 && wish.expires_at <= now) return invalid("expires_at", "it must end in the future", "expires_at");
    if (auto good = check_permissions(wish.role, wish.permissions); !good) return good.error();
    const auto branch = network::branch_of({ActorKind::staff, wish.email, wish.role, wish.scope});
    if (branch.empty() || (branch != "*" && !network::contains(tx, "*", branch))) return invalid("scope", "nothing lies on this scope: a site, group, country or product code, or *", "scope");
    Made made{crypto::random_id(12), std::string(prefix) + to_base64url(crypto::random_bytes(24))};
    tx.exec(insert_key, Blob{crypto::sha256(made.secret)}, made.id, wish.name, mailbox_key(wish.email), wish.role, wish.scope, branch, wish.permissions, wish.languages, made_by, now, wish.expires_at);
    return made;
}

std::vector<Key> keys(Tx& tx, std::string_view branch, std::string_view after, int limit) {
    std::vector<Key> all;
    const auto keep = [&](const Row& row) { all.push_back(read(row)); };
    if (branch == "*") tx.each(all_keys, keep, after, limit);
    else tx.each(keys_within, keep, branch, after, limit);
    return all;
}

std::optional<Key> find_key_by_id(Tx& tx, std::string_view id) { return one(tx, by_id, id); }

std::vector<Key> Keys::list(const Holder& holder, std::string_view after, int limit) const {
    return access_.db().read([&](Tx& tx) { return keys(tx, holder.branch, after, limit); });
}

Result<Made> Keys::make(const Holder& holder, KeyWish wish) {
    return access_.db().write([&](Tx& tx) -> Result<Made> {
        if (!may_manage_role(holder.actor.role, wish.role)) return forbidden("role_above", "your role does not look after this one");
        const auto branch = network::branch_of({ActorKind::staff, wish.email, wish.role, wish.scope});
        if (holder.branch != "*" && !network::contains(tx, holder.branch, branch)) return invalid("scope_beside", "this scope is none of yours", "scope");
        // Who came in by a key of few permissions makes none with more.
        if (!holder.scopes.empty()) {
            if (wish.permissions.empty()) return forbidden("permissions_above", "name the permissions: not more than your own key has");
            for (const auto permission : all_permissions())
                if (lists(wish.permissions, to_word(permission)) && !holder.may(permission)) return forbidden("permissions_above", "your own key does not have " + std::string(to_word(permission)));
        }
        auto made = make_key(tx, access_.clock().now(), wish, holder.actor.id);
        if (made) events::raise(tx, access_.clock().now(), "api_key.created", concerned(branch), made->id);
        return made;
    });
}

Result<void> Keys::revoke(const Holder& holder, std::string_view id) {
    return access_.db().write([&](Tx& tx) -> Result<void> {
        const auto key = find_key_by_id(tx, id);
        if (!key || !(holder.branch == "*" || network::contains(tx, holder.branch, key->branch))) return not_found("unknown", "there is no such key, or not for you");
        if (!revoke_key(tx, access_.clock().now(), id)) return conflict("key_revoked", "this key was revoked before");
        events::raise(tx, access_.clock().now(), "api_key.revoked", concerned(key->branch), id);
        return {};
    });
}

bool revoke_key(Tx& tx, Seconds now, std::string_view id) { return tx.exec(revoke, id, now) == 1; }
void note_key_used(Tx& tx, Seconds now, std::string_view id) { tx.exec(note_used, id, now); }

std::optional<FoundKey> find_key(Tx& tx, Seconds now, std::string_view secret) {
    if (secret.substr(0, prefix.size()) != prefix) return by_link(tx, now, secret);
    if (secret.size() != prefix.size() + 32) return std::nullopt;
    const auto key = one(tx, by_hash, Blob{crypto::sha256(secret)});
    if (!key || key->revoked_at != 0 || (key->expires_at != 0 && key->expires_at <= now)) return std::nullopt;
    Holder holder;
    holder.actor = {ActorKind::staff, key->email, key->role, key->scope};
    holder.branch = key->branch;
    holder.languages = key->languages;
    holder.via = "key";
    holder.ref = key->id;
    holder.scopes = key->permissions;
    return FoundKey{std::move(holder), now - key->used_at >= 300};
}

}  // namespace verbatim::access
