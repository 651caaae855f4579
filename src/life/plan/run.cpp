#include <algorithm>

#include "ground/base/log.h"
#include "life/plan/feed.h"
#include "life/plan/owners.h"
#include "life/plan/run_work.h"
#include "life/plan/words.h"
#include "record/experiences/lived.h"
#include "record/reviews/rated.h"

namespace verbatim::plan {
namespace {

using storage::Sql;
using storage::Tx;

// Due at once. What was seen again a minute after it came is seen for good: transactions that came in meanwhile are over.
constexpr Sql take_person(R"sql(
INSERT INTO plan_person (customer, next_at, looked_at, turn) VALUES ($1, 0, 0, 0)
ON CONFLICT (customer) DO UPDATE SET next_at = 0, turn = plan_person.turn + 1 WHERE plan_person.looked_at <= $2)sql");
constexpr Sql insert_fact("INSERT INTO plan_fact (customer, vin, what, day) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");
constexpr Sql select_cursor("SELECT at FROM plan_cursor WHERE name = $1");
constexpr Sql set_cursor("INSERT INTO plan_cursor (name, at) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET at = excluded.at");

constexpr int taken_at_once = 5000;
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
        db_.write([&](Tx& tx) {
            take(tx, people, "experiences");
            for (const auto& owner : note_owners(tx, arrived)) tx.exec(take_person, owner, never);
            tell_arrived(tx, now, arrived);
        });
        since = arrived.back().at, after = arrived.back().id;
        if (static_cast<int>(arrived.size()) < taken_at_once) break;
    }
    since = cursor("reviews");
    for (;;) {
        const auto authors = db_.read([&](Tx& tx) { return reviews::authors_since(tx, since, taken_at_once); });
        std::vector<std::pair<std::string, Seconds>> people;
        for (const auto& one : authors) people.emplace_back(one.customer, one.at);
        if (people.empty()) break;
        db_.write([&](Tx& tx) {
            take(tx, people, "reviews");
            tell_reviewed(tx, now, authors);
        });
        since = authors.back().at;
        if (static_cast<int>(authors.size()) < taken_at_once) break;
    }
}

Looked Run::look() {
    const auto now = clock_.now();
    tell_since(db_, now);
    const auto [version, from] = db_.read([&](Tx& tx) { return std::pair(version_at(tx, now), first_from(tx)); });
    if (!version) return {};
    take_in();
    auto plan = read_plan(version->body).plan;
    begin_and_judge(plan);
    const Rules rules(std::move(plan));
    const auto numbers = db_.read([&](Tx& tx) { return numbers_of(tx, rules.plan()); });
    const Work work{rules, numbers, *version, *from, now};
    Looked all;
    decide_everybody(work, all);
    decide_due(work, all);
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

}  // namespace verbatim::plan
