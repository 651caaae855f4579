#include "record/readings/spans.h"

#include <nlohmann/json.hpp>

namespace verbatim::readings {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

#define OF_SITE "t.site = $1 AND t.kind = 'site' AND t.month >= $2"
#define OF_PRODUCT "t.product = $1 AND t.kind = 'product' AND t.month >= $2"
#define COUNT_READINGS(where) "SELECT COALESCE(SUM(t.reviews), 0) FROM reading_tally t WHERE " where
#define COUNT_THEMES(where)                                                                                      \
    "SELECT t.theme, SUM(t.reviews), SUM(t.positive), SUM(t.negative) FROM theme_tally t WHERE " where          \
    " GROUP BY t.theme HAVING SUM(t.reviews) > 0 ORDER BY 2 DESC, 1"
constexpr Sql site_readings(COUNT_READINGS(OF_SITE)), product_readings(COUNT_READINGS(OF_PRODUCT));
constexpr Sql site_themes(COUNT_THEMES(OF_SITE)), product_themes(COUNT_THEMES(OF_PRODUCT));
constexpr Sql select_spans("SELECT review, theme, polarity, start_at, end_at FROM review_theme WHERE review IN (SELECT value FROM json_each($1)) ORDER BY review, start_at, theme",
                           "SELECT review, theme, polarity, start_at, end_at FROM review_theme WHERE review = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS JSONB)))) "
                           "ORDER BY review, start_at, theme");
constexpr Sql select_newest(R"sql(
SELECT r.id, r.lang, r.body, r.rating, r.published_at, t.theme, t.start_at, t.end_at, t.polarity
FROM (SELECT id, lang, body, rating, published_at FROM review WHERE subject = $1 AND state = 'published' AND published_at > $2 AND origin <> 'gathered'
      ORDER BY published_at DESC, id DESC LIMIT $3) r JOIN review_theme t ON t.review = r.id
ORDER BY r.published_at DESC, r.id DESC, t.start_at, t.theme)sql");

}  // namespace

Tallies tallies_of_subject(Tx& tx, std::string_view subject, int from_month) {
    const bool site = subject.starts_with("site:");
    const auto code = subject.substr(subject.find(':') + 1);
    Tallies out;
    out.reviews = tx.value<std::int64_t>(site ? site_readings : product_readings, code, from_month);
    tx.each(site ? site_themes : product_themes, [&](const Row& row) { out.themes.push_back({std::string(row.text(0)), row.integer(1), row.integer(2), row.integer(3)}); }, code, from_month);
    return out;
}

SpansByReview spans_of(Tx& tx, const std::vector<std::string>& reviews) {
    SpansByReview out;
    if (reviews.empty()) return out;
    tx.each(select_spans, [&](const Row& row) {
        out[std::string(row.text(0))].push_back({std::string(row.text(1)), row.real(2), static_cast<std::size_t>(row.integer(3)), static_cast<std::size_t>(row.integer(4))});
    }, nlohmann::json(reviews).dump());
    return out;
}

std::vector<Words> newest_words(Tx& tx, std::string_view subject, Seconds since, int limit) {
    std::vector<Words> out;
    tx.each(select_newest, [&](const Row& row) {
        Words one;
        one.review = row.text(0);
        one.subject = subject;
        one.lang = row.is_null(1) ? "" : row.text(1);
        one.body = row.text(2);
        if (!row.is_null(3)) one.rating = static_cast<int>(row.integer(3));
        one.published_at = row.integer(4);
        one.theme = row.text(5);
        one.start = static_cast<std::size_t>(row.integer(6));
        one.end = static_cast<std::size_t>(row.integer(7));
        one.polarity = row.real(8);
        out.push_back(std::move(one));
    }, subject, since, limit);
    return out;
}

}  // namespace verbatim::readings
