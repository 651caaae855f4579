// Messages wait here, in the transaction that causes them, until the post takes them.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "ground/crypto/crypto.h"
#include "record/contact/channels.h"
#include "record/contact/consents.h"
#include "record/contact/contact.h"
#include "record/contact/outbox.h"
#include "record/contact/pace.h"
#include "record/contact/topics.h"
#include "record/links/links.h"

namespace verbatim::contact {
namespace {

using storage::Sql;
using storage::Tx;

constexpr Sql insert_message(R"sql(
INSERT INTO message (id, unique_key, purpose, customer, locale, about, mail_template, sealed, site_name, state, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', $10) ON CONFLICT (unique_key) DO NOTHING)sql");
constexpr Sql count_states("SELECT state, COUNT(*) FROM message GROUP BY state");
constexpr Sql select_state("SELECT state FROM message WHERE unique_key = $1");
constexpr Sql touch_customer("UPDATE customer SET last_contact_at = $2 WHERE id = $1");

std::optional<std::string_view> or_null(std::string_view text) { return text.empty() ? std::nullopt : std::optional(text); }

// Ends the holder of a link that came with a letter of the plan.
constexpr std::string_view of_the_plan = " plan";
std::string_view customer_of(std::string_view holder) { return holder.ends_with(of_the_plan) ? holder.substr(0, holder.size() - of_the_plan.size()) : holder; }

// One member more at the end of an object, which is not read for it: thousands of letters are queued at once.
void add_member(std::string& object, const char* name, const nlohmann::json& value) {
    const auto end = object.find_last_of('}');
    if (end == std::string::npos) throw std::logic_error("the data of a message is no object");
    const bool first = object.find('"') == std::string::npos;
    object.resize(end);
    ((((object += first ? "\"" : ",\"") += name) += "\":") += value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)) += '}';
}

std::string mask(std::string_view email) {
    const auto at = email.find('@');
    if (at == std::string_view::npos || at == 0) return "…";
    return std::string(email.substr(0, 1)) + "…" + std::string(email.substr(at));
}

}  // namespace

bool may_leave(std::string_view topic) { return topic != "service" && topic != "staff"; }

std::string issue_way_out(Tx& tx, Seconds now, std::string_view customer, std::string_view topic) {
    const auto holder = topic == "invitation" ? std::string(customer) : std::string(customer) + std::string(of_the_plan);
    return links::issue(tx, now, links::Purpose::unsubscribe, customer, holder, 0);
}

bool owes_notice(Tx& tx, const Customer& person) { return person.source == "dealer" && !notice_given(tx, person.id); }

std::string keep_row(Tx& tx, Seconds now, const Message& message, std::string_view topic, std::string_view locale, std::string_view way, const Letter& letter) {
    auto id = crypto::random_id(20);
    const auto inserted = tx.exec(insert_message, id, message.key, topic, or_null(message.customer), or_null(locale), or_null(message.about), way,
                                  storage::Blob{seal_letter(id, letter)}, or_null(message.site_name), now);
    if (inserted == 0) return {};
    if (!message.customer.empty()) tx.exec(touch_customer, message.customer, now);
    return id;
}

Queued queue(Tx& tx, Seconds now, const Message& message) {
    constexpr std::string_view purposes[] = {"invitation", "service", "staff"};
    return queue_as(tx, now, message, purposes[static_cast<int>(message.purpose)]);
}

Queued queue_as(Tx& tx, Seconds now, const Message& message, std::string_view topic) {
    std::string locale = message.locale;
    std::string data = message.data;
    if (!message.customer.empty()) {
        const auto person = find_customer(tx, message.customer);
        if (!person || person->email.empty()) return Queued::no_address;
        if (locale.empty()) locale = person->locale;
        // GDPR 14(3)b: whom a dealer named is told so with the first message (norm GDP-2). "First" is settled when one was sent.
        if (owes_notice(tx, *person)) {
            add_member(data, "NOTICE", true);
            add_member(data, "NOTICE_SOURCE", !message.site_name.empty() ? message.site_name : person->source_site);
        }
        if (may_leave(topic)) {
            if (may_reach(tx, *person, "mail", topic) == Queued::opted_out) return Queued::opted_out;
            add_member(data, "unsubscribe_token", issue_way_out(tx, now, message.customer, topic));
        }
    } else if (message.email.empty()) {
        return Queued::no_address;
    }
    const auto id = keep_row(tx, now, message, topic, locale, message.mail_template, {message.email, message.name, data});
    if (id.empty()) return Queued::already_there;
    jobs::Wish wish;
    wish.max_attempts = mail_attempts;  // with the longest pause of six hours: a mail server may be away for a week and more
    jobs::enqueue(tx, ManualClock(now), "mail", id, wish);
    return Queued::queued;
}

std::optional<Preferences> preferences(Tx& tx, Seconds now, std::string_view token) {
    const auto link = links::find(tx, now, links::Purpose::unsubscribe, token);
    if (!link) return std::nullopt;
    const auto person = find_customer(tx, customer_of(link->holder));
    if (!person) return std::nullopt;
    const auto addresses = addresses_of(tx, *person);
    const bool closed = std::any_of(addresses.begin(), addresses.end(), [&](const std::string& one) { return suppressed(tx, one, Purpose::invitation); });
    return Preferences{mask(person->email), person->locale, !closed};
}

bool set_preferences(Tx& tx, Seconds now, std::string_view token, bool invitations, std::string_view source) {
    const auto link = links::find(tx, now, links::Purpose::unsubscribe, token);
    if (!link) return false;
    const auto person = find_customer(tx, customer_of(link->holder));
    if (!person) return false;
    for (const auto& address : addresses_of(tx, *person)) {
        if (invitations) allow(tx, address, Purpose::invitation);
        else suppress(tx, now, address, Purpose::invitation, "unsubscribed");
    }
    // Taking it back is as easy as giving it, and as well proven (GDPR 7(3)).
    const std::string customer(customer_of(link->holder));
    const Consent said{customer, "invitation", invitations ? "yes" : "no", std::string(privacy_notice_version), std::string(source), {}, now};
    note_consents(tx, {&said, 1});
    if (!invitations && link->holder.ends_with(of_the_plan)) {
        for (const char* topic : {"marketing", "survey"}) {
            for (const auto& address : addresses_of(tx, *person)) suppress_as(tx, now, address, topic, "unsubscribed");
            const Consent left{customer, topic, "no", std::string(privacy_notice_version), std::string(source), {}, now};
            note_consents(tx, {&left, 1});
        }
    }
    return true;
}

std::optional<Preferences> Desk::preferences(std::string_view token) const {
    return db_.read([&](Tx& tx) { return contact::preferences(tx, clock_.now(), token); });
}

bool Desk::set_preferences(std::string_view token, bool invitations, std::string_view source) {
    return db_.write([&](Tx& tx) { return contact::set_preferences(tx, clock_.now(), token, invitations, source); });
}

std::string state_of(Tx& tx, std::string_view key) { return tx.row<std::string>(select_state, key).value_or(std::string()); }

std::vector<WaitingLetter> waiting_letters(Tx& tx) {
    std::vector<WaitingLetter> all;
    tx.each("SELECT id, mail_template, COALESCE(customer, ''), sealed FROM message WHERE state = 'waiting' AND sealed IS NOT NULL ORDER BY created_at, id", [&](const storage::Row& row) {
        auto letter = open_letter(row.text(0), row.bytes(3));
        all.push_back({std::string(row.text(1)), std::string(row.text(2)), std::move(letter.email), std::move(letter.name), std::move(letter.data)});
    });
    return all;
}

PostCounts post_counts(Tx& tx) {
    PostCounts counts;
    tx.each(count_states, [&](const storage::Row& row) {
        const auto state = row.text(0);
        if (state == "waiting") counts.waiting = row.integer(1);
        if (state == "sent") counts.sent = row.integer(1);
        if (state == "refused") counts.refused = row.integer(1);
    });
    return counts;
}

}  // namespace verbatim::contact
