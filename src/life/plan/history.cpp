#include "life/plan/history.h"

#include "life/plan/decide.h"
#include "life/plan/feed.h"
#include "life/plan/run.h"
#include "life/plan/words.h"
#include "record/contact/topics.h"

namespace verbatim::plan {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql of_customer(R"sql(
SELECT t.person, t.vehicle, c.id, COALESCE(k.vin, ''), COALESCE(v.version, ''), t.how, t.outcome, t.due_day, t.at,
  COALESCE((SELECT MIN(l.at) FROM plan_click l WHERE l.person = t.person AND l.due_day = t.due_day AND l.campaign = t.campaign AND l.vehicle = t.vehicle AND l.signs = 0), 0),
  COALESCE((SELECT o.at FROM plan_open o WHERE o.person = t.person AND o.due_day = t.due_day AND o.campaign = t.campaign AND o.vehicle = t.vehicle AND o.signs = 0), 0)
FROM plan_person p JOIN plan_touch t ON t.person = p.number JOIN plan_campaign c ON c.number = t.campaign
LEFT JOIN plan_version v ON v.number = t.version LEFT JOIN plan_vehicle k ON k.person = t.person AND k.vehicle = t.vehicle
WHERE p.customer = $1 ORDER BY t.at DESC, t.due_day DESC, t.campaign LIMIT $2)sql");
#define FIGURES(MONTH) \
    "SELECT c.id, f.month, COALESCE(k.country, ''), f.how, f.outcome, SUM(f.count) FROM (" \
    "SELECT t.campaign, " MONTH " AS month, p.customer, t.how, t.outcome, COUNT(*) AS count FROM plan_touch t JOIN plan_person p ON p.number = t.person " \
    "WHERE t.at >= $1 AND t.at < $2 GROUP BY t.campaign, 2, p.customer, t.how, t.outcome) f " \
    "JOIN plan_campaign c ON c.number = f.campaign LEFT JOIN customer k ON k.id = f.customer " \
    "GROUP BY c.id, f.month, k.country, f.how, f.outcome ORDER BY c.id, f.month, 3, f.how, f.outcome"
constexpr Sql figures(FIGURES("strftime('%Y-%m', t.at, 'unixepoch')"), FIGURES("to_char(to_timestamp(t.at) AT TIME ZONE 'UTC', 'YYYY-MM')"));
constexpr Sql delete_touches("DELETE FROM plan_touch WHERE person IN (SELECT number FROM plan_person WHERE customer = $1)");
constexpr Sql delete_clicks("DELETE FROM plan_click WHERE person IN (SELECT number FROM plan_person WHERE customer = $1)");
constexpr Sql delete_opens("DELETE FROM plan_open WHERE person IN (SELECT number FROM plan_person WHERE customer = $1)");
constexpr Sql delete_vehicles("DELETE FROM plan_vehicle WHERE person IN (SELECT number FROM plan_person WHERE customer = $1)");
constexpr Sql delete_facts("DELETE FROM plan_fact WHERE customer = $1");
constexpr Sql delete_person("DELETE FROM plan_person WHERE customer = $1");
constexpr Sql gone("SELECT p.customer FROM plan_person p WHERE p.looked_at < $1 AND NOT EXISTS (SELECT 1 FROM customer k WHERE k.id = p.customer) ORDER BY p.number LIMIT $2");
constexpr Sql count_gone("SELECT COUNT(*) FROM plan_person p WHERE p.looked_at < $1 AND NOT EXISTS (SELECT 1 FROM customer k WHERE k.id = p.customer)");

std::string channel_of(std::int64_t how) { return std::string(name_of(static_cast<Channel>(how & 7))); }
std::string variant_of(std::int64_t how) { return how >> 3 ? std::to_string(how >> 3) : std::string(); }
std::string outcome_of(std::int64_t outcome) { return std::string(name_of(static_cast<Outcome>(outcome))); }

}  // namespace

std::vector<Touchpoint> touchpoints_of_customer(Tx& tx, std::string_view customer, int limit) {
    std::vector<Touchpoint> all;
    std::vector<std::string> keys;
    tx.each(of_customer, [&](const Row& row) {
        all.push_back({std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4)), channel_of(row.integer(5)), variant_of(row.integer(5)), outcome_of(row.integer(6)), {}, row.integer(7), row.integer(8), row.integer(9), row.integer(10)});
        keys.push_back(message_key(row.integer(0), static_cast<int>(row.integer(1)), all.back().campaign, row.integer(7)));
    }, customer, limit);
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].outcome == "sent") all[i].message = contact::state_of(tx, keys[i]);
    return all;
}

std::vector<CampaignFigure> campaign_figures(Tx& tx, Seconds from, Seconds until) {
    std::vector<CampaignFigure> all;
    tx.each(figures, [&](const Row& row) {
        all.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), channel_of(row.integer(3)), variant_of(row.integer(3)), outcome_of(row.integer(4)), row.integer(5)});
    }, from, until);
    return all;
}

void forget_person(Tx& tx, Seconds now, std::string_view customer) {
    tell_forgotten(tx, now, customer, "erased");
    tx.exec(delete_clicks, customer);
    tx.exec(delete_opens, customer);
    tx.exec(delete_touches, customer);
    tx.exec(delete_vehicles, customer);
    tx.exec(delete_facts, customer);
    tx.exec(delete_person, customer);
}

std::int64_t purge_gone(Tx& tx, Seconds now, Seconds before, int limit) {
    const auto all = tx.rows<std::string>(gone, before, limit);
    for (const auto& customer : all) forget_person(tx, now, customer);
    return static_cast<std::int64_t>(all.size());
}

std::int64_t gone_before(Tx& tx, Seconds before) { return tx.value<std::int64_t>(count_gone, before); }

}  // namespace verbatim::plan
