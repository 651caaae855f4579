#include "life/plan/splits.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "ground/stats/sequential.h"
#include "life/plan/followed.h"
#include "life/plan/words.h"

namespace verbatim::plan {
namespace {

using nlohmann::json;
using storage::Row;
using storage::Sql;
using storage::Tx;

// `rule`: the split as JSON, by which it is known again; `counts`: what was counted last, as JSON.
constexpr storage::Migration steps[] = {
    {"plan_split", 1, "splits of campaigns and how they ended",
     {R"(
CREATE TABLE plan_split (number SERIAL_KEY, campaign TEXT NOT NULL, rule TEXT NOT NULL, began_at INTEGER NOT NULL, counted_at INTEGER NOT NULL, ended_at INTEGER NOT NULL, winner INTEGER NOT NULL, why TEXT NOT NULL, counts TEXT NOT NULL);
CREATE UNIQUE INDEX plan_split_rule ON plan_split (campaign, rule);
)",
      R"(
CREATE TABLE plan_split (number SERIAL_KEY, campaign TEXT NOT NULL, rule TEXT NOT NULL, began_at BIGINT NOT NULL, counted_at BIGINT NOT NULL, ended_at BIGINT NOT NULL, winner INTEGER NOT NULL, why TEXT NOT NULL, counts TEXT NOT NULL);
CREATE UNIQUE INDEX plan_split_rule ON plan_split (campaign, rule);
)"}},
};

constexpr Sql insert_split("INSERT INTO plan_split (campaign, rule, began_at, counted_at, ended_at, winner, why, counts) VALUES ($1, $2, $3, 0, 0, -1, '', '') ON CONFLICT (campaign, rule) DO NOTHING");
constexpr Sql select_splits("SELECT campaign, rule, began_at, counted_at, ended_at, winner, why, counts FROM plan_split ORDER BY began_at DESC, number DESC LIMIT 500");
constexpr Sql select_winner("SELECT winner FROM plan_split WHERE campaign = $1 AND rule = $2 AND ended_at > 0");
constexpr Sql select_running("SELECT began_at FROM plan_split WHERE campaign = $1 AND rule = $2 AND ended_at = 0 AND counted_at <= $3");
constexpr Sql set_counts("UPDATE plan_split SET counted_at = $3, counts = $4 WHERE campaign = $1 AND rule = $2 AND ended_at = 0");
constexpr Sql set_end("UPDATE plan_split SET ended_at = $3, winner = $4, why = $5 WHERE campaign = $1 AND rule = $2 AND ended_at = 0");

std::string rule_of(const Plan& plan, const Campaign& campaign) {
    json rule{{"goal", name_of(*campaign.goal)}, {"within", campaign.goal->days}, {"alpha", campaign.stopping->alpha}, {"not_before", campaign.stopping->not_before_days}, {"not_after", campaign.stopping->not_after_days},
              {"variants", json::array()}};
    for (const auto& one : campaign.variants) rule["variants"].push_back({{"id", one.id}, {"share", one.share}, {"template", plan.templates[static_cast<std::size_t>(one.template_number)].name}});
    return rule.dump();
}

bool is_split(const Campaign& campaign) { return campaign.variants.size() > 1 && campaign.stopping && campaign.goal; }

struct Counting {
    const Campaign* campaign;
    std::string rule;
    Seconds began_at;
    std::vector<std::int64_t> people, conversions;
};

double evidence_of(const std::vector<std::int64_t>& conversions, const std::vector<double>& shares) { return stats::log_evidence(conversions, shares); }

std::vector<double> shares_of(const Campaign& campaign) {
    std::vector<double> shares;
    for (const auto& one : campaign.variants) shares.push_back(one.share / 100.0);
    return shares;
}

void count(Tx& tx, std::vector<Counting>& all, Seconds now) {
    std::map<std::string_view, Counting*> by_campaign;
    Seconds first = now;
    for (auto& one : all) {
        by_campaign[one.campaign->id] = &one;
        first = std::min(first, one.began_at);
        one.people.assign(one.campaign->variants.size(), 0), one.conversions = one.people;
    }
    std::set<std::pair<std::int64_t, std::string_view>> seen;  // of one slice: people are whole in it
    walk_followed(tx, first, now, 0, true, [&](std::span<const Followed> letters) {
        seen.clear();
        for (const auto& letter : letters) {
            const auto found = by_campaign.find(letter.campaign);
            if (found == by_campaign.end()) continue;
            auto& one = *found->second;
            const auto variant = static_cast<std::size_t>(letter.variant);
            if (letter.at < one.began_at || variant >= one.people.size() || !seen.emplace(letter.person, one.campaign->id).second) continue;
            ++one.people[variant];
            one.conversions[variant] += letter.reached(*one.campaign->goal);
        }
        return true;
    });
}

}  // namespace

std::span<const storage::Migration> split_migrations() { return steps; }

void begin_splits(Tx& tx, const Plan& plan, Seconds now) {
    for (const auto& campaign : plan.campaigns)
        if (is_split(campaign)) tx.exec(insert_split, campaign.id, rule_of(plan, campaign), now);
}

void apply_splits(Tx& tx, Plan& plan) {
    for (auto& campaign : plan.campaigns) {
        if (!is_split(campaign)) continue;
        const auto winner = tx.row<std::int64_t>(select_winner, campaign.id, rule_of(plan, campaign));
        if (!winner || *winner < 0 || *winner >= static_cast<std::int64_t>(campaign.variants.size())) continue;
        for (std::size_t i = 0; i < campaign.variants.size(); ++i) campaign.variants[i].share = static_cast<std::int64_t>(i) == *winner ? 100 : 0;
    }
}

int judge_splits(storage::Db& db, const Plan& plan, Seconds now) {
    std::vector<Counting> all;
    db.read([&](Tx& tx) {
        all.clear();
        for (const auto& campaign : plan.campaigns) {
            if (!is_split(campaign)) continue;
            auto rule = rule_of(plan, campaign);
            if (const auto began = tx.row<std::int64_t>(select_running, campaign.id, rule, now - one_day)) all.push_back({&campaign, std::move(rule), *began, {}, {}});
        }
        if (!all.empty()) count(tx, all, now);
    });
    if (all.empty()) return 0;
    return db.write([&](Tx& tx) {
        int ended = 0;
        for (const auto& one : all) {
            const auto& rule = *one.campaign->stopping;
            const auto shares = shares_of(*one.campaign);
            tx.exec(set_counts, one.campaign->id, one.rule, now, json{{"people", one.people}, {"conversions", one.conversions}, {"log_evidence", evidence_of(one.conversions, shares)}}.dump());
            const auto age = now - one.began_at;
            if (age < rule.not_before_days * one_day) continue;
            if (stats::differs(one.conversions, shares, rule.alpha)) {
                std::size_t best = 0;
                for (std::size_t i = 1; i < shares.size(); ++i)
                    if (static_cast<double>(one.conversions[i]) * shares[best] > static_cast<double>(one.conversions[best]) * shares[i]) best = i;
                ended += static_cast<int>(tx.exec(set_end, one.campaign->id, one.rule, now, static_cast<std::int64_t>(best), "difference"));
            } else if (age >= rule.not_after_days * one_day) {
                ended += static_cast<int>(tx.exec(set_end, one.campaign->id, one.rule, now, 0, "time"));
            }
        }
        return ended;
    });
}

std::vector<Split> splits(Tx& tx) {
    std::vector<Split> all;
    tx.each(select_splits, [&](const Row& row) {
        Split one;
        one.campaign = row.text(0), one.began_at = row.integer(2), one.counted_at = row.integer(3), one.ended_at = row.integer(4), one.winner = static_cast<int>(row.integer(5)), one.why = row.text(6);
        const auto rule = json::parse(row.text(1));
        one.goal = rule.at("goal").get<std::string>(), one.within_days = rule.at("within").get<int>(), one.alpha = rule.at("alpha").get<double>();
        for (const auto& variant : rule.at("variants")) one.variants.push_back(variant.at("id").get<std::string>()), one.shares.push_back(variant.at("share").get<std::int64_t>());
        if (!row.text(7).empty()) {
            const auto counts = json::parse(row.text(7));
            one.people = counts.at("people").get<std::vector<std::int64_t>>(), one.conversions = counts.at("conversions").get<std::vector<std::int64_t>>(), one.log_evidence = counts.at("log_evidence").get<double>();
        } else {
            one.people.assign(one.variants.size(), 0), one.conversions = one.people;
        }
        all.push_back(std::move(one));
    });
    return all;
}

std::vector<GoalFigure> goal_figures(Tx& tx, const Plan& plan, Seconds from, Seconds until) {
    std::map<std::pair<int, int>, GoalFigure> sums;
    walk_followed(tx, from, until, 0, false, [&](std::span<const Followed> letters) {
        for (const auto& letter : letters) {
            const int at = plan.find_campaign(letter.campaign);
            if (at < 0) continue;
            const auto& campaign = plan.campaigns[static_cast<std::size_t>(at)];
            auto& sum = sums[{at, letter.variant}];
            ++sum.letters, sum.clicked += letter.clicked();
            if (campaign.goal) sum.reached += letter.reached(*campaign.goal);
        }
        return true;
    });
    std::vector<GoalFigure> all;
    for (auto& [key, sum] : sums) {
        const auto& campaign = plan.campaigns[static_cast<std::size_t>(key.first)];
        sum.campaign = campaign.id;
        const auto variant = static_cast<std::size_t>(key.second);
        if (variant < campaign.variants.size()) sum.variant = campaign.variants[variant].id;
        if (campaign.goal) sum.goal = name_of(*campaign.goal), sum.within_days = campaign.goal->days;
        all.push_back(std::move(sum));
    }
    return all;
}

}  // namespace verbatim::plan
