// What is asked of the run about goals, splits and lists.
#include "life/plan/default_plan.h"
#include "life/plan/run.h"

namespace verbatim::plan {

using storage::Tx;

namespace {
Error not_allowed() { return {ErrorKind::forbidden, "whole_brand", "what the plan reached is the whole brand's; ask somebody who reaches all of it", {}}; }
Error long_span() { return {ErrorKind::invalid, "span", "ask for a year at most, the end behind the beginning", "until"}; }
bool is_long(Seconds from, Seconds until) { return until <= from || until - from > Seconds{366} * 86400; }
}  // namespace

Result<std::vector<Split>> Run::splits(const Actor& actor) const {
    if (!of_the_whole(actor)) return not_allowed();
    return db_.read([](Tx& tx) { return plan::splits(tx); });
}

Result<std::vector<GoalFigure>> Run::goals(const Actor& actor, Seconds from, Seconds until) const {
    if (!of_the_whole(actor)) return not_allowed();
    if (is_long(from, until)) return long_span();
    return db_.read([&](Tx& tx) {
        const auto version = version_at(tx, clock_.now());
        return goal_figures(tx, read_plan(version ? std::string_view(version->body) : default_plan()).plan, from, until);
    });
}

Result<List> Run::list(const Actor& actor, const ListWish& wish) const {
    if (!of_the_whole(actor)) return not_allowed();
    if (is_long(wish.from, wish.until)) return long_span();
    return db_.read([&](Tx& tx) -> Result<List> {
        const auto version = version_at(tx, clock_.now());
        if (read_plan(version ? std::string_view(version->body) : default_plan()).plan.find_campaign(wish.campaign) < 0)
            return Error{ErrorKind::invalid, "campaign_unknown", "the plan has no such campaign", "campaign"};
        return list_people(tx, wish, clock_.now());
    });
}

}  // namespace verbatim::plan
