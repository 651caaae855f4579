// From a waiting row to a delivered message. The row is marked in the transaction that finishes its job; killed between
// delivery and that commit, the same message goes again under the same Message-ID, and no other does.
#include <nlohmann/json.hpp>

#include "engine/mail/dns_policy.h"
#include "engine/render/letters.h"
#include "ground/base/log.h"
#include "record/contact/agreed.h"
#include "record/contact/bounces.h"
#include "record/contact/channels.h"
#include "record/contact/clicks.h"
#include "record/contact/contact.h"
#include "record/contact/identity.h"
#include "record/contact/letter_forms.h"
#include "record/contact/outbox.h"
#include "record/contact/pace.h"
#include "record/contact/topics.h"
#include "record/links/links.h"

namespace verbatim::contact {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

#define MESSAGES "SELECT m.id, m.purpose, m.customer, i.sealed, m.locale, m.mail_template, m.sealed, m.site_name, m.created_at, m.state, m.about "
constexpr Sql select_messages(MESSAGES "FROM json_each($1) k CROSS JOIN message m ON m.id = k.value LEFT JOIN customer_identity i ON i.customer = m.customer",
                              MESSAGES "FROM jsonb_array_elements_text(CAST($1 AS JSONB)) k(value) JOIN message m ON m.id = k.value LEFT JOIN customer_identity i ON i.customer = m.customer");
#undef MESSAGES
constexpr Sql insert_notice("INSERT INTO privacy_notice (customer, version, message, sent_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");
constexpr Sql mark_sent("UPDATE message SET state = 'sent', sent_at = $2, reply = $3, sealed = NULL WHERE id = $1");
constexpr Sql mark_refused("UPDATE message SET state = 'refused', sent_at = $2, reply = $3, sealed = NULL WHERE id = $1");
constexpr Sql mark_unwanted("UPDATE message SET state = 'cancelled', sealed = NULL WHERE id = $1");
constexpr Sql mark_retry("UPDATE message SET reply = $2 WHERE id = $1");

constexpr std::string_view letter_prefix = "letter_";  // mail_template of a letter of assets/letters

struct Waiting {
    std::string id, purpose, customer, email, name, first_name, locale, mail_template, data, site_name, about;
    Seconds created_at = 0;
    bool ready = false;
    bool measured = false;  // its person agreed to that (norm EML-11)
    bool unwanted = false;  // its person opted out while it waited (norm EML-4)
    bool notice = false;    // it tells its person who gave us the address (norm GDP-2)
};

Waiting read_waiting(const Row& row) {
    const auto text = [&](int column) { return row.is_null(column) ? std::string() : std::string(row.text(column)); };
    Waiting message;
    message.id = text(0);
    message.purpose = text(1);
    message.customer = text(2);
    message.locale = text(4);
    message.mail_template = text(5);
    message.site_name = text(7);
    message.created_at = row.integer(8);
    message.about = text(10);
    if (row.text(9) != "waiting" || row.is_null(6)) return message;
    auto letter = open_letter(message.id, row.bytes(6));
    message.email = std::move(letter.email);
    message.name = std::move(letter.name);
    message.data = std::move(letter.data);
    if (!row.is_null(3)) {
        Customer person;
        open_identity(message.customer, row.bytes(3), person);
        if (message.email.empty()) message.email = person.email;
        if (message.name.empty() && !person.first_name.empty()) message.name = person.first_name + (person.last_name.empty() ? "" : " " + person.last_name);
        message.first_name = person.first_name;
    }
    message.ready = !message.email.empty() && !message.data.empty();
    return message;
}

// Servers like to repeat the address they refuse; the answer is kept and logged without it.
std::string without_address(std::string_view reply, const std::string& email) {
    std::string out(reply);
    const auto address = normal_address(email);
    const auto local = address.substr(0, address.find('@'));
    for (const auto& part : {address, local}) {
        if (part.size() < 3) continue;
        for (std::size_t at = normal_address(out).find(part); at != std::string::npos; at = normal_address(out).find(part)) out.replace(at, part.size(), "*");
    }
    return out;
}

// Whoever asked for an invitation learns that it will not arrive (the table of app/server/life.cpp).
void raise(Tx& tx, Seconds now, std::string_view happened, const Waiting& message) {
    if (message.purpose == "invitation" && !message.about.empty()) jobs::enqueue(tx, ManualClock(now), "life", std::string(happened) + " " + message.about);
}

}  // namespace

struct Post::Impl {
    storage::Db& db;
    const Clock& clock;
    const render::Renderer& renderer;
    std::unique_ptr<mail::Transport> transport;
    Sender sender;
    std::map<std::string, Files> files = {};
    LetterForms forms = {};

