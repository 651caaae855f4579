#include "record/readings/store.h"

#include "record/figures/measures.h"

namespace verbatim::readings {
namespace {

using storage::Sql;
using storage::Tx;

#define LISTED_SQLITE " IN (SELECT value FROM json_each($1))"
#define LISTED_POSTGRESQL " = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS JSONB))))"

// In the order of the key, so that two transactions wait for each other and never both.
#define ADD_THEMES(listed)                                                                                                                         \
    "INSERT INTO theme_tally (theme, site, product, kind, month, reviews, positive, negative) "                                                    \
    "SELECT x.theme, r.site, r.product, r.kind, r.month, $2 * COUNT(*), $2 * SUM(CASE WHEN x.side > 0 THEN 1 ELSE 0 END), "                         \
    "$2 * SUM(CASE WHEN x.side < 0 THEN 1 ELSE 0 END) "                                                                                             \
    "FROM (SELECT review, theme, SUM(polarity) AS side FROM review_theme WHERE review" listed " GROUP BY review, theme) x "                         \
    "JOIN review_reading r ON r.review = x.review WHERE r.review IS NOT NULL "                                                                      \
    "GROUP BY r.site, r.product, r.kind, r.month, x.theme ORDER BY r.site, r.product, r.kind, r.month, x.theme "                                    \
    "ON CONFLICT (site, product, kind, month, theme) DO UPDATE SET reviews = theme_tally.reviews + excluded.reviews, "                              \
    "positive = theme_tally.positive + excluded.positive, negative = theme_tally.negative + excluded.negative"
#define ADD_READINGS(listed)                                                                                                                       \
    "INSERT INTO reading_tally (site, product, kind, month, reviews) "                                                                             \
    "SELECT r.site, r.product, r.kind, r.month, $2 * COUNT(*) FROM review_reading r WHERE r.review" listed                                          \
    " GROUP BY r.site, r.product, r.kind, r.month ORDER BY r.site, r.product, r.kind, r.month "                                                     \
    "ON CONFLICT (site, product, kind, month) DO UPDATE SET reviews = reading_tally.reviews + excluded.reviews"
constexpr Sql add_themes(ADD_THEMES(LISTED_SQLITE), ADD_THEMES(LISTED_POSTGRESQL));
constexpr Sql add_readings(ADD_READINGS(LISTED_SQLITE), ADD_READINGS(LISTED_POSTGRESQL));
constexpr Sql drop_themes("DELETE FROM review_theme WHERE review" LISTED_SQLITE, "DELETE FROM review_theme WHERE review" LISTED_POSTGRESQL);
constexpr Sql drop_readings("DELETE FROM review_reading WHERE review" LISTED_SQLITE, "DELETE FROM review_reading WHERE review" LISTED_POSTGRESQL);
constexpr Sql any_of("SELECT COUNT(*) FROM review_reading WHERE review" LISTED_SQLITE, "SELECT COUNT(*) FROM review_reading WHERE review" LISTED_POSTGRESQL);
constexpr Sql put_reading(R"sql(
INSERT INTO review_reading (review, kind, site, product, country, month, at, lang, stars, polarity, contradiction, version, meaning)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13))sql");
constexpr Sql put_theme("INSERT INTO review_theme (review, theme, start_at, end_at, polarity, at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING");

}  // namespace

void exchange(Tx& tx, std::string_view reviews, const std::vector<std::pair<Source, Reading>>& kept, std::string_view version) {
    if (tx.value<std::int64_t>(any_of, reviews) != 0) {
        tx.exec(add_themes, reviews, -1);
        tx.exec(add_readings, reviews, -1);
        tx.exec(drop_themes, reviews);
        tx.exec(drop_readings, reviews);
    }
    if (kept.empty()) return;
    std::vector<std::tuple<std::string, std::string, std::string, std::string, std::string, std::int64_t, Seconds, std::string, std::int64_t, double, std::int64_t, std::string, std::optional<storage::Blob>>> readings;
    std::vector<std::tuple<std::string, std::string, std::int64_t, std::int64_t, double, Seconds>> themes;
    readings.reserve(kept.size());
    for (const auto& [source, reading] : kept) {
        const bool product = source.subject.starts_with("product:");
        readings.emplace_back(source.review, product ? "product" : "site", source.site, source.product, source.country, figures::month_of(source.published_at), source.published_at,
                              reading.lang, reading.stars, reading.polarity, reading.contradiction ? 1 : 0, std::string(version), reading.meaning.empty() ? std::nullopt : std::optional(storage::Blob{reading.meaning}));
        for (const auto& span : reading.themes) {
            themes.emplace_back(source.review, span.theme, static_cast<std::int64_t>(span.start), static_cast<std::int64_t>(span.end), span.polarity, source.published_at);
        }
    }
    tx.exec_many(put_reading, readings);
    if (!themes.empty()) tx.exec_many(put_theme, themes);
    tx.exec(add_themes, reviews, 1);
    tx.exec(add_readings, reviews, 1);
}

}  // namespace verbatim::readings
