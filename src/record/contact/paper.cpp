#include "record/contact/paper.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <nlohmann/json.hpp>

#include "engine/render/letters.h"
#include "ground/base/calendar.h"
#include "record/contact/channels.h"
#include "record/contact/outbox.h"
#include "record/contact/postal.h"
#include "record/vault/reseal.h"
#include "record/vault/vault.h"

namespace verbatim::contact {
namespace {

using nlohmann::json;
using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql insert_item("INSERT INTO print_item (message, run, place) VALUES ($1, 0, 0)");
constexpr Sql waiting_items(R"sql(
SELECT p.message, COALESCE(m.state, ''), COALESCE(m.purpose, ''), COALESCE(m.customer, ''), m.sealed, COALESCE(m.site_name, ''), COALESCE(m.about, '')
FROM print_item p LEFT JOIN message m ON m.id = p.message WHERE p.run = 0 ORDER BY p.message LIMIT $1)sql");
constexpr Sql drop_item("DELETE FROM print_item WHERE message = $1");
constexpr Sql insert_run("INSERT INTO print_run (at, by_whom, letters) VALUES ($1, $2, $3) RETURNING number");
constexpr Sql freeze("UPDATE print_item SET run = $2, place = $3, sealed = $4, address_hash = $5 WHERE message = $1");
constexpr Sql take_words("UPDATE message SET sealed = NULL WHERE id = $1");
constexpr Sql mark_unwanted("UPDATE message SET state = 'cancelled', sealed = NULL WHERE id = $1");
#define RUN "SELECT number, letters, at, written_at FROM print_run "
constexpr Sql open_runs(RUN "WHERE written_at IS NULL ORDER BY number");
constexpr Sql one_run(RUN "WHERE number = $1");
constexpr Sql newest_runs(RUN "ORDER BY number DESC LIMIT $1");
constexpr Sql items_of("SELECT place, message, sealed, returned_at FROM print_item WHERE run = $1 AND sealed IS NOT NULL AND place BETWEEN $2 AND $3 ORDER BY place");
constexpr Sql close_run("UPDATE print_run SET written_at = $2 WHERE number = $1 AND written_at IS NULL");
constexpr Sql mark_sent("UPDATE message SET state = 'sent', sent_at = $2 WHERE state = 'waiting' AND id IN (SELECT message FROM print_item WHERE run = $1)");
constexpr Sql note_notices(R"sql(
INSERT INTO privacy_notice (customer, version, message, sent_at)
SELECT m.customer, $2, MIN(m.id), $3 FROM print_item p JOIN message m ON m.id = p.message WHERE p.run = $1 AND m.customer IS NOT NULL GROUP BY m.customer ON CONFLICT DO NOTHING)sql");
constexpr Sql thaw(R"sql(
UPDATE print_item SET sealed = NULL WHERE message IN (
  SELECT p.message FROM print_item p JOIN print_run r ON r.number = p.run WHERE r.written_at < $1 AND p.sealed IS NOT NULL ORDER BY p.run, p.place LIMIT $2))sql");
constexpr Sql item_at(R"sql(
SELECT message, returned_at, address_hash FROM print_item WHERE run = $1 AND place = $2)sql");
constexpr Sql mark_returned("UPDATE print_item SET returned_at = $2, why = $3 WHERE message = $1");
constexpr Sql note_reply("UPDATE message SET reply = 'returned undelivered' WHERE id = $1");
constexpr Sql forget("UPDATE print_item SET sealed = NULL WHERE message IN (SELECT id FROM message WHERE customer = $1)");

constexpr Sql next_items("SELECT message, sealed FROM print_item WHERE message > $1 AND sealed IS NOT NULL ORDER BY message LIMIT $2");
constexpr Sql update_sealed("UPDATE print_item SET sealed = $2 WHERE message = $1");

std::string place_of(std::string_view message) { return "print " + std::string(message); }

PrintRun read_run(const Row& row) {
    PrintRun run{row.integer(0), row.integer(1), row.integer(2), {}};
    if (!row.is_null(3)) run.written_at = row.integer(3);
    return run;
}

std::string reference_of(std::int64_t run, std::int64_t place) {
    auto digits = std::to_string(place);
    return std::to_string(run) + "-" + std::string(digits.size() < 5 ? 5 - digits.size() : 0, '0') + digits;
}

std::string freeze_letter(const PaperLetter& one, std::string_view message) {
    const json list = json::array({one.name, one.street, one.postcode, one.city, one.country, one.language, one.campaign, one.from, one.subject, one.body});
    return vault::seal(list.dump(-1, ' ', false, json::error_handler_t::replace), place_of(message));
}

PaperLetter thawed(std::string_view message, std::string_view sealed) {
    const auto list = json::parse(vault::unseal(sealed, place_of(message)));
    PaperLetter one;
    std::string* const fields[] = {&one.name, &one.street, &one.postcode, &one.city, &one.country, &one.language, &one.campaign, &one.from, &one.subject, &one.body};
    for (std::size_t i = 0; i < std::size(fields); ++i) *fields[i] = list.at(i).get<std::string>();
    return one;
}

// The words a mail's plain part has, with the dealer's page where a mail has a signed link.
PaperLetter write(json data, const Customer& person, const PostalAddress& to, const Sender& sender, std::string_view site_name, std::string_view about) {
    const auto& letters = render::letters();
    const auto& locale = letters.locale(data.at("LANG").get<std::string>());
    data["BRAND"] = sender.brand, data["OPERATOR"] = sender.operator_name, data["BASE_URL"] = sender.base_url;
    data["PLATFORM_LANG"] = locale.language();
    data["LINK"] = sender.base_url + data.at("TARGET").get<std::string>();
    if (!data.contains("FIRST_NAME")) data["FIRST_NAME"] = person.first_name;
    if (data.contains("unsubscribe_token")) data["UNSUBSCRIBE_URL"] = sender.base_url + "/u/" + data["unsubscribe_token"].get<std::string>();
    PaperLetter one;
    for (const auto* part : {&person.first_name, &person.last_name})
        if (!part->empty()) one.name += (one.name.empty() ? "" : " ") + *part;
    one.street = to.street, one.postcode = to.postcode, one.city = to.city, one.country = person.country, one.language = locale.language();
    one.campaign = about.starts_with("plan:") ? about.substr(5) : about;
    one.from = (site_name.empty() ? std::string() : std::string(site_name) + " · ") + sender.brand;
    one.subject = data.at("SUBJECT").get<std::string>();
    one.body = letters.plain("letter_text", locale, data);
    return one;
}

}  // namespace

Queued queue_paper(Tx& tx, Seconds now, const Message& message, std::string_view topic) {
    const auto person = find_customer(tx, message.customer);
    if (!person) return Queued::no_address;
    if (const auto gate = may_reach(tx, *person, "paper", topic); gate != Queued::queued) return gate;
    auto data = json::parse(message.data);
    if (owes_notice(tx, *person)) data["NOTICE"] = true, data["NOTICE_SOURCE"] = !message.site_name.empty() ? message.site_name : person->source_site;
    if (may_leave(topic)) data["unsubscribe_token"] = issue_way_out(tx, now, message.customer, topic);
    const auto id = keep_row(tx, now, message, topic, person->locale, "paper", {{}, {}, data.dump()});
    if (id.empty()) return Queued::already_there;
    tx.exec(insert_item, id);
    return Queued::queued;
}

std::optional<PrintRun> begin_print_run(Tx& tx, Seconds now, const Sender& sender, std::string_view by, int most) {
    struct Waiting {
        std::string message, state, topic, customer, sealed, site_name, about;
    };
    std::vector<Waiting> waiting;
    tx.each(waiting_items, [&](const Row& row) {
        waiting.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)), row.is_null(4) ? std::string() : std::string(row.bytes(4)), std::string(row.text(5)), std::string(row.text(6))});
    }, most);
    std::vector<std::pair<std::string, PaperLetter>> letters;
    for (const auto& one : waiting) {
        const auto person = one.state == "waiting" && !one.sealed.empty() && !one.customer.empty() ? find_customer(tx, one.customer) : std::nullopt;
        const auto to = person ? postal_of(tx, one.customer) : std::nullopt;
        // Erased, withdrawn, or it may not go any more (norm EML-4).
        if (!to || may_reach(tx, *person, "paper", one.topic) != Queued::queued) {
            tx.exec(mark_unwanted, one.message);
            tx.exec(drop_item, one.message);
            continue;
        }
        letters.emplace_back(one.message, write(json::parse(open_letter(one.message, one.sealed).data), *person, *to, sender, one.site_name, one.about));
    }
    if (letters.empty()) return std::nullopt;
    std::sort(letters.begin(), letters.end(), [](const auto& a, const auto& b) { return std::tie(a.second.country, a.second.postcode, a.first) < std::tie(b.second.country, b.second.postcode, b.first); });
    const auto number = tx.value<std::int64_t>(insert_run, now, by, static_cast<std::int64_t>(letters.size()));
    std::int64_t place = 0;
    for (const auto& [message, letter] : letters) {
        tx.exec(freeze, message, number, ++place, Blob{freeze_letter(letter, message)}, postal_hash(postal_line({letter.street, letter.postcode, letter.city}, letter.country)));
        tx.exec(take_words, message);
    }
    return PrintRun{number, place, now, {}};
}