    // A letter of the contact plan: its subject stands in the plan, its layout and words are in languages of their own. What is the same
    // for many is made once (letter_forms.h), so its data is not made a tree of for each.
    std::string write_letter(Waiting& waiting, mail::Message& message) {
        auto data = read_letter_data(waiting.data);
        const auto link = [&](const std::string& to) { return sender.base_url + click_path(waiting.id, to); };
        const auto family = std::string_view(waiting.mail_template).substr(letter_prefix.size());
        const auto platform_language = renderer.locale(waiting.locale).tag();
        waiting.notice = data.notice;
        if (data[Personal::first_name].empty()) data[Personal::first_name] = waiting.first_name;
        if (!data.unsubscribe_token.empty()) data[Personal::unsubscribe_url] = message.list_unsubscribe_url = way_out(data.unsubscribe_token);
        data[Personal::link] = link(data.target);
        if (data.opens && waiting.measured && !data.unsubscribe_token.empty()) data[Personal::pixel] = sender.base_url + open_path(waiting.id);
        if (family == "invitation")
            for (std::size_t n = 0; n < 5; ++n) data.values[static_cast<std::size_t>(Personal::star) + n] = link(data.target + "?n=" + std::to_string(n + 1));
        message.subject = data[Personal::subject];
        message.language = render::letters().locale(data.language).language();
        return forms.compose(message, family, platform_language, data, [&] {
            auto whole = nlohmann::json::parse(waiting.data);
            whole.erase("TARGET");  // it is in the links
            whole.erase("unsubscribe_token");
            whole.erase("OPENS");
            whole["BRAND"] = sender.brand, whole["OPERATOR"] = sender.operator_name, whole["BASE_URL"] = sender.base_url, whole["PLATFORM_LANG"] = platform_language;
            put_values(data, whole);
            return whole;
        });
    }

    std::string way_out(const std::string& token) const { return sender.base_url + "/u/" + token; }

    // Any other mail, by its template of the site.
    std::string write_mail(Waiting& waiting, mail::Message& message) {
        const auto& locale = renderer.locale(waiting.locale);
        auto data = nlohmann::json::parse(waiting.data);
        data["BRAND"] = sender.brand;
        data["OPERATOR"] = sender.operator_name;
        data["BASE_URL"] = sender.base_url;
        waiting.notice = data.contains("NOTICE");
        if (!data.contains("FIRST_NAME")) data["FIRST_NAME"] = waiting.first_name;
        if (data.contains("unsubscribe_token")) {
            message.list_unsubscribe_url = way_out(data["unsubscribe_token"].get<std::string>());
            data["UNSUBSCRIBE_URL"] = message.list_unsubscribe_url;
            data.erase("unsubscribe_token");
        }
        if (const auto found = files.find(waiting.mail_template); found != files.end()) message.attachments = found->second(data);
        std::vector<render::Argument> arguments;
        for (const auto& [name, value] : data.items()) {
            if (value.is_string()) arguments.emplace_back(name, std::string_view(value.get_ref<const std::string&>()));
            else if (value.is_number_integer()) arguments.emplace_back(name, value.get<std::int64_t>());
        }
        message.subject = locale.text("mail." + waiting.mail_template + ".subject", arguments);
        data["SUBJECT"] = message.subject;
        message.text = renderer.plain("mail_" + waiting.mail_template + "_text", locale, data);
        message.html = renderer.html("mail_" + waiting.mail_template, locale, data);
        message.language = locale.language();
        return mail::compose(message);
    }

    Result<mail::Envelope> write(Waiting& waiting) {
        mail::Message message;
        message.from = {waiting.site_name.empty() ? sender.from_name : waiting.site_name + " · " + sender.from_name, sender.from_email};
        message.to = {waiting.name, waiting.email};
        message.message_id = waiting.id + "@" + sender.from_email.substr(sender.from_email.find('@') + 1);
        message.date = waiting.created_at;
        std::string composed = waiting.mail_template.starts_with(letter_prefix) ? write_letter(waiting, message) : write_mail(waiting, message);
        const auto back = sender.bounce_domain.empty() ? std::string() : return_path(waiting.id, sender.bounce_domain);
        if (!sender.dkim.empty()) {
            // RFC 9477: complaints may come to the message's own return address, signed and where the signature's domain answers for it (norm EML-9).
            if (!back.empty() && mail::aligned(sender.dkim[0].domain, sender.bounce_domain, false)) composed = "CFBL-Address: " + back + ";\r\n report=arf\r\nCFBL-Feedback-ID: " + back.substr(0, back.find('@')) + "\r\n" + composed;
            auto signed_message = mail::sign(std::move(composed), sender.dkim, clock.now());
            if (!signed_message) return signed_message.error();
            composed = std::move(signed_message).value();
        }
        return mail::Envelope{back.empty() ? sender.from_email : back, waiting.email, std::move(composed)};
    }

    // Whose letters may tell that they were opened: the consent is asked when a letter leaves, and again when its picture is.
    static void ask_who_is_measured(Tx& tx, std::vector<Waiting>& waiting) {
        auto customers = nlohmann::json::array();
        const auto wanted = [](const Waiting& one) { return one.ready && one.data.find("\"OPENS\"") != std::string::npos; };
        for (const auto& one : waiting)
            if (wanted(one)) customers.push_back(one.customer);
        if (customers.empty()) return;
        const auto agreed = agreed_among(tx, customers.dump(), measuring);
        for (auto& one : waiting) one.measured = wanted(one) && agreed.contains(one.customer);
    }

