// A campaign's split, while it runs: which variant reaches the goal. It ends by itself, by a rule that may be looked at every day
// (ground/stats/sequential.h): when the evidence of a difference reaches 1 / alpha, and never before `not_before`; or after `not_after`, and
// then the first variant stays. From then on everybody gets the variant that is left.
//
// A person counts once, with the first letter of the campaign and whether its goal was reached after it: letters of one person are no draws of their own.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "life/plan/plan.h"

namespace verbatim::plan {

std::span<const storage::Migration> split_migrations();

struct Split {
    std::string campaign;
    std::vector<std::string> variants;
    std::vector<std::int64_t> shares, people, conversions;  // by variant; people: got a letter
    std::string goal;
    int within_days = 0;
    double log_evidence = 0, alpha = 0;
    Seconds began_at = 0, counted_at = 0, ended_at = 0;     // 0: it runs
    int winner = -1;
    std::string why;                                        // difference | time
};

// Newest first; those of plans that are past too.
std::vector<Split> splits(storage::Tx& tx);
// Begins what is new in this plan. Whose variants, shares, goal or rule are others is another split.
void begin_splits(storage::Tx& tx, const Plan& plan, Seconds now);
// Lets ended splits give all they have to the variant that is left.
void apply_splits(storage::Tx& tx, Plan& plan);
// Once a day at most: counts the splits that run, in a read of its own, and ends what is decided. How many ended.
int judge_splits(storage::Db& db, const Plan& plan, Seconds now);

// How often each campaign reached what it wants: letters that went from `from` until `until`, and the goal within its days after.
struct GoalFigure {
    std::string campaign, variant, goal;  // variant: its id; "" where there is none
    int within_days = 0;
    std::int64_t letters = 0, clicked = 0, reached = 0;
};
std::vector<GoalFigure> goal_figures(storage::Tx& tx, const Plan& plan, Seconds from, Seconds until);

}  // namespace verbatim::plan
