#include "life/plan/run.h"

#include <algorithm>

#include "ground/base/log.h"
#include "life/plan/calls.h"
#include "life/plan/compose.h"
#include "life/plan/words.h"
#include "record/contact/calls.h"
#include "record/contact/channels.h"
#include "record/contact/paper.h"
#include "record/contact/topics.h"
#include "record/experiences/lived.h"
#include "record/reviews/rated.h"

namespace verbatim::plan {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

// Version 0: look at this person. What was seen again a minute after it came is seen for good: transactions that came in meanwhile are over.
constexpr Sql take_person(R"sql(
INSERT INTO plan_person (customer, version, next_at, looked_at, turn) VALUES ($1, 0, 0, 0, 0)
ON CONFLICT (customer) DO UPDATE SET version = 0, turn = plan_person.turn + 1 WHERE plan_person.looked_at <= $2)sql");
constexpr Sql of_old_version("SELECT number, customer, turn FROM plan_person WHERE version < $1 ORDER BY version, number LIMIT $2");
constexpr Sql of_other_version("SELECT number, customer, turn FROM plan_person WHERE version > $1 ORDER BY version, number LIMIT $2");
constexpr Sql due("SELECT number, customer, turn FROM plan_person WHERE next_at <= $1 ORDER BY next_at, number LIMIT $2");
constexpr Sql set_looked("UPDATE plan_person SET version = $3, next_at = $4, looked_at = $5 WHERE number = $1 AND turn = $2");
constexpr Sql drop_person("DELETE FROM plan_person WHERE number = $1");
constexpr Sql insert_touch(R"sql(
INSERT INTO plan_touch (person, at, due_day, version, campaign, vehicle, how, outcome) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING)sql");
constexpr Sql set_outcome("UPDATE plan_touch SET outcome = $5 WHERE person = $1 AND due_day = $2 AND campaign = $3 AND vehicle = $4");
constexpr Sql put_vehicle("INSERT INTO plan_vehicle (person, vehicle, vin) VALUES ($1, $2, $3) ON CONFLICT (person, vehicle) DO UPDATE SET vin = excluded.vin");
constexpr Sql insert_fact("INSERT INTO plan_fact (customer, vin, what, day) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");
constexpr Sql select_cursor("SELECT at FROM plan_cursor WHERE name = $1");
constexpr Sql set_cursor("INSERT INTO plan_cursor (name, at) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET at = excluded.at");

constexpr int taken_at_once = 5000;
constexpr std::size_t busy_at_once = 200;
constexpr Seconds grace = 60;

Error not_allowed() { return {ErrorKind::forbidden, "whole_brand", "the plan is the whole brand's: crm or admin who reach all of it publish it", {}}; }

}  // namespace

std::string message_key(std::int64_t person, int vehicle, std::string_view campaign, std::int64_t due_day) {
    return "plan:" + std::to_string(person) + ":" + std::to_string(vehicle) + ":" + std::string(campaign) + ":" + std::to_string(due_day);
}

Run::Run(storage::Db& db, const Clock& clock, Sources sources, RunOptions options) : db_(db), clock_(clock), sources_(std::move(sources)), options_(std::move(options)) {}

void Run::handle(jobs::Runner& runner) {
    runner.every("plan", one_minute, [this] {
        const auto looked = look();
        if (looked.sent + looked.held_back != 0) log::info("the plan was decided", {{"people", looked.people}, {"sent", looked.sent}, {"held_back", looked.held_back}});
    });
}

Result<void> Run::tell(const Actor& actor, std::string_view customer, std::string_view vin, std::string_view what, std::int64_t day) {
    if (!of_the_whole(actor)) return not_allowed();
    const int anchor = index_of(anchor_names(), what);
    const bool told = what == "sold" || what == "deceased" || what == "recall" || what == "improvement" || (anchor >= happenings && static_cast<Anchor>(anchor) != Anchor::registration);
    if (!told) return Error{ErrorKind::invalid, "what_unknown", "what is told is sold, deceased, recall, improvement, warranty_end, contract_end, finance_end or inspection_due", "what"};
    db_.write([&](Tx& tx) {
        tx.exec(insert_fact, customer, vin, what, day);
        tx.exec(take_person, customer, never);
    });
    return {};
}

