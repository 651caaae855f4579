#include "life/analyse/drift.h"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "ground/base/calendar.h"
#include "ground/base/log.h"
#include "ground/stats/poisson.h"
#include "life/analyse/told.h"
#include "record/events/events.h"

namespace verbatim::analyse {
namespace {

using storage::Sql;
using storage::Tx;

// A side of the words only where they say something (polarity beyond a fifth), of the stars only beside three.
constexpr Sql select_languages(R"sql(
SELECT g.lang, SUM(CASE WHEN g.at > $2 AND (r.rating > 3) <> (g.polarity > 0) THEN 1 ELSE 0 END), SUM(CASE WHEN g.at > $2 THEN 1 ELSE 0 END),
       SUM(CASE WHEN g.at <= $2 AND (r.rating > 3) <> (g.polarity > 0) THEN 1 ELSE 0 END), SUM(CASE WHEN g.at <= $2 THEN 1 ELSE 0 END)
FROM review_reading g JOIN review r ON r.id = g.review
WHERE g.at > $1 AND g.at <= $3 AND r.rating IS NOT NULL AND r.rating <> 3 AND (g.polarity > 0.2 OR g.polarity < -0.2) AND g.lang <> '' GROUP BY g.lang ORDER BY g.lang)sql");
constexpr Sql told_lately("SELECT COUNT(*) FROM reader_drift WHERE language = $1 AND at > $2");
constexpr Sql keep_drift("INSERT INTO reader_drift (language, at, against, reviews, against_before, reviews_before, p, finding) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
constexpr Sql select_examples(R"sql(
SELECT r.id, r.subject FROM review_reading g JOIN review r ON r.id = g.review
WHERE g.lang = $1 AND g.at > $2 AND g.at <= $3 AND r.state = 'published' AND r.rating IS NOT NULL AND r.rating <> 3 AND (g.polarity > 0.2 OR g.polarity < -0.2)
  AND (r.rating > 3) <> (g.polarity > 0) ORDER BY ABS(g.polarity) DESC, r.id LIMIT $4)sql");
struct Language {
    std::string code;
    Share now, before;
    double p = 1;
};

std::string percent(const Share& share) {
    char text[16];
    std::snprintf(text, sizeof text, "%.1f %%", share.n == 0 ? 0.0 : 100.0 * static_cast<double>(share.k) / static_cast<double>(share.n));
    return text;
}

void tell(Tx& tx, Seconds now, const Language& language, const TrendOptions& options) {
    Told told{"*", {}, {}, language.code, {}};
    told.title = "Words and stars disagree more often: " + language.code;
    told.text = "In the last " + std::to_string(drift_days) + " days the words of " + std::to_string(language.now.k) + " of " + std::to_string(language.now.n) + " reviews (" + percent(language.now) +
                ") were read as of another mind than their stars; before it were " + std::to_string(language.before.k) + " of " + std::to_string(language.before.n) + " (" + percent(language.before) +
                "). Customers may write otherwise than the models learned. Read the reviews behind this; new models are trained by \"verbatim models data\" and \"verbatim train\", and held against these by \"verbatim models activate\".";
    for (auto& [review, subject] : tx.rows<std::string, std::string>(select_examples, language.code, now - drift_days * one_day, now, trend_sentences)) told.reviews.emplace_back(std::move(review), std::move(subject));
    const auto id = tell_finding(tx, now, told, network::people_with_role(tx, "hq"), options);
    tx.exec(keep_drift, language.code, now, language.now.k, language.now.n, language.before.k, language.before.n, language.p, id);
    events::raise(tx, now, "finding.changed", "", id, {{"step", "sent"}, {"drift", language.code}});
}

}  // namespace

int watch_drift(storage::Db& db, const Clock& clock, const TrendOptions& options) {
    const auto now = clock.now(), from = now - drift_days * one_day;
    std::vector<Language> all;
    db.read([&](Tx& tx) {
        all.clear();
        tx.each(select_languages, [&](const storage::Row& row) { all.push_back({std::string(row.text(0)), {row.integer(1), row.integer(2)}, {row.integer(3), row.integer(4)}, 1}); },
                from - drift_before_days * one_day, from, now);
    });
    int told = 0;
    for (auto& one : all) {
        if (one.now.n < drift_fewest || one.before.n < drift_fewest) continue;
        const double grew = static_cast<double>(one.now.k) / static_cast<double>(one.now.n) - static_cast<double>(one.before.k) / static_cast<double>(one.before.n);
        one.p = stats::share_grew(one.before.k, one.before.n, one.now.k, one.now.n);
        if (grew < drift_share || one.p >= drift_surely) continue;
        const bool fresh = db.write([&](Tx& tx) {
            if (tx.value<std::int64_t>(told_lately, one.code, now - silent_days * one_day) != 0) return false;
            tell(tx, now, one, options);
            return true;
        });
        if (!fresh) continue;
        ++told;
        log::warning("words and stars disagree more often than before", {{"language", one.code}, {"against", one.now.k}, {"reviews", one.now.n}});
    }
    return told;
}

}  // namespace verbatim::analyse
