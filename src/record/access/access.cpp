#include "record/access/access.h"

#include <algorithm>

#include "ground/base/calendar.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/mailbox.h"
#include "ground/formats/text_codes.h"
#include "record/access/keys.h"
#include "record/access/throttle.h"
#include "record/network/branches.h"

namespace verbatim::access {
namespace {

using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql select_session(R"sql(SELECT s.id, s.account, s.level, s.used_at, s.ends_at, p.id, p.email, p.name, p.role, p.scope, p.locale
FROM staff_session s JOIN account a ON a.id = s.account JOIN person p ON p.id = s.person
WHERE s.hash = $1 AND a.active = 1 AND p.active = 1 AND p.email = a.email)sql");
constexpr Sql touch("UPDATE staff_session SET used_at = $2 WHERE id = $1 AND used_at < $2");
constexpr Sql session_acts_as("UPDATE staff_session SET person = $2 WHERE id = $1");
constexpr Sql account_acts_as("UPDATE account SET person = $2 WHERE id = $1");
constexpr Sql select_sessions("SELECT id, device, address, level, created_at, used_at, ends_at FROM staff_session WHERE account = $1 AND ends_at > $2 ORDER BY used_at DESC, id LIMIT 50");
constexpr Sql owned_session("SELECT 1 FROM staff_session WHERE id = $1 AND account = $2");
constexpr Sql update_locale("UPDATE account SET locale = $2 WHERE id = $1");
constexpr Sql purge_sessions("DELETE FROM staff_session WHERE ends_at < $1 OR used_at < $2");
constexpr Sql purge_devices("DELETE FROM known_device WHERE used_at < $1");

constexpr Seconds unfinished_seconds = 600;  // a sign-in whose second factor is still asked for

Level level_of(std::string_view word) { return word == "factor" ? Level::factor : word == "enrol" ? Level::enrol : Level::full; }

// Words with blanks; an empty list holds everything.
bool lists(std::string_view words, std::string_view word) {
    if (words.empty()) return true;
    for (std::size_t at = 0; at < words.size();) {
        const auto end = std::min(words.find(' ', at), words.size());
        if (words.substr(at, end - at) == word) return true;
        at = end + 1;
    }
    return false;
}

}  // namespace

bool Holder::may(Permission permission) const {
    // Settings and evidence are the organisation's as a whole: who reaches a part of it does not change them for all.
    if ((permission == Permission::settings_manage || permission == Permission::evidence_keep) && branch != "*") return false;
    return access::may(actor.role, permission) && (permission == Permission::own || lists(scopes, to_word(permission)));
}

Access::Access(storage::Db& db, const Clock& clock) : db_(db), clock_(clock) {}

std::optional<Holder> Access::by_key(std::string_view key) const {
    const auto now = clock_.now();
    auto found = db_.read([&](Tx& tx) { return find_key(tx, now, key); });
    if (found && found->stale) db_.write([&](Tx& tx) { note_key_used(tx, now, found->holder.ref); });
    return found ? std::optional(std::move(found->holder)) : std::nullopt;
}

std::optional<Holder> Access::by_session(std::string_view token) const {
    if (token.size() != 43) return std::nullopt;
    const auto now = clock_.now();
    std::optional<Holder> found;
    Seconds used_at = 0;
    db_.read([&](Tx& tx) {
        tx.each(select_session, [&](const Row& row) {
            used_at = row.integer(3);
            const auto level = level_of(row.text(2));
            const auto idle = level == Level::full ? options_.idle_minutes * Seconds{60} : unfinished_seconds;
            if (row.integer(4) <= now || used_at + idle <= now) return;
            network::Person person;
            person.id = row.integer(5);
            person.email = row.text(6);
            person.role = row.text(8);
            person.scope = row.text(9);
            Holder holder;
            holder.actor = network::actor_of(person);
            holder.branch = network::branch_of(holder.actor);
            holder.via = "session";
            holder.ref = row.text(0);
            holder.account = row.text(1);
            holder.person = person.id;
            holder.level = level;
            found = std::move(holder);
        }, Blob{crypto::sha256(token)});
    });
    if (found && now - used_at >= 60) db_.write([&](Tx& tx) { tx.exec(touch, found->ref, now); });
    return found;
}

Result<void> Access::act_as(const Holder& holder, std::string_view role, std::string_view scope) {
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto roles = roles_of(tx, holder.actor.id);
        const auto wanted = std::find_if(roles.begin(), roles.end(), [&](const network::Person& one) { return one.role == role && (one.scope == scope || network::actor_of(one).scope == scope); });
        if (wanted == roles.end()) return not_found("role_unknown", "you have no such role");
        tx.exec(session_acts_as, holder.ref, wanted->id);
        tx.exec(account_acts_as, holder.account, wanted->id);
        return {};
    });
}

