#include <algorithm>

#include "record/readings/readings.h"

namespace verbatim::readings {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

// $1: the branch. Cut by what the reviews are about, like every list (record/network/branches.h).
#define ON_BRANCH \
    "($1 = '*' OR EXISTS (SELECT 1 FROM branch_subject b WHERE b.branch = $1 AND b.subject = CASE WHEN t.kind = 'product' THEN 'product:' || t.product ELSE 'site:' || t.site END)) "
constexpr Sql count_readings("SELECT COALESCE(SUM(t.reviews), 0) FROM reading_tally t WHERE t.month >= $3 AND t.month <= $4 AND ($2 = '' OR t.kind = $2) AND " ON_BRANCH);
constexpr Sql count_themes("SELECT t.theme, SUM(t.reviews), SUM(t.positive), SUM(t.negative) FROM theme_tally t WHERE t.month >= $3 AND t.month <= $4 AND ($2 = '' OR t.kind = $2) AND " ON_BRANCH
                           "GROUP BY t.theme HAVING SUM(t.reviews) > 0 ORDER BY 2 DESC, 1");
// A single site or product, as the public pages ask: by the key.
constexpr Sql count_readings_of_site("SELECT COALESCE(SUM(t.reviews), 0) FROM reading_tally t WHERE t.site = $1 AND t.kind = 'site' AND t.month >= $2 AND t.month <= $3");
constexpr Sql count_themes_of_site("SELECT t.theme, SUM(t.reviews), SUM(t.positive), SUM(t.negative) FROM theme_tally t WHERE t.site = $1 AND t.kind = 'site' AND t.month >= $2 AND t.month <= $3 "
                                   "GROUP BY t.theme HAVING SUM(t.reviews) > 0 ORDER BY 2 DESC, 1");
constexpr Sql months_of_all("SELECT t.month, SUM(t.reviews) FROM reading_tally t WHERE t.month >= $3 AND t.month <= $4 AND ($2 = '' OR t.kind = $2) AND " ON_BRANCH "GROUP BY t.month ORDER BY t.month");
constexpr Sql months_of_theme("SELECT t.month, SUM(t.reviews), SUM(t.positive), SUM(t.negative) FROM theme_tally t WHERE t.month >= $3 AND t.month <= $4 AND ($2 = '' OR t.kind = $2) AND t.theme = $5 AND " ON_BRANCH
                              "GROUP BY t.month ORDER BY t.month");
constexpr Sql select_words(R"sql(
SELECT t.review, r.subject, g.site, g.product, g.country, r.lang, r.body, r.rating, r.published_at, t.start_at, t.end_at, t.polarity
FROM review_theme t JOIN review_reading g ON g.review = t.review JOIN review r ON r.id = t.review
WHERE t.theme = $2 AND r.state = 'published' AND ($3 = '' OR ($3 = 'positive' AND t.polarity > 0) OR ($3 = 'negative' AND t.polarity < 0))
  AND ($4 = '' OR (t.at, t.review) < ($5, $4))
  AND EXISTS (SELECT 1 FROM branch_subject b WHERE b.branch = $1 AND b.subject = r.subject)
ORDER BY t.at DESC, t.review DESC, t.start_at LIMIT $6)sql");
constexpr Sql select_at("SELECT at FROM review_reading WHERE review = $1");

#define COUNTED_THEMES                                                                                                                    \
    "SELECT r.site, r.product, r.kind, r.month, x.theme, COUNT(*) AS reviews, SUM(CASE WHEN x.side > 0 THEN 1 ELSE 0 END) AS positive, "   \
    "SUM(CASE WHEN x.side < 0 THEN 1 ELSE 0 END) AS negative FROM (SELECT review, theme, SUM(polarity) AS side FROM review_theme GROUP BY review, theme) x " \
    "JOIN review_reading r ON r.review = x.review GROUP BY r.site, r.product, r.kind, r.month, x.theme"
#define COUNTED_READINGS "SELECT site, product, kind, month, COUNT(*) AS reviews FROM review_reading GROUP BY site, product, kind, month"
// What is kept and was not counted, and what was counted and is not kept; rows of 0 are no difference.
constexpr Sql differing_themes("SELECT (SELECT COUNT(*) FROM (SELECT site, product, kind, month, theme, reviews, positive, negative FROM theme_tally WHERE reviews <> 0 OR positive <> 0 OR negative <> 0 EXCEPT " COUNTED_THEMES
                               ") a) + (SELECT COUNT(*) FROM (" COUNTED_THEMES " EXCEPT SELECT site, product, kind, month, theme, reviews, positive, negative FROM theme_tally) b)");
constexpr Sql differing_readings("SELECT (SELECT COUNT(*) FROM (SELECT site, product, kind, month, reviews FROM reading_tally WHERE reviews <> 0 EXCEPT " COUNTED_READINGS
                                 ") a) + (SELECT COUNT(*) FROM (" COUNTED_READINGS " EXCEPT SELECT site, product, kind, month, reviews FROM reading_tally) b)");
constexpr Sql refill_themes("INSERT INTO theme_tally (site, product, kind, month, theme, reviews, positive, negative) " COUNTED_THEMES);
constexpr Sql refill_readings("INSERT INTO reading_tally (site, product, kind, month, reviews) " COUNTED_READINGS);

Tally read_tally(const Row& row) { return {std::string(row.text(0)), row.integer(1), row.integer(2), row.integer(3)}; }

}  // namespace

