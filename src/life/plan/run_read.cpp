// What is asked of the running plan.
#include "life/plan/default_plan.h"
#include "life/plan/run.h"
#include "record/contact/clicks.h"
#include "record/contact/reach.h"

namespace verbatim::plan {

using storage::Tx;

namespace {
constexpr int most_months = 36;
}

bool of_the_whole(const Actor& actor) {
    return actor.kind == ActorKind::system || (actor.kind == ActorKind::staff && (actor.role == "admin" || actor.role == "hq" || actor.role == "crm" || actor.role == "auditor") && (actor.scope.empty() || actor.scope == "*"));
}

std::vector<Version> Run::versions(int limit) const {
    return db_.read([&](Tx& tx) { return plan::versions(tx, limit); });
}

std::optional<Version> Run::current() const {
    return db_.read([&](Tx& tx) { return version_at(tx, clock_.now()); });
}

std::optional<Version> Run::version(std::int64_t number) const {
    if (number == 0) return Version{0, read_plan(default_plan()).plan.version, 0, 0, "packaged", std::string(default_plan())};
    return db_.read([&](Tx& tx) { return find_version(tx, number); });
}

Result<std::vector<Change>> Run::compare(std::int64_t a, std::int64_t b) const {
    const auto before = version(a), after = version(b);
    if (!before || !after) return Error{ErrorKind::not_found, "unknown", "there is no such version", before ? "b" : "a"};
    return plan::compare(before->body, after->body);
}

Result<std::vector<Touchpoint>> Run::touchpoints(const Actor& actor, std::string_view customer_number, int limit) const {
    if (!of_the_whole(actor)) return Error{ErrorKind::not_found, "unknown", "there is no such thing, or not for you", {}};
    return db_.read([&](Tx& tx) -> Result<std::vector<Touchpoint>> {
        const auto customer = contact::customer_by_number(tx, customer_number);
        if (!customer) return Error{ErrorKind::not_found, "unknown", "there is no such thing, or not for you", {}};
        return touchpoints_of_customer(tx, *customer, limit);
    });
}

Result<std::vector<CampaignFigure>> Run::figures(const Actor& actor, Seconds from, Seconds until) const {
    if (!of_the_whole(actor)) return Error{ErrorKind::forbidden, "whole_brand", "the plan's figures are the whole brand's; ask somebody who reaches all of it", {}};
    if (until <= from || until - from > most_months * Seconds{31} * 86400) return Error{ErrorKind::invalid, "span", "ask for three years at most, the end behind the beginning", "until"};
    return db_.read([&](Tx& tx) { return campaign_figures(tx, from, until); });
}

Result<std::vector<Effect>> Run::effects(const Actor& actor, Seconds from, Seconds until, int days, By by) const {
    if (!of_the_whole(actor)) return Error{ErrorKind::forbidden, "whole_brand", "the plan's effects are the whole brand's; ask somebody who reaches all of it", {}};
    if (until <= from || until - from > Seconds{366} * 86400) return Error{ErrorKind::invalid, "span", "ask for a year at most, the end behind the beginning", "until"};
    if (days < 1 || days > 365) return Error{ErrorKind::invalid, "days", "what followed is counted for 1 to 365 days", "days"};
    return db_.read([&](Tx& tx) { return plan::effects(tx, from, until, days, by); });
}

std::optional<std::string> Run::follow(std::string_view token, std::string_view target, bool robot) {
    const auto message = contact::read_click(token, target);
    if (!message) return std::nullopt;
    db_.write([&](Tx& tx) { note_click(tx, clock_.now(), *message, target, robot); });
    return std::string(target);
}

void Run::opened(std::string_view token, bool robot) {
    const auto message = contact::read_open(token);
    if (message) db_.write([&](Tx& tx) { note_open(tx, clock_.now(), *message, robot); });
}

}  // namespace verbatim::plan