    // In the order of the batch; one that is not there any more is not ready.
    std::vector<Waiting> read_batch(std::span<const jobs::Job> batch) {
        auto ids = nlohmann::json::array();
        std::unordered_map<std::string_view, std::size_t> places;
        for (const auto& job : batch) places.emplace(job.payload, ids.size()), ids.push_back(job.payload);
        return db.read([&](Tx& tx) {
            std::vector<Waiting> waiting(batch.size());
            tx.each(select_messages, [&](const Row& row) { waiting[places.at(row.text(0))] = read_waiting(row); }, ids.dump());
            for (auto& one : waiting) one.unwanted = one.ready && may_leave(one.purpose) && suppressed_as_either(tx, one.email, one.purpose, closed_channel("mail"));
            ask_who_is_measured(tx, waiting);
            return waiting;
        });
    }

    std::vector<Result<void>> deliver(std::span<const jobs::Job> batch) {
        auto waiting = read_batch(batch);
        std::vector<Result<void>> results(batch.size());
        std::vector<mail::Envelope> envelopes;
        std::vector<std::size_t> place;
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (!waiting[i].ready) continue;  // sent before, cancelled, or its person was erased
            if (waiting[i].unwanted) {
                db.write([&](Tx& tx) {
                    tx.exec(mark_unwanted, waiting[i].id);
                    raise(tx, clock.now(), "mail_unwanted", waiting[i]);
                });
                continue;
            }
            if (!mail::valid_address(waiting[i].email)) {
                db.write([&](Tx& tx) {
                    tx.exec(mark_refused, waiting[i].id, clock.now(), "not an address we can write to");
                    raise(tx, clock.now(), "mail_refused", waiting[i]);
                });
                continue;
            }
            auto envelope = write(waiting[i]);
            if (!envelope) {
                results[i] = envelope.error();
                continue;
            }
            envelopes.push_back(std::move(envelope).value());
            place.push_back(i);
        }
        if (envelopes.empty()) return results;
        const auto outcomes = transport->deliver(envelopes);
        db.write([&](Tx& tx) {
            const auto now = clock.now();
            std::vector<std::string> replies(outcomes.size());
            std::vector<std::tuple<std::string_view, Seconds, std::string_view>> sent;
            std::vector<jobs::Job> over;
            for (std::size_t n = 0; n < outcomes.size(); ++n) {
                const auto i = place[n];
                const auto& outcome = outcomes[n];
                const auto& reply = replies[n] = without_address(outcome.reply, waiting[i].email);
                const auto until = outcome.delivery == mail::Delivery::retry ? held_until(outcome.reply, now) : std::nullopt;
                if (outcome.delivery == mail::Delivery::sent) {
                    sent.emplace_back(waiting[i].id, now, reply);
                    if (waiting[i].notice) tx.exec(insert_notice, waiting[i].customer, privacy_notice_version, waiting[i].id, now);
                } else if (outcome.delivery == mail::Delivery::refused) {
                    tx.exec(mark_refused, waiting[i].id, now, reply);
                    raise(tx, now, "mail_refused", waiting[i]);
                } else if (until) {
                    // Not its turn yet: no try was made, so none is counted.
                    jobs::Wish later;
                    later.run_at = *until, later.max_attempts = mail_attempts;
                    jobs::enqueue(tx, clock, "mail", waiting[i].id, later);
                } else {
                    tx.exec(mark_retry, waiting[i].id, reply);
                    continue;
                }
                over.push_back(batch[i]);
            }
            tx.exec_many(mark_sent, sent);
            jobs::finish(tx, over);
        });
        for (std::size_t n = 0; n < outcomes.size(); ++n) {
            if (outcomes[n].delivery == mail::Delivery::retry) {
                if (held_until(outcomes[n].reply, 0)) continue;
                // The answer stands with the message, where an erasure finds it: servers like to repeat the address.
                results[place[n]] = Error{ErrorKind::unavailable, "mail_later", "the mail server did not take it", {}};
            } else if (outcomes[n].delivery == mail::Delivery::refused) {
                log::warning("mail refused", {{"message", waiting[place[n]].id}, {"reply", without_address(outcomes[n].reply, waiting[place[n]].email)}});
            }
        }
        return results;
    }
};

Post::Post(storage::Db& db, const Clock& clock, const render::Renderer& renderer, std::unique_ptr<mail::Transport> transport, Sender sender)
    : impl_(new Impl{db, clock, renderer, std::move(transport), std::move(sender)}) {}
Post::~Post() = default;

void Post::attach(std::string mail_template, Files files) { impl_->files[std::move(mail_template)] = std::move(files); }

void Post::stop() { impl_->transport->stop(); }

void Post::handle(jobs::Runner& runner) {
    runner.handle_batch("mail", [this](std::span<const jobs::Job> batch) { return impl_->deliver(batch); });
}

}  // namespace verbatim::contact
