#include "life/plan/followed.h"

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "ground/base/calendar.h"
#include "record/experiences/lived.h"
#include "record/reviews/rated.h"

namespace verbatim::plan {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql last_of_slice("SELECT MAX(number) FROM (SELECT number FROM plan_person WHERE number > $1 ORDER BY number LIMIT $2) s");
constexpr Sql letters(R"sql(
SELECT t.person, p.customer, c.id, t.how, t.at, MIN(CASE WHEN k.signs = 0 THEN k.at END)
FROM plan_touch t JOIN plan_person p ON p.number = t.person JOIN plan_campaign c ON c.number = t.campaign
LEFT JOIN plan_click k ON k.person = t.person AND k.due_day = t.due_day AND k.campaign = t.campaign AND k.vehicle = t.vehicle
WHERE t.person > $1 AND t.person <= $2 AND t.at >= $3 AND t.at < $4 AND t.outcome = 0 AND t.how >= $5
GROUP BY t.person, p.customer, c.id, t.how, t.at, t.due_day, t.vehicle ORDER BY t.person, t.at)sql");

constexpr int slice = 500;
constexpr int with_variant = 1 << 3;  // of `how` (versions.cpp)

void note(Followed& letter, Anchor what, Seconds at) {
    auto& first = letter.first[static_cast<std::size_t>(what)];
    if (at > letter.at && at < first) first = at;
}

void read_what_followed(Tx& tx, std::vector<Followed>& all) {
    auto who = nlohmann::json::array();
    std::map<std::string, std::vector<Followed*>, std::less<>> by_customer;
    for (auto& one : all) {
        auto& own = by_customer[one.customer];
        if (own.empty()) who.push_back(one.customer);
        own.push_back(&one);
    }
    const auto customers = who.dump();
    experiences::lived_by(tx, customers, [&](const experiences::Lived& lived) {
        const auto day = parse_date(lived.occurred_on);
        const auto own = by_customer.find(lived.customer);
        if (!day || own == by_customer.end()) return;
        const auto what = lived.kind == "order" ? Anchor::order : lived.kind == "workshop" ? Anchor::service : Anchor::delivery;
        for (auto* letter : own->second) note(*letter, what, midnight(*day));  // a day without an hour: the same day is before the letter
    });
    reviews::rated_by(tx, customers, [&](const reviews::Rated& rated) {
        const auto own = by_customer.find(rated.customer);
        if (own == by_customer.end()) return;
        for (auto* letter : own->second) note(*letter, Anchor::review, rated.at);
    });
}

}  // namespace

void walk_followed(Tx& tx, Seconds from, Seconds until, std::int64_t after, bool variants_only, const std::function<bool(std::span<const Followed>)>& each) {
    for (;;) {
        const auto last = tx.row<std::optional<std::int64_t>>(last_of_slice, after, slice);
        if (!last || !*last) return;
        std::vector<Followed> all;
        tx.each(letters, [&](const Row& row) {
            all.emplace_back();
            auto& one = all.back();
            one.person = row.integer(0), one.customer = row.text(1), one.campaign = row.text(2);
            one.variant = static_cast<int>(row.integer(3) >> 3) - 1, one.at = row.integer(4), one.clicked_at = row.is_null(5) ? never : row.integer(5);
            one.first.fill(never);
        }, after, **last, from, until, variants_only ? with_variant : 0);
        after = **last;
        if (all.empty()) continue;
        read_what_followed(tx, all);
        if (!each(all)) return;
    }
}

}  // namespace verbatim::plan