void Access::sign_out(const Holder& holder, std::string_view request) {
    db_.write([&](Tx& tx) {
        access::end_session(tx, holder.ref);
        append(tx, {0, clock_.now(), holder.actor.id, holder.actor.role, holder.branch, holder.via, holder.ref, "sign_out", "account=" + holder.account, "done", std::string(request), {}});
    });
}

std::vector<SessionLine> Access::sessions(const Holder& holder) const {
    return db_.read([&](Tx& tx) {
        std::vector<SessionLine> all;
        tx.each(select_sessions, [&](const Row& row) {
            SessionLine line{std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), level_of(row.text(3)), row.integer(4), row.integer(5), row.integer(6), false};
            line.current = line.id == holder.ref;
            all.push_back(std::move(line));
        }, holder.account, clock_.now());
        return all;
    });
}

Result<void> Access::end_session(const Holder& holder, std::string_view id) {
    return db_.write([&](Tx& tx) -> Result<void> {
        if (!tx.row<std::int64_t>(owned_session, id, holder.account)) return not_found("session_unknown", "you have no such session");
        access::end_session(tx, id);
        return {};
    });
}

int Access::end_other_sessions(const Holder& holder) {
    return db_.write([&](Tx& tx) {
        return end_sessions(tx, holder.account, holder.ref);
    });
}

Access::Me Access::me(const Holder& holder) const {
    return db_.read([&](Tx& tx) {
        Me me;
        me.email = holder.actor.id;
        const auto account = find_account(tx, holder.account);
        if (account) me.locale = account->locale;
        for (const auto& person : roles_of(tx, holder.actor.id)) {
            const auto actor = network::actor_of(person);
            Role role{person.id, person.role, person.scope, network::branch_of(actor), {}, person.id == holder.person};
            // An adviser's place is his site; a country or a group has no name of its own.
            const auto subject = person.role == "adviser" ? "site:" + person.scope : role.branch;
            role.place = network::subject_name(tx, subject).value_or(person.scope == "*" ? "" : person.scope);
            if (me.name.empty() || role.current) me.name = person.name;
            if (me.locale.empty()) me.locale = person.locale;
            me.roles.push_back(std::move(role));
        }
        return me;
    });
}

Result<void> Access::set_locale(const Holder& holder, std::string_view locale) {
    const bool plain = locale.size() >= 2 && locale.size() <= 5 && std::all_of(locale.begin(), locale.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; });
    if (!plain) return invalid("locale", "a locale is a language, or a language and a country: fr, fr-BE", "locale");
    return db_.write([&](Tx& tx) -> Result<void> {
        tx.exec(update_locale, holder.account, locale);
        return {};
    });
}

void Access::note(TrailLine line) {
    db_.write([&](Tx& tx) { append(tx, line); });
}

Access::TrailPage Access::trail(const TrailWish& wish) const {
    return db_.read([&](Tx& tx) {
        auto asked = wish;
        ++asked.limit;  // one more tells whether there is a next page; lines beside the branch leave a page short, not the last
        TrailPage page{access::trail(tx, asked), 0};
        if (static_cast<int>(page.lines.size()) > wish.limit) {
            page.lines.pop_back();
            page.next = page.lines.back().seq;
        }
        return page;
    });
}

Noted::Noted(Access& access, TrailLine line, bool wanted) : access_(access), line_(std::move(line)) {
    if (wanted) beside_.emplace([this](Tx& tx) { append(tx, line_); });
}

void Noted::finish(int status) {
    if (!beside_) return;
    const bool committed = beside_->committed();
    beside_.reset();  // the line below is no act
    if (committed && status < 400) return;
    line_.outcome = std::to_string(status);
    line_.at = access_.clock().now();
    access_.note(line_);
}

void Access::purge() {
    const auto now = clock_.now();
    db_.write([&](Tx& tx) {
        tx.exec(purge_sessions, now, now - 31 * one_day);
        tx.exec(purge_devices, now - 365 * one_day);
        purge_failures(tx, now - one_day);
    });
}

}  // namespace verbatim::access
