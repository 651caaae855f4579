#include "life/analyse/trends.h"

#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "life/analyse/told.h"
#include "life/analyse/trend_words.h"
#include "record/events/events.h"
#include "record/network/branches.h"
#include "record/network/network.h"

namespace verbatim::analyse {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

// A version counts with its model.
constexpr Sql select_reviews(R"sql(
SELECT g.site, COALESCE(NULLIF(p.parent, ''), g.product), g.country, SUM(CASE WHEN g.at > $2 THEN 0 ELSE 1 END), SUM(CASE WHEN g.at > $2 THEN 1 ELSE 0 END)
FROM review_reading g LEFT JOIN product p ON p.code = g.product WHERE g.at > $1 AND g.at <= $3 GROUP BY 1, 2, 3)sql");
constexpr Sql select_complaints(R"sql(
SELECT x.theme, g.site, COALESCE(NULLIF(p.parent, ''), g.product), g.country, SUM(CASE WHEN g.at > $2 THEN 0 ELSE 1 END), SUM(CASE WHEN g.at > $2 THEN 1 ELSE 0 END)
FROM (SELECT review, theme FROM review_theme WHERE at > $1 GROUP BY review, theme HAVING SUM(polarity) < 0) x
JOIN review_reading g ON g.review = x.review LEFT JOIN product p ON p.code = g.product WHERE g.at > $1 AND g.at <= $3 GROUP BY 1, 2, 3, 4)sql");
#define IN_PLACE "($4 = '' OR g.site = $4) AND ($5 = '' OR COALESCE(NULLIF(p.parent, ''), g.product) = $5) AND ($6 = '' OR g.country = $6) "
constexpr Sql select_days(
    "SELECT (g.at - $2) / 86400, COUNT(*), SUM(CASE WHEN EXISTS (SELECT 1 FROM review_theme t WHERE t.review = g.review AND t.theme = $1 AND t.polarity < 0) THEN 1 ELSE 0 END) "
    "FROM review_reading g LEFT JOIN product p ON p.code = g.product WHERE g.at >= $2 AND g.at <= $3 AND " IN_PLACE "GROUP BY 1 ORDER BY 1");
// The plainest words first, one a review; where it is a product's, those about the product, which its people reach.
constexpr Sql select_typical(
    "SELECT g.review, r.subject, MIN(t.polarity * $8) FROM review_theme t JOIN review_reading g ON g.review = t.review LEFT JOIN product p ON p.code = g.product JOIN review r ON r.id = g.review "
    "WHERE t.theme = $1 AND t.at >= $2 AND t.at <= $3 AND t.polarity * $8 < 0 AND r.state = 'published' AND " IN_PLACE "GROUP BY g.review, r.subject, g.kind ORDER BY CASE WHEN $5 <> '' AND g.kind = 'product' THEN 0 ELSE 1 END, 3, g.review LIMIT $7");
constexpr Sql told_lately("SELECT COUNT(*) FROM theme_change WHERE theme = $1 AND place = $2 AND at > $3 AND better = $4");
constexpr Sql keep_change(R"sql(
INSERT INTO theme_change (finding, theme, place, at, since, before_mentions, before_reviews, now_mentions, now_reviews, p, better) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11))sql");
constexpr Sql name_of_product("SELECT name FROM product WHERE code = $1");
constexpr Sql name_of_site("SELECT name FROM site WHERE code = $1");

std::vector<Cell> count(Tx& tx, Seconds from, Seconds now_from, Seconds now) {
    std::map<std::tuple<std::string, std::string, std::string>, Cell> cells;
    tx.each(select_reviews, [&](const Row& row) {
        auto& cell = cells[{std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2))}];
        cell = {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), row.integer(3), row.integer(4), {}};
    }, from, now_from, now);
    tx.each(select_complaints, [&](const Row& row) {
        const auto found = cells.find({std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))});
        if (found != cells.end()) found->second.complaints[std::string(row.text(0))] = {row.integer(4), row.integer(5)};
    }, from, now_from, now);
    std::vector<Cell> all;
    for (auto& [key, cell] : cells) all.push_back(std::move(cell));
    return all;
}

std::string place_of(const Change& change) {
    switch (change.where) {
        case Where::site: return "site:" + change.site;
        case Where::model_in_country: return "product:" + change.product + " country:" + change.country;
        case Where::model: return "product:" + change.product;
        case Where::country: break;
    }
    return "country:" + change.country;
}
std::string about_of(const Change& change) {
    const auto place = place_of(change);
    return place.substr(0, place.find(' '));
}

