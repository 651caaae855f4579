// Passwords: signing in, one-time links, changing. A hash costs 64 MiB and 60 ms, so it is made outside every transaction and by two
// at a time; the attempt is counted before, so that a hundred at once are a hundred.
#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <semaphore>

#include "ground/base/calendar.h"
#include "ground/crypto/crypto.h"
#include "ground/crypto/password.h"
#include "ground/formats/mailbox.h"
#include "ground/formats/text_codes.h"
#include "record/access/access.h"
#include "record/access/password_rules.h"
#include "record/access/throttle.h"
#include "record/contact/contact.h"
#include "record/factors/factors.h"
#include "record/links/links.h"
#include "record/network/branches.h"

namespace verbatim::access {
namespace {

using links::Purpose;
using storage::Tx;

constexpr int links_an_hour = 3;

std::counting_semaphore<> hashing(2);

// false: too many wait already.
class HashingSlot {
public:
    HashingSlot() : taken_(hashing.try_acquire_for(std::chrono::seconds(10))) {}
    ~HashingSlot() {
        if (taken_) hashing.release();
    }
    HashingSlot(const HashingSlot&) = delete;
    HashingSlot& operator=(const HashingSlot&) = delete;
    explicit operator bool() const { return taken_; }

private:
    bool taken_;
};

SignIn refused(Error error, int wait = 0) {
    SignIn answer;
    answer.error = std::move(error);
    answer.wait_seconds = wait;
    return answer;
}

SignIn busy() { return refused({ErrorKind::unavailable, "busy", "too many sign in at once; try again in a moment", {}}, 5); }
SignIn wait_for(int seconds) {
    return refused({ErrorKind::too_many, "sign_in_wait", "too many wrong passwords from here: wait " + std::to_string(seconds) + " seconds, or ask for a link by mail", {}}, seconds);
}
SignIn wrong() { return refused(forbidden("sign_in_refused", "address or password is wrong")); }

TrailLine line_of(Seconds now, const Account& account, std::string_view via, std::string_view ref, std::string_view act, std::string_view outcome, std::string_view request) {
    return {0, now, account.email, "", "", std::string(via), std::string(ref), std::string(act), "account=" + account.id, std::string(outcome), std::string(request), {}};
}

std::string device_hash(std::string_view token) { return to_hex(crypto::sha256(token)); }

}  // namespace

void queue_link(Tx& tx, const Access& access, const Account& account, const network::Person& person) {
    const auto now = access.clock().now();
    const auto until = now + access.options().link_hours * one_hour;
    const auto token = links::issue(tx, now, Purpose::password, account.id, account.email, until);
    contact::Message message;
    message.purpose = contact::Purpose::staff;
    message.key = "password_link:" + to_hex(crypto::sha256(token)).substr(0, 24);
    message.email = account.email;
    message.name = person.name;
    message.locale = account.locale.empty() ? person.locale : account.locale;
    message.about = "account:" + account.id;
    message.mail_template = "password_link";
    message.data = nlohmann::json({{"LINK", access.options().base_url + "/office/password/" + token}, {"UNTIL", until}, {"FIRST", account.password.empty()}}).dump();
    contact::queue(tx, now, message);
}

Level Access::level_after_password(Tx& tx, const Account& account) const {
    if (factors::held(tx, account.id).any()) return Level::factor;
    return options_.second_factor_required ? Level::enrol : Level::full;
}

SignIn Access::admit(Tx& tx, const Account& account, Level level, std::string_view how, const Device& device, std::string_view request) const {
    const auto now = clock_.now();
    const auto opened = open_session(tx, now, account, level, device, options_.session_hours);
    if (!opened) {
        append(tx, line_of(now, account, "web", "", how, "refused", request));
        return wrong();
    }
    SignIn answer;
    answer.token = opened->token;
    answer.ends_at = opened->ends_at;
    answer.lives_seconds = opened->ends_at - now;
    answer.level = level;
    if (level == Level::factor) answer.methods = factors::held(tx, account.id).methods();
    else answer.device = keep_device(tx, now, account.id, device);
    auto line = line_of(now, account, "session", opened->id, how, level == Level::full ? "done" : std::string(to_word(level)), request);
    // As what the session begins: the role the account acted as last, else its mightiest (open_session).
    const auto roles = roles_of(tx, account.email);
    const auto last = std::find_if(roles.begin(), roles.end(), [&](const network::Person& one) { return one.id == account.person; });
    const auto actor = network::actor_of(last == roles.end() ? roles.front() : *last);
    line.role = actor.role;
    line.branch = network::branch_of(actor);
    append(tx, std::move(line));
    return answer;
}

SignIn Access::sign_in(std::string_view email, std::string_view password, const Device& device, std::string_view request) {
    const auto now = clock_.now();
    const auto key = mailbox_key(email.substr(0, 254));
    if (key.empty() || password.empty() || password.size() > crypto::longest_password) return wrong();
    std::optional<Account> account;
    const auto attempt = db_.write([&](Tx& tx) {
        account = find_account_by_email(tx, key);
        const bool known = account && is_known_device(tx, account->id, device.known);
        return begin_attempt(tx, now, key, known ? device_hash(device.known) : std::string(), device.address);
    });
    if (attempt.wait_seconds > 0) return wait_for(attempt.wait_seconds);
    bool right = false;
    {
        const HashingSlot slot;
        if (!slot) return busy();
        if (account && !account->password.empty()) right = crypto::password_matches(account->password, password);
        else crypto::match_nothing(password);
    }
    if (!account) return wrong();  // no line in the trail: whoever was typed there is nobody of the house
    return db_.write([&](Tx& tx) {
        if (!right) {
            append(tx, line_of(now, *account, "web", "", "sign_in", "refused", request));
            return wrong();
        }
        const auto fresh = find_account(tx, account->id);
        if (!fresh || fresh->password != account->password) return wrong();  // changed meanwhile
        attempt_succeeded(tx, attempt);
        return admit(tx, *fresh, level_after_password(tx, *fresh), "sign_in", device, request);
    });
}

SignIn Access::pass_factor(const Holder& holder, std::string_view method, const std::function<std::optional<Error>(Tx&)>& check, const Device& device, std::string_view request) {
    const auto now = clock_.now();
    return db_.write([&](Tx& tx) {
        const auto account = find_account(tx, holder.account);
        if (!account) return wrong();
        const auto act = "second_factor " + std::string(method);
        if (auto error = check(tx)) {
            append(tx, line_of(now, *account, "session", holder.ref, act, "refused", request));
            return refused(std::move(*error));
        }
        const auto renewed = renew_session(tx, now, holder.ref, Level::full, options_.session_hours);
        if (!renewed) return wrong();
        SignIn answer;
        answer.token = renewed->token;
        answer.ends_at = renewed->ends_at;
        answer.lives_seconds = renewed->ends_at - now;
        answer.device = keep_device(tx, now, account->id, device);
        append(tx, line_of(now, *account, "session", holder.ref, act, "done", request));
        return answer;
    });
}

void Access::mail_link(std::string_view email, std::string_view request) {
    const auto now = clock_.now();
    const auto key = mailbox_key(email.substr(0, 254));
    db_.write([&](Tx& tx) {
        // Written for strangers too: neither the answer nor its time tells who works here.
        if (!take_one_of(tx, now, "password link", key, links_an_hour)) return;
        const auto roles = roles_of(tx, key);
        if (roles.empty()) return;
        const auto account = keep_account(tx, now, key);
        if (!account.active) return;
        queue_link(tx, *this, account, roles.front());
        append(tx, line_of(now, account, "web", "", "password_link", "done", request));
    });
}

Result<Access::LinkView> Access::look_at_link(std::string_view link) const {
    return db_.read([&](Tx& tx) -> Result<LinkView> {
        const auto found = links::find(tx, clock_.now(), Purpose::password, link);
        if (!found) return not_found("link_unknown", "this link is not known");
        if (found->state != links::State::open) return gone("link_" + std::string(links::to_word(found->state)), "this link was used or its time is over; ask for another");
        const auto account = find_account(tx, found->ref);
        const auto roles = account ? roles_of(tx, account->email) : std::vector<network::Person>();
        if (roles.empty()) return gone("link_withdrawn", "there is no such account any more");
        return LinkView{account->email, roles.front().name, account->locale.empty() ? roles.front().locale : account->locale, account->password.empty()};
    });
}

SignIn Access::set_password(std::string_view link, std::string_view password, const Device& device, std::string_view request) {
    const auto now = clock_.now();
    const auto seen = look_at_link(link);
    if (!seen) return refused(seen.error());
    if (auto good = check_password(password, options_.password_length, own_words(seen->email, seen->name, options_.brand)); !good) return refused(good.error());
    std::string hash;
    {
        const HashingSlot slot;
        if (!slot) return busy();
        hash = crypto::hash_password(password);
    }
    return db_.write([&](Tx& tx) {
        const auto found = links::find(tx, now, Purpose::password, link);
        if (!found || !links::use(tx, now, Purpose::password, link)) return refused(gone("link_used", "this link was used meanwhile; ask for another"));
        const auto account = find_account(tx, found->ref);
        if (!account || !account->active) return wrong();
        links::withdraw(tx, Purpose::password, found->ref);  // any other that waits in a mailbox
        keep_password(tx, now, account->id, hash);
        end_sessions(tx, account->id, "");
        append(tx, line_of(now, *account, "web", "", "set_password", "done", request));
        return admit(tx, *account, level_after_password(tx, *account), "sign_in_by_link", device, request);
    });
}

SignIn Access::change_password(const Holder& holder, std::string_view current, std::string_view password, const Device& device, std::string_view request) {
    const auto now = clock_.now();
    std::optional<Account> account;
    std::string name;
    const auto attempt = db_.write([&](Tx& tx) {
        account = find_account(tx, holder.account);
        for (const auto& role : roles_of(tx, holder.actor.id)) name += role.name + " ";
        // Who found a screen unlocked may not guess on without end either.
        return begin_attempt(tx, now, holder.actor.id, "session " + holder.ref, device.address);
    });
    if (!account) return wrong();
    if (attempt.wait_seconds > 0) return wait_for(attempt.wait_seconds);
    if (auto good = check_password(password, options_.password_length, own_words(account->email, name, options_.brand)); !good) return refused(good.error());
    std::string hash;
    bool right = false;
    {
        const HashingSlot slot;
        if (!slot) return busy();
        right = !account->password.empty() && crypto::password_matches(account->password, current);
        if (right) hash = crypto::hash_password(password);
    }
    return db_.write([&](Tx& tx) {
        if (!right) {
            append(tx, line_of(now, *account, "session", holder.ref, "change_password", "refused", request));
            return refused(forbidden("password_wrong", "the current password is wrong"));
        }
        attempt_succeeded(tx, attempt);
        keep_password(tx, now, account->id, hash);
        end_sessions(tx, account->id, holder.ref);
        const auto renewed = renew_session(tx, now, holder.ref, Level::full, options_.session_hours);
        append(tx, line_of(now, *account, "session", holder.ref, "change_password", "done", request));
        if (!renewed) return wrong();
        SignIn answer;
        answer.token = renewed->token;
        answer.ends_at = renewed->ends_at;
        answer.lives_seconds = renewed->ends_at - now;
        answer.device = keep_device(tx, now, account->id, device);
        return answer;
    });
}

}  // namespace verbatim::access
