#include "record/access/second_factors.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ground/crypto/crypto.h"
#include "ground/formats/text_codes.h"
#include "record/contact/contact.h"

namespace verbatim::access {
namespace {

using storage::Tx;

constexpr Seconds fresh_seconds = 60 * 60;

Error no_passkeys() { return conflict("no_passkeys", "passkeys need an https address with a host name; this platform's has none"); }
SignIn refused(Error error) {
    SignIn answer;
    answer.error = std::move(error);
    return answer;
}
// A session that waits for something else, or for nothing any more.
std::optional<SignIn> not_waiting(const Holder& holder) {
    if (holder.level == Level::factor) return std::nullopt;
    return refused(conflict("no_factor_asked", "no second factor is asked for now"));
}

TrailLine line_of(Seconds now, const Holder& holder, std::string_view act, std::string_view outcome, std::string_view request) {
    return {0, now, holder.actor.id, holder.actor.role, holder.branch, holder.via, holder.ref, std::string(act), "account=" + holder.account, std::string(outcome), std::string(request), {}};
}

}  // namespace

std::string SecondFactors::bound_to(const std::optional<Holder>& holder, std::string_view browser) const {
    return holder ? "session " + holder->ref : "browser " + to_hex(crypto::sha256(browser));
}

SignIn SecondFactors::by_totp(const Holder& holder, std::string_view code, const Device& device, std::string_view request) {
    if (auto refusal = not_waiting(holder)) return *refusal;
    return access_.pass_factor(holder, "totp", [&](Tx& tx) { return factors::use_totp(tx, access_.clock().now(), holder.account, code).error; }, device, request);
}

SignIn SecondFactors::by_recovery_code(const Holder& holder, std::string_view code, const Device& device, std::string_view request) {
    if (auto refusal = not_waiting(holder)) return *refusal;
    return access_.pass_factor(holder, "recovery", [&](Tx& tx) { return factors::use_recovery_code(tx, access_.clock().now(), holder.account, code).error; }, device, request);
}

Result<std::string> SecondFactors::passkey_request(const std::optional<Holder>& holder, std::string_view browser) {
    if (!party_) return no_passkeys();
    return access_.db().write([&](Tx& tx) { return factors::assertion_options(tx, access_.clock().now(), *party_, holder ? holder->account : "", bound_to(holder, browser)); });
}

SignIn SecondFactors::by_passkey(const std::optional<Holder>& holder, std::string_view browser, std::string_view answer, const Device& device, std::string_view request) {
    if (!party_) return refused(no_passkeys());
    const auto now = access_.clock().now();
    const auto check = [&](Tx& tx) { return factors::use_passkey(tx, now, *party_, holder ? holder->account : "", bound_to(holder, browser), answer); };
    if (holder) {
        if (auto refusal = not_waiting(*holder)) return *refusal;
        return access_.pass_factor(*holder, "webauthn", [&](Tx& tx) { return check(tx).error; }, device, request);
    }
    return access_.db().write([&](Tx& tx) {
        auto checked = check(tx);
        const auto account = checked.account.empty() ? std::nullopt : find_account(tx, checked.account);
        if (checked.error || !account) {
            if (account) append(tx, {0, now, account->email, "", "", "web", "", "sign_in_by_passkey", "account=" + account->id, "refused", std::string(request), {}});
            return refused(checked.error ? std::move(*checked.error) : not_found("passkey_unknown", "this passkey is not registered here"));
        }
        // Possession of the device and its owner's finger, face or PIN: two factors.
        return access_.admit(tx, *account, Level::full, "sign_in_by_passkey", device, request);
    });
}

factors::Held SecondFactors::held(const Holder& holder) const {
    return access_.db().read([&](Tx& tx) { return factors::held(tx, holder.account); });
}

Result<void> SecondFactors::may_change(const Holder& holder) const {
    if (holder.via != "session") return forbidden("session_only", "this is for who signed in; a key has no account");
    if (holder.level == Level::factor) return forbidden("second_factor", "give your second factor first");
    const auto all = access_.sessions(holder);
    const auto own = std::find_if(all.begin(), all.end(), [](const SessionLine& one) { return one.current; });
    // Who finds a screen unlocked must not make himself a key to it.
    if (own == all.end() || own->created_at + fresh_seconds <= access_.clock().now())
        return forbidden("confirm_first", "you signed in more than an hour ago; sign out and in again before you change how your account opens");
    return {};
}

Result<factors::Secret> SecondFactors::begin_totp(const Holder& holder) {
    if (auto may = may_change(holder); !may) return may.error();
    return access_.db().write([&](Tx& tx) { return factors::begin_totp(tx, access_.clock().now(), holder.account, access_.options().brand, holder.actor.id); });
}

Result<std::string> SecondFactors::passkey_creation(const Holder& holder) {
    if (!party_) return no_passkeys();
    if (auto may = may_change(holder); !may) return may.error();
    return access_.db().write([&](Tx& tx) { return factors::registration_options(tx, access_.clock().now(), *party_, holder.account, holder.actor.id, bound_to(holder, "")); });
}

// `add` answers a factors::Checked. Who waited for his first factor gets in with it, in the same transaction.
template <class Add>
SecondFactors::Added SecondFactors::add(const Holder& holder, std::string_view method, Add add, const Device& device, std::string_view request) {
    Added added;
    if (auto may = may_change(holder); !may) {
        added.error = may.error();
        return added;
    }
    const auto now = access_.clock().now();
    const auto act = [&](Tx& tx) -> std::optional<Error> {
        added = {};  // PostgreSQL may run it again
        auto checked = add(tx, now);
        if (checked.error) return std::move(checked.error);
        added.passkey = checked.passkey;
        if (factors::held(tx, holder.account).recovery_codes == 0) added.recovery_codes = factors::new_recovery_codes(tx, now, holder.account);
        return std::nullopt;
    };
    if (holder.level == Level::enrol) {
        auto entered = access_.pass_factor(holder, "enrol " + std::string(method), act, device, request);
        added.error = entered.error;
        if (!entered.error) added.entered = std::move(entered);
        return added;
    }
    access_.db().write([&](Tx& tx) {
        added.error = act(tx);
        append(tx, line_of(now, holder, "factor_added " + std::string(method), added.error ? "refused" : "done", request));
    });
    return added;
}

SecondFactors::Added SecondFactors::confirm_totp(const Holder& holder, std::string_view code, const Device& device, std::string_view request) {
    return add(holder, "totp", [&](Tx& tx, Seconds now) { return factors::confirm_totp(tx, now, holder.account, code); }, device, request);
}

SecondFactors::Added SecondFactors::add_passkey(const Holder& holder, std::string_view name, std::string_view answer, const Device& device, std::string_view request) {
    if (!party_) {
        Added added;
        added.error = no_passkeys();
        return added;
    }
    return add(holder, "webauthn", [&](Tx& tx, Seconds now) { return factors::register_passkey(tx, now, *party_, holder.account, bound_to(holder, ""), name, answer); }, device, request);
}

Result<std::vector<std::string>> SecondFactors::new_recovery_codes(const Holder& holder) {
    if (auto may = may_change(holder); !may) return may.error();
    return access_.db().write([&](Tx& tx) -> Result<std::vector<std::string>> {
        if (!factors::held(tx, holder.account).any()) return conflict("no_factor", "recovery codes stand in for a second factor; add one first");
        return factors::new_recovery_codes(tx, access_.clock().now(), holder.account);
    });
}

Result<void> SecondFactors::rename_passkey(const Holder& holder, std::string_view id, std::string_view name) {
    return access_.db().write([&](Tx& tx) -> Result<void> {
        if (name.empty() || name.size() > 100) return invalid("bad_name", "a passkey's name has 1 to 100 bytes", "name");
        if (!factors::rename_passkey(tx, holder.account, id, name)) return not_found("passkey_unknown", "you have no such passkey");
        return {};
    });
}

Result<void> SecondFactors::drop_passkey(const Holder& holder, std::string_view id) {
    if (auto may = may_change(holder); !may) return may;
    return access_.db().write([&](Tx& tx) -> Result<void> {
        if (!factors::drop_passkey(tx, holder.account, id)) return not_found("passkey_unknown", "you have no such passkey");
        if (required() && !factors::held(tx, holder.account).any()) return conflict("last_factor", "a second factor is required here; add another before you remove the last");
        return {};
    });
}

Result<void> SecondFactors::drop_totp(const Holder& holder) {
    if (auto may = may_change(holder); !may) return may;
    return access_.db().write([&](Tx& tx) -> Result<void> {
        if (!factors::drop_totp(tx, holder.account)) return not_found("no_totp", "you have no authenticator app");
        if (required() && !factors::held(tx, holder.account).any()) return conflict("last_factor", "a second factor is required here; add another before you remove the last");
        return {};
    });
}

SignIn SecondFactors::by_directory(const directory::Person& person, bool anybody_with_a_role, const Device& device, std::string_view request) {
    const auto now = access_.clock().now();
    auto done = access_.db().write([&](Tx& tx) {
        std::optional<Account> account;
        if (const auto id = directory::account_of(tx, person.issuer, person.subject)) account = find_account(tx, *id);
        // An address nobody verified is what its holder says it is.
        if (!account && person.email_verified && !person.email.empty()) {
            account = find_account_by_email(tx, person.email);
            if (!account && anybody_with_a_role && !roles_of(tx, person.email).empty()) account = keep_account(tx, now, person.email);
        }
        if (!account) return refused(forbidden("directory_stranger", "the directory vouches for this person, but nobody gave him a role here, or his address is not verified there"));
        directory::link(tx, now, person.issuer, person.subject, account->id);
        return access_.admit(tx, *account, person.second_factor ? Level::full : access_.level_after_password(tx, *account), "sign_in_by_directory", device, request);
    });
    if (!done.error && !person.id_token.empty())
        if (const auto holder = access_.by_session(done.token)) access_.db().write([&](Tx& tx) { directory::keep_token(tx, now, holder->ref, person.id_token); });
    return done;
}

bool SecondFactors::linked(const Holder& holder) const {
    return access_.db().read([&](Tx& tx) { return directory::linked(tx, holder.account); });
}

std::string SecondFactors::sign_out(const Holder& holder, std::string_view request) {
    auto token = access_.db().write([&](Tx& tx) { return directory::take_token(tx, holder.ref); });
    access_.sign_out(holder, request);
    return token;
}

bool reset_factors(Tx& tx, Seconds now, const Account& account, std::string_view base_url) {
    const bool any = factors::reset(tx, account.id);
    end_sessions(tx, account.id, "");
    const auto roles = roles_of(tx, account.email);
    if (!any || roles.empty()) return any;
    contact::Message message;
    message.purpose = contact::Purpose::staff;
    message.key = "factors_reset:" + account.id + ":" + std::to_string(now);
    message.email = account.email;
    message.name = roles.front().name;
    message.locale = account.locale.empty() ? roles.front().locale : account.locale;
    message.about = "account:" + account.id;
    message.mail_template = "factors_reset";
    message.data = nlohmann::json({{"LINK", std::string(base_url) + "/office/"}, {"AT", now}}).dump();
    contact::queue(tx, now, message);
    return any;
}

}  // namespace verbatim::access