// Who can do something about it. Where a product has nobody, and for a country beside its own people: headquarters.
std::vector<network::Person> concerned(Tx& tx, const Change& change) {
    std::vector<network::Person> all;
    const auto reaches = [&](const network::Person& person, const std::string& subject) { return network::reaches(tx, network::branch_of(network::actor_of(person)), subject); };
    switch (change.where) {
        case Where::site: return network::people_on_site(tx, change.site);
        case Where::model_in_country:
        case Where::model:
            for (auto& person : network::people_with_role(tx, "product")) {
                if (reaches(person, "product:" + change.product)) all.push_back(std::move(person));
            }
            break;
        case Where::country: all = network::people_of_country(tx, change.country); break;
    }
    if (all.empty() || change.where == Where::country) {
        for (auto& person : network::people_with_role(tx, "hq")) all.push_back(std::move(person));
    }
    return all;
}

Seconds day_of_change(Tx& tx, const Change& change, Seconds now, bool better) {
    constexpr int looked_back = 3 * trend_days;
    const auto from = now - looked_back * one_day;
    std::vector<Share> days(looked_back + 1);
    tx.each(select_days, [&](const Row& row) {
        const auto day = row.integer(0);
        if (day >= 0 && day <= looked_back) days[static_cast<std::size_t>(day)] = {better ? row.integer(1) - row.integer(2) : row.integer(2), row.integer(1)};
    }, change.theme, from, now, change.site, change.product, change.country);
    return from + static_cast<Seconds>(since(days)) * one_day;
}

bool tell(Tx& tx, Seconds now, const Change& change, const TrendOptions& options, bool better) {
    const auto place = place_of(change), about = about_of(change);
    if (tx.value<std::int64_t>(told_lately, change.theme, place, now - silent_days * one_day, better ? 1 : 0) != 0) return false;
    const auto people = concerned(tx, change);
    auto language = people.empty() ? std::string("en") : people.front().locale.substr(0, 2);
    if (!trend_language(language)) language = "en";
    const auto began = day_of_change(tx, change, now, better);
    TrendWords said;
    said.theme = options.name(change.theme, language);
    if (change.where == Where::site) said.place = tx.row<std::string>(name_of_site, change.site).value_or(change.site);
    else if (change.where == Where::country) said.place = change.country;
    else said.place = tx.row<std::string>(name_of_product, change.product).value_or(change.product) + (change.country.empty() ? "" : " · " + change.country);
    said.before = change.before;
    said.now = change.now;
    said.better = better;
    said.since = format_date(began);
    Told finding{about, trend_title(said, language), trend_text(said, language), said.place, {}};
    for (auto& [review, subject, polarity] :
         tx.rows<std::string, std::string, double>(select_typical, change.theme, now - trend_days * one_day, now, change.site, change.product, change.country, trend_sentences, better ? -1 : 1)) {
        finding.reviews.emplace_back(std::move(review), std::move(subject));
    }
    const auto id = tell_finding(tx, now, finding, people, options);
    tx.exec(keep_change, id, change.theme, place, now, said.since, change.before.k, change.before.n, change.now.k, change.now.n, change.p, better ? 1 : 0);
    events::raise(tx, now, "finding.changed", about.starts_with("country:") ? std::string() : about, id,
                  {{"step", "sent"}, {"theme", change.theme}, {"since", said.since}, {"better", better}, {"before", {change.before.k, change.before.n}}, {"now", {change.now.k, change.now.n}}});
    return true;
}

}  // namespace

int watch_trends(storage::Db& db, const Clock& clock, const TrendOptions& options) {
    const auto now = clock.now();
    const auto now_from = now - trend_days * one_day;
    auto cells = db.read([&](Tx& tx) { return count(tx, now_from - trend_year * one_day, now_from, now); });
    int told = 0;
    for (const auto& change : changes(cells, options.limits)) {
        told += db.write([&](Tx& tx) { return tell(tx, now, change, options, false) ? 1 : 0; });
    }
    if (!options.improvements) return told;
    // Complaints that fell are complaints that grew where time runs backwards.
    for (auto& cell : cells) {
        std::swap(cell.before, cell.now);
        for (auto& [theme, counts] : cell.complaints) std::swap(counts.first, counts.second);
    }
    for (auto change : changes(cells, options.limits)) {
        std::swap(change.before, change.now);
        told += db.write([&](Tx& tx) { return tell(tx, now, change, options, true) ? 1 : 0; });
    }
    return told;
}

}  // namespace verbatim::analyse
