// Who comes in: members of staff with a session, programs with an API key. What they may do stands in permissions.h, on what in
// record/network/branches.h. An account is an e-mail address; its roles are the active rows of `person` under that address, and a session
// acts as one of them at a time.
//
// What counts wrong answers must commit when it refuses; so sign-in returns a value that holds its error, not a Result.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "ground/base/clock.h"
#include "record/access/permissions.h"
#include "record/access/sessions.h"
#include "record/access/trail.h"

namespace verbatim::access {

std::span<const storage::Migration> migrations();

// Somebody who came in.
struct Holder {
    Actor actor;
    std::string branch;      // network::branch_of(actor)
    std::string languages;   // "fr,en", given with a key; empty: as people.csv says
    std::string via;         // "session" or "key"
    std::string ref;         // which session or key: an id that opens nothing
    std::string scopes;      // a key's permissions, words with blanks; empty: all of its role
    std::string account;     // sessions only
    std::int64_t person = 0; // sessions only: which of the account's roles
    Level level = Level::full;

    bool may(Permission permission) const;
};

struct Options {
    int idle_minutes = 120, session_hours = 12;
    int password_length = 12;
    int link_hours = 24;
    bool second_factor_required = true;
    std::string base_url, brand;
};

struct SignIn {
    std::optional<Error> error;  // forbidden "sign_in_refused" (says no more), too_many "sign_in_wait", unavailable "busy"
    int wait_seconds = 0;
    std::string token;           // the session's, for its cookie
    std::string device;          // for the device's cookie
    Level level = Level::full;
    std::vector<std::string> methods;  // level factor: factors::Held::methods()
    Seconds ends_at = 0;
    std::int64_t lives_seconds = 0;    // until then
};

class Access {
public:
    Access(storage::Db& db, const Clock& clock);
    void options(Options options) { options_ = std::move(options); }
    const Options& options() const { return options_; }

    // Nothing for an unknown, ended, revoked or expired key.
    std::optional<Holder> by_key(std::string_view key) const;
    // Nothing for an unknown session, one that ended, or whose account or role is barred. Notes that it was used, once a minute.
    std::optional<Holder> by_session(std::string_view token) const;

    SignIn sign_in(std::string_view email, std::string_view password, const Device& device, std::string_view request);
    // A second factor for a session that waits for it: `check` looks at the answer in the same transaction. A right one makes the session
    // full, under a new token.
    SignIn pass_factor(const Holder& holder, std::string_view method, const std::function<std::optional<Error>(storage::Tx&)>& check, const Device& device, std::string_view request);
    // Signs an account in that was proven otherwise (a passkey, the brand's directory). Inside the caller's transaction.
    SignIn admit(storage::Tx& tx, const Account& account, Level level, std::string_view how, const Device& device, std::string_view request) const;
    // What a right password alone gives this account.
    Level level_after_password(storage::Tx& tx, const Account& account) const;
    void sign_out(const Holder& holder, std::string_view request);
    // Another of the account's roles. not_found "role_unknown".
    Result<void> act_as(const Holder& holder, std::string_view role, std::string_view scope);

    // Mails a link to whoever works here under this address; to nobody else, and the caller cannot tell. At most three an hour.
    void mail_link(std::string_view email, std::string_view request);
    struct LinkView {
        std::string email, name, locale;
        bool first = false;  // no password yet
    };
    Result<LinkView> look_at_link(std::string_view link) const;  // gone "link_used", not_found "link_unknown"
    // Uses the link up, ends every session, and signs in (a second factor is still asked for). invalid "password_short" | "password_own_words" | "password_plain".
    SignIn set_password(std::string_view link, std::string_view password, const Device& device, std::string_view request);
    // For who is signed in: ends every other session, and this one goes on under a new token.
    SignIn change_password(const Holder& holder, std::string_view current, std::string_view password, const Device& device, std::string_view request);

    std::vector<SessionLine> sessions(const Holder& holder) const;
    Result<void> end_session(const Holder& holder, std::string_view id);
    int end_other_sessions(const Holder& holder);

    struct Me {
        std::string email, name, locale;
        std::vector<Role> roles;
    };
    Me me(const Holder& holder) const;
    Result<void> set_locale(const Holder& holder, std::string_view locale);

    // A line of its own in the trail.
    void note(TrailLine line);
    struct TrailPage {
        std::vector<TrailLine> lines;
        std::int64_t next = 0;  // 0: no more
    };
    TrailPage trail(const TrailWish& wish) const;

    // What is over goes: sessions, devices not seen for a year, failures of yesterday.
    void purge();

    storage::Db& db() { return db_; }  // for record/access's own functions
    const Clock& clock() const { return clock_; }

private:
    storage::Db& db_;
    const Clock& clock_;
    Options options_;
};

// A one-time link to choose a password, by mail to the address itself: nobody else ever sees it.
void queue_link(storage::Tx& tx, const Access& access, const Account& account, const network::Person& person);

// While it lives, the first write transaction of this thread takes the line along (storage::Alongside).
class Noted {
public:
    Noted(Access& access, TrailLine line, bool wanted);
    // The act has answered. Where nothing was committed, or what was committed is not all (status 400 and above), the status gets a line.
    void finish(int status);

private:
    Access& access_;
    TrailLine line_;
    std::optional<storage::Alongside> beside_;
};

}  // namespace verbatim::access
