#include "record/access/users.h"

#include <algorithm>

#include "ground/formats/mailbox.h"
#include "ground/formats/text_codes.h"
#include "record/access/second_factors.h"
#include "record/access/within.h"
#include "record/events/events.h"
#include "record/factors/factors.h"
#include "record/network/branches.h"
#include "record/network/import.h"

namespace verbatim::access {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

#define USER_COLUMNS \
    "p.id, p.email, p.name, p.role, p.scope, p.branch, p.locale, p.active, COALESCE(a.active, 1), CASE WHEN COALESCE(a.password, '') = '' THEN 0 ELSE 1 END, COALESCE(a.seen_at, 0), COALESCE(a.id, '')"
#define USERS_FROM " FROM person p LEFT JOIN account a ON a.email = p.email "

constexpr Sql select_all("SELECT " USER_COLUMNS USERS_FROM "WHERE p.id > $1 ORDER BY p.id LIMIT $2");
constexpr Sql select_within("SELECT " USER_COLUMNS USERS_FROM "WHERE p.id > $2 AND (p.branch = $1 OR " WITHIN("p.branch") ") ORDER BY p.id LIMIT $3");
constexpr Sql select_one("SELECT " USER_COLUMNS USERS_FROM "WHERE p.id = $1");
constexpr Sql set_active("UPDATE account SET active = $2 WHERE id = $1");

constexpr int page = 200;

struct Found {
    User user;
    std::string account;
};

Found read(const Row& row) {
    const auto text = [&](int column) { return std::string(row.text(column)); };
    Found found;
    found.user = {row.integer(0), text(1), text(2), text(3), text(4), text(5), text(6), row.get<bool>(7), !row.get<bool>(8), row.get<bool>(9), row.integer(10), {}, false};
    found.account = text(11);
    return found;
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

bool fits(const User& user, const UserFilter& filter) {
    if (!filter.role.empty() && user.role != filter.role) return false;
    if (!filter.inactive && !user.active) return false;
    if (filter.words.empty()) return true;
    const auto words = lower(filter.words);
    return user.email.starts_with(words) || lower(user.name).find(words) != std::string::npos;
}

bool may_manage(Tx& tx, const Holder& holder, std::string_view role, std::string_view branch) {
    return holder.may(Permission::users_manage) && may_manage_role(holder.actor.role, role) && network::contains(tx, holder.branch, branch);
}

std::optional<Found> visible(Tx& tx, const Holder& holder, std::int64_t id) {
    std::optional<Found> found;
    tx.each(select_one, [&](const Row& row) { found = read(row); }, id);
    if (!found || !(holder.branch == "*" || network::contains(tx, holder.branch, found->user.branch))) return std::nullopt;
    found->user.manageable = may_manage(tx, holder, found->user.role, found->user.branch);
    return found;
}

// Whom an event about him concerns: one site, or the organisation.
std::string concerned(std::string_view branch) { return branch.starts_with("site:") || branch.starts_with("product:") || branch.starts_with("adviser:") ? std::string(branch) : std::string(); }

Error above() { return forbidden("role_above", "your role does not look after this one"); }
Error nobody() { return not_found("unknown", "there is no such user, or not for you"); }

// What concerns the account as a whole: every role it has must be one's to manage.
Result<void> may_manage_account(Tx& tx, const Holder& holder, const User& user) {
    for (const auto& role : roles_of(tx, user.email))
        if (!may_manage(tx, holder, role.role, network::branch_of(network::actor_of(role)))) return above();
    return user.manageable ? Result<void>() : above();
}

}  // namespace

std::vector<User> users(Tx& tx, const Holder& holder, const UserFilter& filter, std::int64_t after, int limit) {
    std::vector<User> all;
    for (int seen = page; seen == page && static_cast<int>(all.size()) < limit;) {
        seen = 0;
        const auto keep = [&](const Row& row) {
            ++seen;
            auto found = read(row);
            after = found.user.id;
            if (static_cast<int>(all.size()) < limit && fits(found.user, filter)) all.push_back(std::move(found.user));
        };
        if (holder.branch == "*") tx.each(select_all, keep, after, page);
        else tx.each(select_within, keep, holder.branch, after, page);
    }
    for (auto& user : all) user.manageable = may_manage(tx, holder, user.role, user.branch);
    return all;
}

std::optional<User> find_user(Tx& tx, const Holder& holder, std::int64_t id) {
    auto found = visible(tx, holder, id);
    if (!found) return std::nullopt;
    if (!found->account.empty()) {
        const auto held = factors::held(tx, found->account);
        if (held.totp) found->user.factors.push_back("totp");
        if (!held.passkeys.empty()) found->user.factors.push_back("webauthn");
    }
    return std::move(found->user);
}

Result<std::int64_t> add_user(Tx& tx, const Access& access, const Holder& holder, const UserWish& wish) {
    network::Person person;
    person.email = mailbox_key(wish.email);
    person.name = wish.name;
    person.role = wish.role;
    person.scope = wish.scope;
    person.locale = wish.locale;
    if (auto good = network::check_person(tx, person); !good) return good.error();
    // An adviser has no branch of his own before he exists: his site's counts.
    const auto branch = person.role == "adviser" ? (person.scope == "*" ? std::string("*") : "site:" + person.scope) : network::branch_of(network::actor_of(person));
    if (holder.branch != "*" && !network::contains(tx, holder.branch, branch)) return Error{ErrorKind::invalid, "scope_beside", "this scope is none of yours", "scope"};
    if (!may_manage_role(holder.actor.role, person.role)) return above();
    for (const auto& known : network::people_by_email(tx, person.email))
        if (known.role == person.role && known.scope == person.scope) return conflict("user_exists", "this address has this role already");
    network::store(tx, person);
    const auto account = keep_account(tx, access.clock().now(), person.email);
    if (account.password.empty()) queue_link(tx, access, account, person);
    for (const auto& made : network::people_by_email(tx, person.email))
        if (made.role == person.role && made.scope == person.scope) {
            events::raise(tx, access.clock().now(), "user.created", concerned(network::branch_of(network::actor_of(made))), std::to_string(made.id));
            return made.id;
        }
    return conflict("user_exists", "this address has this role already");
}

Result<void> change_user(Tx& tx, Seconds now, const Holder& holder, std::int64_t id, const UserChange& change) {
    const auto found = visible(tx, holder, id);
    if (!found) return nobody();
    const auto& user = found->user;
    if (!user.manageable) return above();
    auto person = network::find_person(tx, id);
    if (!person) return nobody();
    const bool own = user.email == holder.actor.id;
    if (own && (change.active == false || change.barred == true)) return conflict("own_account", "nobody shuts himself out; another administrator does it");
    if (change.name) person->name = *change.name;
    if (change.locale) person->locale = *change.locale;
    if (change.active) person->active = *change.active;
    if (auto good = network::check_person(tx, *person); !good) return good.error();
    if (change.barred) {
        if (auto good = may_manage_account(tx, holder, user); !good) return good;
        const auto account = keep_account(tx, now, user.email);
        tx.exec(set_active, account.id, *change.barred ? 0 : 1);
        if (*change.barred) end_sessions(tx, account.id, "");
    }
    network::store(tx, *person);
    events::raise(tx, now, "user.changed", concerned(user.branch), std::to_string(id));
    return {};
}

Result<void> mail_link_to_user(Tx& tx, const Access& access, const Holder& holder, std::int64_t id) {
    const auto found = visible(tx, holder, id);
    if (!found) return nobody();
    if (auto good = may_manage_account(tx, holder, found->user); !good) return good;
    if (!found->user.active) return conflict("user_left", "this role has ended");
    const auto person = network::find_person(tx, id);
    queue_link(tx, access, keep_account(tx, access.clock().now(), found->user.email), *person);
    return {};
}

Result<void> reset_factors_of_user(Tx& tx, Seconds now, std::string_view base_url, const Holder& holder, std::int64_t id) {
    const auto found = visible(tx, holder, id);
    if (!found) return nobody();
    if (auto good = may_manage_account(tx, holder, found->user); !good) return good;
    const auto account = keep_account(tx, now, found->user.email);
    access::reset_factors(tx, now, account, base_url);
    return {};
}

std::vector<User> Users::list(const Holder& holder, const UserFilter& filter, std::int64_t after, int limit) const {
    return access_.db().read([&](Tx& tx) { return users(tx, holder, filter, after, limit); });
}
std::optional<User> Users::find(const Holder& holder, std::int64_t id) const {
    return access_.db().read([&](Tx& tx) { return find_user(tx, holder, id); });
}
Result<std::int64_t> Users::add(const Holder& holder, const UserWish& wish) {
    return access_.db().write([&](Tx& tx) { return add_user(tx, access_, holder, wish); });
}
Result<void> Users::change(const Holder& holder, std::int64_t id, const UserChange& change) {
    return access_.db().write([&](Tx& tx) { return change_user(tx, access_.clock().now(), holder, id, change); });
}
Result<void> Users::mail_link(const Holder& holder, std::int64_t id) {
    return access_.db().write([&](Tx& tx) { return mail_link_to_user(tx, access_, holder, id); });
}
Result<void> Users::reset_factors(const Holder& holder, std::int64_t id) {
    return access_.db().write([&](Tx& tx) { return reset_factors_of_user(tx, access_.clock().now(), access_.options().base_url, holder, id); });
}

}  // namespace verbatim::access