std::vector<PrintRun> open_print_runs(Tx& tx) {
    std::vector<PrintRun> all;
    tx.each(open_runs, [&](const Row& row) { all.push_back(read_run(row)); });
    return all;
}

std::optional<PrintRun> find_print_run(Tx& tx, std::int64_t number) {
    std::optional<PrintRun> found;
    tx.each(one_run, [&](const Row& row) { found = read_run(row); }, number);
    return found;
}

std::vector<PrintRun> print_runs(Tx& tx, int limit) {
    std::vector<PrintRun> all;
    tx.each(newest_runs, [&](const Row& row) { all.push_back(read_run(row)); }, limit);
    return all;
}

void letters_of_run(Tx& tx, std::int64_t run, const std::function<void(PaperLetter&&)>& each) { letters_of_run(tx, run, 1, std::numeric_limits<std::int64_t>::max(), each); }

void letters_of_run(Tx& tx, std::int64_t run, std::int64_t first, std::int64_t last, const std::function<void(PaperLetter&&)>& each) {
    tx.each(items_of, [&](const Row& row) {
        auto one = thawed(row.text(1), row.bytes(2));
        one.reference = reference_of(run, row.integer(0));
        one.returned = !row.is_null(3);
        each(std::move(one));
    }, run, first, last);
}