void Run::take_in() {
    const auto now = clock_.now();
    const auto cursor = [&](const char* name) {
        return db_.read([&](Tx& tx) {
            const auto at = tx.row<std::int64_t>(select_cursor, name);
            return at ? std::min(*at, now - 2 * grace) : std::int64_t{0};  // a clock that was put back loses nobody
        });
    };
    const auto take = [&](Tx& tx, const std::vector<std::pair<std::string, Seconds>>& people, const char* name) {
        std::vector<std::tuple<std::string, std::int64_t>> rows;
        for (const auto& [customer, at] : people)
            if (!customer.empty()) rows.emplace_back(customer, at + grace);
        if (!rows.empty()) tx.exec_many(take_person, rows);
        if (!people.empty()) tx.exec(set_cursor, name, people.back().second);
    };
    Seconds since = cursor("experiences");
    for (std::string after;;) {
        const auto arrived = db_.read([&](Tx& tx) { return experiences::arrived_since(tx, since, after, taken_at_once); });
        std::vector<std::pair<std::string, Seconds>> people;
        for (const auto& one : arrived) people.emplace_back(one.customer, one.at);
        if (people.empty()) break;
        db_.write([&](Tx& tx) { take(tx, people, "experiences"); });
        since = arrived.back().at, after = arrived.back().id;
        if (static_cast<int>(arrived.size()) < taken_at_once) break;
    }
    since = cursor("reviews");
    for (;;) {
        const auto authors = db_.read([&](Tx& tx) { return reviews::authors_since(tx, since, taken_at_once); });
        std::vector<std::pair<std::string, Seconds>> people;
        for (const auto& one : authors) people.emplace_back(one.customer, one.at);
        if (people.empty()) break;
        db_.write([&](Tx& tx) { take(tx, people, "reviews"); });
        since = authors.back().at;
        if (static_cast<int>(authors.size()) < taken_at_once) break;
    }
}

Looked Run::look() {
    const auto now = clock_.now();
    const auto [version, from] = db_.read([&](Tx& tx) { return std::pair(version_at(tx, now), first_from(tx)); });
    if (!version) return {};
    take_in();
    auto plan = read_plan(version->body).plan;
    begin_and_judge(plan);
    const Rules rules(std::move(plan));
    const auto numbers = db_.read([&](Tx& tx) { return numbers_of(tx, rules.plan()); });
    Sites sites(rules.plan());
    Looked all;
    for (bool more = true; more;) {
        const auto one = slice(rules, numbers, sites, *version, *from, more);
        all.people += one.people, all.sent += one.sent, all.held_back += one.held_back;
    }
    return all;
}

// Splits of the plan that holds: what is new begins, what is decided ends, and who is decided about from now on gets what is left.
void Run::begin_and_judge(Plan& plan) {
    const auto now = clock_.now();
    if (std::any_of(plan.campaigns.begin(), plan.campaigns.end(), [](const Campaign& one) { return one.variants.size() > 1; }) && now >= judged_at_ + one_hour) {
        db_.write([&](Tx& tx) { begin_splits(tx, plan, now); });
        if (const int ended = judge_splits(db_, plan, now); ended != 0) log::info("splits of the plan ended", {{"splits", ended}});
        judged_at_ = now;
    }
    db_.read([&](Tx& tx) { apply_splits(tx, plan); });
}

// Read and decided in a snapshot, written in a short transaction of its own: readers and writers of the site wait for neither. Whom
// something happened to meanwhile has another turn and is looked at again.
Looked Run::slice(const Rules& rules, const Numbers& numbers, Sites& sites, const Version& version, Seconds from, bool& more) {
    const auto now = clock_.now();
    std::vector<Member> members;
    db_.read([&](Tx& tx) {
        members.clear();
        const auto take = [&](const Row& row) {
            members.emplace_back();
            members.back().number = row.integer(0), members.back().customer = row.text(1), members.back().turn = row.integer(2);
        };
        tx.each(of_old_version, take, version.number, options_.slice);
        // A version that was published later may have held before this one.
        if (members.empty()) tx.each(of_other_version, take, version.number, options_.slice);
        if (members.empty()) tx.each(due, take, now, options_.slice);
        if (!members.empty()) read_people(tx, rules.plan(), numbers, sources_, sites, members);
    });
    more = static_cast<int>(members.size()) == options_.slice;
    Looked looked;
    if (members.empty()) return looked;
    looked.people = static_cast<std::int64_t>(members.size());
    Agenda agenda(rules);
    std::vector<std::vector<Touch>> decided(members.size());
    std::vector<Seconds> next(members.size(), never);
    for (std::size_t i = 0; i < members.size(); ++i) {
        auto& member = members[i];
        if (!member.known) continue;
        agenda.start(member.person, member.history, from);
        agenda.decide(now, decided[i]);
        // An open case may be closed any day, and nothing tells us.
        next[i] = std::max(now + 1, member.complains ? std::min(agenda.next(), now + one_day) : agenda.next());
    }
    // Most get nothing: they only move on, all at once. A letter costs a hundred times that, so those go by the few, lest the site's writers wait.
    std::vector<std::tuple<std::int64_t, std::int64_t, std::int64_t, Seconds, Seconds>> quiet;
    std::vector<std::size_t> busy;
    for (std::size_t i = 0; i < members.size(); ++i) {
        const auto& member = members[i];
        if (member.known && decided[i].empty() && member.vins == member.new_vins) quiet.emplace_back(member.number, member.turn, version.number, next[i], now);
        else busy.push_back(i);
    }
    if (!quiet.empty()) db_.write([&](Tx& tx) { tx.exec_many(set_looked, quiet); });
    for (std::size_t from_busy = 0; from_busy < busy.size(); from_busy += busy_at_once) {
        const auto before = looked;
        db_.write([&](Tx& tx) {
            looked = before;
            for (std::size_t n = from_busy; n < std::min(busy.size(), from_busy + busy_at_once); ++n) {
                const auto i = busy[n];
                settle(tx, rules, numbers, sites, version, members[i], decided[i], next[i], looked);
            }
        });
    }
    return looked;
}

