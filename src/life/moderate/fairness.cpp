// One and two stars treated like four and five (norm MOD-2): counted, tested, kept by day, and told to headquarters and auditors
// when chance hardly explains a difference. Nothing else hangs on it: why they differ is a question for people.
#include <nlohmann/json.hpp>

#include "life/moderate/work.h"
#include "record/network/network.h"

namespace verbatim::moderate {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

// In minutes and at most ninety days, so that the map of delays is bounded whatever the number of reviews. What the clock had
// published and a human then refused counts as refused.
constexpr Sql count_decided(R"sql(
SELECT rating, CASE WHEN state = 'published' THEN 0 ELSE 1 END AS refused,
  (CASE WHEN waited > 7776000 THEN 7776000 WHEN waited < 0 THEN 0 ELSE waited END) / 60 AS minutes, COUNT(*) FROM (
  SELECT r.rating, r.state, COALESCE(CASE WHEN r.state = 'published' THEN r.published_at END, r.updated_at, r.published_at) - r.submitted_at AS waited FROM review r
  WHERE r.origin <> 'gathered' AND r.rating IS NOT NULL AND r.submitted_at > $1
    AND (r.state IN ('published', 'refused') OR (r.state = 'removed' AND EXISTS (
      SELECT 1 FROM moderation_decision d WHERE d.review = r.id AND d.final = 1 AND d.decision = 'refuse')))
) AS decided GROUP BY 1, 2, 3)sql");
constexpr Sql count_human(R"sql(
SELECT rating, (CASE WHEN waited > 7776000 THEN 7776000 WHEN waited < 0 THEN 0 ELSE waited END) / 60 AS minutes, COUNT(*) FROM (
  SELECT r.rating AS rating, d.at - d.submitted_at AS waited FROM moderation_decision d JOIN review r ON r.id = d.review
  WHERE d.at > $1 AND d.final = 1 AND d.decision IN ('publish', 'refuse') AND d.ref = 'review:' || d.review AND r.origin <> 'gathered' AND r.rating IS NOT NULL
) AS human GROUP BY 1, 2)sql");
constexpr Sql keep_run(R"sql(
INSERT INTO equality_run (day, at, figures, alert) VALUES ($1, $2, $3, $4)
ON CONFLICT (day) DO UPDATE SET at = excluded.at, figures = excluded.figures, alert = excluded.alert)sql");

Moderate::Fairness count(Tx& tx, Seconds now) {
    Moderate::Fairness out;
    out.at = out.to = now;
    out.from = months_before(now, 12);
    std::array<stats::Stars, 5> stars;
    tx.each(count_decided, [&](const Row& row) {
        const auto rating = row.integer(0);
        if (rating < 1 || rating > 5) return;
        auto& one = stars[static_cast<std::size_t>(rating - 1)];
        (row.integer(1) == 0 ? one.published : one.refused) += row.integer(3);
        one.delays[row.integer(2)] += row.integer(3);
    }, out.from);
    tx.each(count_human, [&](const Row& row) {
        const auto rating = row.integer(0);
        if (rating >= 1 && rating <= 5) stars[static_cast<std::size_t>(rating - 1)].human_delays[row.integer(1)] += row.integer(2);
    }, out.from);
    out.figures = stats::equality(stars);
    return out;
}

}  // namespace

Moderate::Fairness Moderate::fairness() const {
    return db_.read([&](Tx& tx) { return count(tx, clock_.now()); });
}

void Moderate::watch_fairness() {
    db_.write([&](Tx& tx) {
        const auto now = clock_.now();
        const auto run = count(tx, now);
        const auto& f = run.figures;
        const auto rate = [](const std::optional<double>& value) { return value ? *value : 0.0; };
        tx.exec(keep_run, format_date(now), now,
                json({{"refusal_p", f.refusal_p}, {"delay_p", f.delay_p}, {"low", {{"published", f.low.published}, {"refused", f.low.refused}}},
                      {"high", {{"published", f.high.published}, {"refused", f.high.refused}}}}).dump(), f.alert);
        if (!f.alert) return;
        std::set<std::string> told;
        for (const char* role : {"hq", "auditor"}) {
            for (const auto& person : network::people_with_role(tx, role)) {
                if (!told.insert(person.email).second) continue;
                contact::Message message;
                message.purpose = contact::Purpose::staff;
                message.key = "equality:" + std::to_string(now / (7 * one_day)) + ":" + person.email;  // once a week while it lasts
                message.email = person.email;
                message.name = person.name;
                message.locale = person.locale;
                message.mail_template = "equality_alert";
                message.data = json({{"LOW_RATE", rate(f.low.refusal_rate)}, {"HIGH_RATE", rate(f.high.refusal_rate)}, {"LOW_DECIDED", f.low.published + f.low.refused},
                                     {"HIGH_DECIDED", f.high.published + f.high.refused}, {"REFUSAL", f.refusal_enough && f.refusal_p < stats::alert_threshold},
                                     {"DELAY", f.delay_enough && f.delay_p < stats::alert_threshold}, {"LOW_SECONDS", f.low.human_p50.value_or(0) * 60},
                                     {"HIGH_SECONDS", f.high.human_p50.value_or(0) * 60}, {"LINK", options_.base_url + "/en/transparency"}}).dump();
                contact::queue(tx, now, message);
            }
        }
    });
}

}  // namespace verbatim::moderate