void print_run_written(Tx& tx, Seconds now, std::int64_t run) {
    if (tx.exec(close_run, run, now) == 0) return;  // made again
    tx.exec(mark_sent, run, now);
    tx.exec(note_notices, run, privacy_notice_version, now);
}

std::int64_t thaw_prints(Tx& tx, Seconds before, int limit) { return tx.exec(thaw, before, limit); }

PaperReturn take_paper_return(Tx& tx, Seconds now, std::string_view reference, std::string_view why) {
    const auto dash = reference.find('-');
    std::int64_t run = 0, place = 0;
    const auto number = [](std::string_view text, std::int64_t& into) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
        return !text.empty() && error == std::errc() && end == text.data() + text.size() && into > 0;
    };
    if (dash == std::string_view::npos || !number(reference.substr(0, dash), run) || !number(reference.substr(dash + 1), place)) return PaperReturn::unknown;
    struct Item {
        std::string message;
        Blob hash;
        bool returned = false;
    };
    std::optional<Item> item;
    tx.each(item_at, [&](const Row& row) { item = Item{std::string(row.text(0)), Blob{std::string(row.bytes(2))}, !row.is_null(1)}; }, run, place);
    if (!item) return PaperReturn::unknown;
    if (item->returned) return PaperReturn::already;
    tx.exec(mark_returned, item->message, now, why);
    tx.exec(note_reply, item->message);
    postal_returned(tx, now, item->hash);
    return PaperReturn::taken;
}

void forget_prints(Tx& tx, std::string_view customer) { tx.exec(forget, customer); }

std::int64_t seal_prints_again(storage::Db& db) {
    return vault::reseal(db, next_items, update_sealed, [](const std::string& message, std::string_view bytes) { return freeze_letter(thawed(message, bytes), message); });
}

}  // namespace verbatim::contact