Tallies tallies(Tx& tx, std::string_view branch, std::string_view about, int from_month, int to_month) {
    Tallies out;
    const auto take = [&](const Row& row) { out.themes.push_back(read_tally(row)); };
    if (branch.starts_with("site:") && about == "site") {
        const auto site = branch.substr(5);
        out.reviews = tx.value<std::int64_t>(count_readings_of_site, site, from_month, to_month);
        tx.each(count_themes_of_site, take, site, from_month, to_month);
        return out;
    }
    out.reviews = tx.value<std::int64_t>(count_readings, branch, about, from_month, to_month);
    tx.each(count_themes, take, branch, about, from_month, to_month);
    return out;
}

std::vector<Month> months(Tx& tx, std::string_view branch, std::string_view about, std::string_view theme, int from_month, int to_month) {
    std::vector<Month> out;
    tx.each(months_of_all, [&](const Row& row) { out.push_back({static_cast<int>(row.integer(0)), row.integer(1)}); }, branch, about, from_month, to_month);
    tx.each(months_of_theme, [&](const Row& row) {
        const auto found = std::find_if(out.begin(), out.end(), [&](const Month& one) { return one.month == row.integer(0); });
        if (found == out.end()) return;
        found->mentions = row.integer(1);
        found->positive = row.integer(2);
        found->negative = row.integer(3);
    }, branch, about, from_month, to_month, theme);
    return out;
}

std::vector<Words> words(Tx& tx, std::string_view branch, std::string_view theme, std::string_view side, std::string_view after, int limit) {
    std::vector<Words> out;
    const auto at = after.empty() ? std::optional<std::int64_t>(0) : tx.row<std::int64_t>(select_at, after);
    if (!at) return out;
    tx.each(select_words, [&](const Row& row) {
        Words one;
        one.review = row.text(0);
        one.subject = row.text(1);
        one.site = row.text(2);
        one.product = row.text(3);
        one.country = row.text(4);
        one.lang = row.is_null(5) ? "" : row.text(5);
        one.body = row.text(6);
        one.theme = theme;
        if (!row.is_null(7)) one.rating = static_cast<int>(row.integer(7));
        one.published_at = row.integer(8);
        one.start = static_cast<std::size_t>(row.integer(9));
        one.end = static_cast<std::size_t>(row.integer(10));
        one.polarity = row.real(11);
        out.push_back(std::move(one));
    }, branch, theme, side, after, *at, limit);
    return out;
}

Check check(storage::Db& db, bool rebuild) {
    const auto count = [&](Tx& tx) {
        Check out;
        out.tallies = tx.value<std::int64_t>("SELECT (SELECT COUNT(*) FROM theme_tally) + (SELECT COUNT(*) FROM reading_tally)");
        out.differences = tx.value<std::int64_t>(differing_themes) + tx.value<std::int64_t>(differing_readings);
        return out;
    };
    if (!rebuild) return db.read(count);
    return db.write([&](Tx& tx) {
        const auto out = count(tx);
        if (out.differences == 0) return out;
        tx.exec("DELETE FROM theme_tally");
        tx.exec("DELETE FROM reading_tally");
        tx.exec(refill_themes);
        tx.exec(refill_readings);
        return out;
    });
}

}  // namespace verbatim::readings
