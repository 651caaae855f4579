// Members of staff, for who looks after them. A user is one role of one address (a row of `person`); barring, links and second factors are
// the account's, that is all its roles' together.
//
// The rule, in one place (may_manage): one sees whom lies within one's own branch; one makes, changes and bars whom lies within it and has
// a role that one's own may manage (permissions.h); what concerns the account asks this of every role it has. Whoever is beside the branch
// does not exist.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/access/access.h"

namespace verbatim::access {

struct User {
    std::int64_t id = 0;
    std::string email, name, role, scope, branch, locale;
    bool active = true;           // this role
    bool barred = false;          // the account
    bool password = false;        // one was chosen
    Seconds seen_at = 0;
    std::vector<std::string> factors;  // find_user only: "totp", "webauthn"
    bool manageable = false;
};

struct UserFilter {
    std::string role;             // exactly; empty: all
    std::string words;            // begins the address or stands in the name
    bool inactive = false;        // those who left, too
};
std::vector<User> users(storage::Tx& tx, const Holder& holder, const UserFilter& filter, std::int64_t after, int limit);
std::optional<User> find_user(storage::Tx& tx, const Holder& holder, std::int64_t id);

struct UserWish {
    std::string email, name, role, scope, locale;
};
struct UserChange {
    std::optional<std::string> name, locale;
    std::optional<bool> active, barred;
};
// forbidden "role_above", not_found, conflict "user_exists" | "own_account", invalid.
Result<std::int64_t> add_user(storage::Tx& tx, const Access& access, const Holder& holder, const UserWish& wish);
Result<void> change_user(storage::Tx& tx, Seconds now, const Holder& holder, std::int64_t id, const UserChange& change);
Result<void> mail_link_to_user(storage::Tx& tx, const Access& access, const Holder& holder, std::int64_t id);
Result<void> reset_factors_of_user(storage::Tx& tx, Seconds now, std::string_view base_url, const Holder& holder, std::int64_t id);

// The same as one transaction each, for doors.
class Users {
public:
    explicit Users(Access& access) : access_(access) {}
    std::vector<User> list(const Holder& holder, const UserFilter& filter, std::int64_t after, int limit) const;
    std::optional<User> find(const Holder& holder, std::int64_t id) const;
    Result<std::int64_t> add(const Holder& holder, const UserWish& wish);
    Result<void> change(const Holder& holder, std::int64_t id, const UserChange& change);
    Result<void> mail_link(const Holder& holder, std::int64_t id);
    Result<void> reset_factors(const Holder& holder, std::int64_t id);

private:
    Access& access_;
};

}  // namespace verbatim::access
