#include "life/plan/feed.h"

#include <nlohmann/json.hpp>

#include "ground/base/calendar.h"
#include "life/plan/clicks.h"
#include "life/plan/words.h"
#include "record/contact/agreed.h"
#include "record/contact/reach.h"
#include "record/events/forget.h"
#include "record/vault/vault.h"

namespace verbatim::plan {
namespace {

using contact::data_platform;
using nlohmann::json;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr storage::Migration steps[] = {
    {"plan_feed", 1, "what was told outside", R"sql(
CREATE TABLE plan_told (key TEXT PRIMARY KEY, at BIGINT NOT NULL);
CREATE INDEX plan_told_at ON plan_told (at);
CREATE TABLE plan_click_waiting (at BIGINT NOT NULL, person BIGINT NOT NULL, due_day BIGINT NOT NULL, campaign BIGINT NOT NULL, vehicle BIGINT NOT NULL, link BIGINT NOT NULL,
  PRIMARY KEY (at, person, due_day, campaign, vehicle, link));
CREATE TABLE plan_feed_cursor (receiver TEXT PRIMARY KEY, event_tx BIGINT NOT NULL, event_id BIGINT NOT NULL);
)sql"},
};

constexpr Sql insert_told("INSERT INTO plan_told (key, at) VALUES ($1, $2) ON CONFLICT DO NOTHING");
constexpr Sql delete_told("DELETE FROM plan_told WHERE at < $1");
constexpr Sql insert_waiting("INSERT INTO plan_click_waiting (at, person, due_day, campaign, vehicle, link) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING");
constexpr Sql select_waiting(R"sql(
SELECT p.customer, c.id, w.at, t.how FROM plan_click_waiting w
JOIN plan_click k ON k.person = w.person AND k.due_day = w.due_day AND k.campaign = w.campaign AND k.vehicle = w.vehicle AND k.at = w.at AND k.link = w.link
JOIN plan_touch t ON t.person = w.person AND t.due_day = w.due_day AND t.campaign = w.campaign AND t.vehicle = w.vehicle
JOIN plan_person p ON p.number = w.person JOIN plan_campaign c ON c.number = w.campaign
WHERE w.at <= $1 AND k.signs = 0 ORDER BY w.at, w.person)sql");
constexpr Sql delete_waiting("DELETE FROM plan_click_waiting WHERE at <= $1");
constexpr Sql select_cursor("SELECT at FROM plan_cursor WHERE name = 'left'");
constexpr Sql set_cursor("INSERT INTO plan_cursor (name, at) VALUES ('left', $1) ON CONFLICT (name) DO UPDATE SET at = excluded.at");
constexpr Sql select_begun("SELECT MIN(published_at) FROM plan_version");
constexpr Sql select_receiver("SELECT event_tx, event_id FROM plan_feed_cursor WHERE receiver = $1");
constexpr Sql insert_receiver("INSERT INTO plan_feed_cursor (receiver, event_tx, event_id) VALUES ($1, 0, 0) ON CONFLICT DO NOTHING");
constexpr Sql move_receiver("UPDATE plan_feed_cursor SET event_tx = $4, event_id = $5 WHERE receiver = $1 AND event_tx = $2 AND event_id = $3");

// What is older is not told any more: the keys that keep it from being told twice go after a while.
constexpr Seconds most_age = 300 * one_day, keys_kept = 400 * one_day;
constexpr Seconds seen_again = 120;
constexpr int rows_at_once = 1000;

// What came before there was a plan is not told.
Seconds earliest(Tx& tx, Seconds now) { return std::max(tx.value<std::optional<std::int64_t>>(select_begun).value_or(now), now - most_age); }

// Written before the agreement is asked for: on PostgreSQL an event that was decided before a withdrawal so stands before the word of it.
bool first_time(Tx& tx, Seconds now, const std::string& key) { return tx.exec(insert_told, key, now) != 0; }

void raise(Tx& tx, Seconds now, std::string_view kind, std::string_view customer, const json& data) { events::raise(tx, now, kind, "", pseudonym(customer), data); }

template <class List>
std::string list_of(const List& all) {
    auto who = json::array();
    for (const auto& one : all)
        if (!one.customer.empty()) who.push_back(one.customer);
    return who.dump();
}

json touch_data(std::string_view campaign, Channel channel, int variant) {
    json data{{"campaign", campaign}, {"channel", name_of(channel)}};
    if (variant >= 0) data["variant"] = std::to_string(variant + 1);
    return data;
}

void tell_row(Tx& tx, Seconds now, const contact::Left& one) {
    const auto key = "left:" + std::to_string(one.row);
    if (one.purpose != data_platform) {
        if (!contact::agreed(tx, one.customer, data_platform) || !first_time(tx, now, key)) return;
        const bool channel = one.purpose.starts_with(contact::channel_wish);
        raise(tx, now, "journey.unsubscribed", one.customer, json{{channel ? "channel" : "topic", channel ? one.purpose.substr(contact::channel_wish.size()) : one.purpose}});
        return;
    }
    // Who closed it closed the mailbox, and so it ends for whoever shares that. A dealer's "no" is about one person.
    const auto all = one.imported ? std::vector{one.customer} : contact::at_one_mailbox(tx, one.customer);
    if (std::none_of(all.begin(), all.end(), [&](const std::string& customer) { return contact::ever_agreed(tx, customer, data_platform); }) || !first_time(tx, now, key)) return;
    for (const auto& customer : all)
        if (!contact::agreed(tx, customer, data_platform)) tell_forgotten(tx, now, customer, "withdrawn");
}

void tell_clicks(Tx& tx, Seconds now) {
    const auto until = now - together - 1;
    struct Click {
        std::string customer;
        json data;
    };
    std::vector<Click> clicks;
    tx.each(select_waiting, [&](const Row& row) {
        const auto how = static_cast<int>(row.integer(3));
        auto data = touch_data(row.text(1), static_cast<Channel>(how & 7), (how >> 3) - 1);
        data["clicked_at"] = format_moment(row.integer(2));
        clicks.push_back({std::string(row.text(0)), std::move(data)});
    }, until);
    if (tx.exec(delete_waiting, until) == 0) return;
    for (const auto& click : clicks)
        if (contact::agreed(tx, click.customer, data_platform)) raise(tx, now, "journey.clicked", click.customer, click.data);
}

}  // namespace

std::span<const storage::Migration> feed_migrations() { return steps; }

std::string pseudonym(std::string_view customer) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (const char c : vault::keyed_hash(data_platform, customer).substr(0, 16)) {
        const auto byte = static_cast<unsigned char>(c);
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

void tell_sent(Tx& tx, Seconds now, std::string_view customer, const Campaign& campaign, const Touch& touch) {
    // The plan keeps that an invitation is due; whether it goes is another's affair (life/invite).
    if (campaign.purpose == Purpose::invitation || !contact::agreed(tx, customer, data_platform)) return;
    raise(tx, now, "journey.sent", customer, touch_data(campaign.id, touch.channel, touch.variant));
}

void tell_arrived(Tx& tx, Seconds now, std::span<const experiences::Arrived> arrived) {
    const auto willing = contact::agreed_among(tx, list_of(arrived), data_platform);
    if (willing.empty()) return;
    const auto from = earliest(tx, now);
    // An arrival is looked at again for two minutes: who agreed meanwhile did not agree to what was before.
    const auto concerned = [&](const std::string& customer, Seconds at) {
        const auto since = willing.find(customer);
        return since != willing.end() && at >= std::max(from, since->second);
    };
    std::set<std::string, std::less<>> fresh;
    for (const auto& one : arrived)
        if (concerned(one.customer, one.at) && first_time(tx, now, "experience:" + one.id)) fresh.insert(one.id);
    if (fresh.empty()) return;
    auto who = json::array();
    for (const auto& [customer, _] : willing) who.push_back(customer);
    struct Lived {
        std::string customer, kind;
        json data;
    };
    std::vector<Lived> lived;
    experiences::lived_by(tx, who.dump(), [&](const experiences::Lived& one) {
        if (!fresh.contains(one.id)) return;
        const char* kind = one.kind == "order" ? "journey.ordered" : one.kind == "workshop" ? "journey.visited" : "journey.delivered";
        json data{{"on", one.occurred_on}, {"site", one.site}};
        if (!one.product.empty()) data["product"] = one.product;
        lived.push_back({std::string(one.customer), kind, std::move(data)});
    });
    for (const auto& one : lived)
        if (contact::agreed(tx, one.customer, data_platform)) raise(tx, now, one.kind, one.customer, one.data);
}

void tell_reviewed(Tx& tx, Seconds now, std::span<const reviews::Author> authors) {
    const auto willing = contact::agreed_among(tx, list_of(authors), data_platform);
    if (willing.empty()) return;
    const auto from = earliest(tx, now);
    for (const auto& one : authors) {
        const auto found = willing.find(one.customer);
        if (found == willing.end() || one.at < std::max(from, found->second) || !first_time(tx, now, "review:" + one.customer + ":" + std::to_string(one.at))) continue;
        if (contact::agreed(tx, one.customer, data_platform)) raise(tx, now, "journey.reviewed", one.customer, json::object());
    }
}

void keep_click(Tx& tx, Seconds now, std::string_view customer, const ClickKey& click) {
    if (contact::agreed(tx, customer, data_platform)) tx.exec(insert_waiting, now, click.person, click.due_day, click.campaign, click.vehicle, click.link);
}

void tell_since(storage::Db& db, Seconds now) {
    const auto begun = db.read([](Tx& tx) { return tx.row<std::int64_t>(select_cursor); });
    // What was said before anything was told concerns nobody outside.
    Seconds since = begun ? std::min(*begun, now) - seen_again : now;
    std::int64_t after = 0;
    for (bool more = begun.has_value(); more;) {
        const auto rows = db.read([&](Tx& tx) { return contact::left_since(tx, since, after, rows_at_once); });
        more = static_cast<int>(rows.size()) == rows_at_once;
        if (rows.empty()) break;
        db.write([&](Tx& tx) {
            for (const auto& one : rows)
                if (one.at > now - most_age) tell_row(tx, now, one);
        });
        since = rows.back().at, after = rows.back().row;
    }
    db.write([&](Tx& tx) {
        tx.exec(set_cursor, now);
        tell_clicks(tx, now);
        tx.exec(delete_told, now - keys_kept);
    });
}

void tell_forgotten(Tx& tx, Seconds now, std::string_view customer, std::string_view why) {
    if (!contact::ever_agreed(tx, customer, data_platform)) return;
    raise(tx, now, "journey.forgotten", customer, json{{"why", why}});
    events::forget_journey(tx, pseudonym(customer));
}

events::Place feed_cursor(Tx& tx, std::string_view receiver) {
    const auto found = tx.row<std::int64_t, std::int64_t>(select_receiver, receiver);
    return found ? events::Place{std::get<0>(*found), std::get<1>(*found)} : events::Place{};
}

bool move_feed_cursor(Tx& tx, std::string_view receiver, events::Place from, events::Place to) {
    tx.exec(insert_receiver, receiver);
    return tx.exec(move_receiver, receiver, from.tx, from.id, to.tx, to.id) != 0;
}

}  // namespace verbatim::plan