void Run::settle(Tx& tx, const Rules& rules, const Numbers& numbers, Sites& sites, const Version& version, Member& member, std::vector<Touch>& decided, Seconds next, Looked& looked) const {
    if (!member.known) {
        tx.exec(drop_person, member.number);
        return;
    }
    const auto now = clock_.now();
    for (std::size_t i = 0; i < member.new_vins.size(); ++i)
        if (i >= member.vins.size() || member.vins[i] != member.new_vins[i]) tx.exec(put_vehicle, member.number, static_cast<std::int64_t>(i), member.new_vins[i]);
    for (auto& touch : decided) {
        const auto campaign = numbers.of_campaign[static_cast<std::size_t>(touch.campaign)];
        const int how = static_cast<int>(touch.channel) | (touch.variant + 1) << 3;
        if (tx.exec(insert_touch, member.number, touch.at, touch.due_day, version.number, campaign, touch.vehicle, how, static_cast<int>(touch.outcome)) == 0) continue;  // another node was first
        if (touch.outcome == Outcome::sent) {
            touch.outcome = hand_over(tx, rules, sites, member, touch);
            if (touch.outcome != Outcome::sent) tx.exec(set_outcome, member.number, touch.due_day, campaign, touch.vehicle, static_cast<int>(touch.outcome));
        }
        if (touch.outcome == Outcome::sent && !options_.seeds.empty()) copy_to_seeds(tx, rules, version, member, touch);
        ++(touch.outcome == Outcome::sent ? looked.sent : looked.held_back);
    }
    tx.exec(set_looked, member.number, member.turn, version.number, next, now);
}

// To the gate every message passes. An invitation to review has its own way, by the experience and its public count (life/invite):
// the plan keeps that one is due and asks nobody a second time.
Outcome Run::hand_over(Tx& tx, const Rules& rules, Sites& sites, const Member& member, const Touch& touch) const {
    const auto& plan = rules.plan();
    const auto& campaign = plan.campaigns[static_cast<std::size_t>(touch.campaign)];
    if (campaign.purpose == Purpose::invitation) return Outcome::sent;
    const auto person = contact::find_customer(tx, member.customer);
    if (!person) return Outcome::no_channel;
    const auto* site = site_of(tx, sites, member, touch.vehicle);
    const auto facts = facts_of(tx, options_.brand, sites, member, campaign, touch, person->first_name);
    const auto letter = write_letter(plan, campaign, template_of(plan, campaign, touch.variant), person->locale, facts);
    if (!letter) return Outcome::no_words;
    contact::Message message;
    message.key = message_key(member.number, touch.vehicle, campaign.id, touch.due_day);
    message.customer = member.customer;
    message.about = "plan:" + campaign.id;
    message.mail_template = "letter_" + letter->family;
    if (site && campaign.sender != Sender::brand) message.site_name = site->name;
    message.data = letter->data;
    const auto topic = name_of(campaign.purpose);
    const auto by_sms = [&] {
        message.data = options_.brand + ": " + letter->subject + " " + options_.base_url + (facts.site.empty() ? "" : "/sites/" + facts.site);
        return contact::queue_sms(tx, clock_.now(), message, topic, options_.base_url);
    };
    const auto hand = [&] {
        switch (touch.channel) {
            case Channel::sms: return by_sms();
            case Channel::paper: return contact::queue_paper(tx, clock_.now(), message, topic);
            case Channel::call: {
                const auto vehicle = static_cast<std::size_t>(touch.vehicle);
                message.data = call_words(plan, *letter, facts, vehicle < member.new_vins.size() ? member.new_vins[vehicle] : std::string(), person->country);
                return contact::queue_call(tx, clock_.now(), message, topic);
            }
            case Channel::mail: break;
        }
        return contact::queue_as(tx, clock_.now(), message, topic);
    };
    switch (hand()) {
        case contact::Queued::queued:
        case contact::Queued::already_there: return Outcome::sent;
        case contact::Queued::opted_out: return Outcome::unsubscribed;
        case contact::Queued::no_address: return Outcome::no_channel;
    }
    return Outcome::no_channel;
}

}  // namespace verbatim::plan
