#include "life/plan/owners.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "ground/base/calendar.h"
#include "record/contact/agreed.h"
#include "record/experiences/vehicles.h"

namespace verbatim::plan {
namespace {

using storage::Sql;
using storage::Tx;

constexpr Sql insert_fact("INSERT INTO plan_fact (customer, vin, what, day) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");

struct Step {
    std::string customer;
    std::int64_t day = 0, registered = 0;  // registered 0: unknown
    bool bought = false;                   // not only brought to the workshop
};
struct Hands {
    std::string vin;
    std::vector<Step> steps;  // by day
};

std::int64_t day_of(std::string_view text) {
    const auto date = parse_date(text);
    return date ? midnight(*date) / one_day : 0;
}

// Several numbers at one mailbox are one household: whoever drives, nothing was sold.
bool one_household(Tx& tx, const std::string& a, const std::string& b) {
    const auto all = contact::at_one_mailbox(tx, a);
    return std::find(all.begin(), all.end(), b) != all.end();
}

// Since when somebody else has it whom `mine` does not live with: the first day of theirs behind the last of mine. On one day, only who
// bought came after.
std::int64_t passed_on(Tx& tx, const Hands& vehicle, const std::string& mine) {
    std::int64_t last = 0;
    for (const auto& step : vehicle.steps)
        if (step.customer == mine) last = std::max(last, step.day);
    for (const auto& step : vehicle.steps)
        if (step.customer != mine && (step.day > last || (step.day == last && step.bought)) && !one_household(tx, mine, step.customer)) return step.day;
    return 0;
}

void note(Tx& tx, const Hands& vehicle, std::vector<std::string>& changed) {
    std::set<std::string> people;
    for (const auto& step : vehicle.steps) people.insert(step.customer);
    for (const auto& mine : people) {
        bool news = false;
        if (const auto day = passed_on(tx, vehicle, mine); day != 0) news = tx.exec(insert_fact, mine, vehicle.vin, fact_passed_on, day) != 0;
        const auto first = std::find_if(vehicle.steps.begin(), vehicle.steps.end(), [&](const Step& step) { return step.customer == mine; });
        const auto before = std::find_if(vehicle.steps.begin(), first, [&](const Step& step) { return !one_household(tx, mine, step.customer); });
        if (before != first) {
            news = tx.exec(insert_fact, mine, vehicle.vin, fact_taken_over, first->day) != 0 || news;
            const auto registered = std::find_if(vehicle.steps.begin(), vehicle.steps.end(), [](const Step& step) { return step.registered != 0; });
            // Without a day of registration the first delivery stands for it.
            const auto began = registered != vehicle.steps.end() ? registered->registered : before->bought ? before->day : 0;
            if (began != 0) news = tx.exec(insert_fact, mine, vehicle.vin, fact_first_registered, began) != 0 || news;
        }
        if (news) changed.push_back(mine);
    }
}

}  // namespace

std::vector<std::string> note_owners(Tx& tx, std::span<const experiences::Arrived> arrived) {
    auto ids = nlohmann::json::array();
    for (const auto& one : arrived) ids.push_back(one.id);
    std::vector<Hands> vehicles;
    experiences::in_many_hands(tx, ids.dump(), [&](const experiences::InHands& one) {
        const auto day = day_of(one.occurred_on);
        if (day == 0 || one.customer.empty()) return;
        if (vehicles.empty() || vehicles.back().vin != one.vin) vehicles.push_back({std::string(one.vin), {}});
        vehicles.back().steps.push_back({std::string(one.customer), day, day_of(one.registered_on), one.kind != "workshop"});
    });
    std::vector<std::string> changed;
    for (const auto& vehicle : vehicles) note(tx, vehicle, changed);
    return changed;
}

}  // namespace verbatim::plan
