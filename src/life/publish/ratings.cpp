// Figures the public sees, each recomputable from the log (norms PUB-3, PUB-4, NOT-7).
#include "life/publish/rows.h"

#include "ground/base/calendar.h"

namespace verbatim::publish {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr int window_months = 24;

constexpr Sql own_stars(R"sql(
SELECT rating, COUNT(*), MAX(COALESCE(updated_at, published_at)) FROM review
WHERE subject = $1 AND state = 'published' AND published_at > $2 AND published_at <= $3 AND origin <> 'gathered' AND rating IS NOT NULL
GROUP BY rating)sql");
constexpr Sql gathered_stars(R"sql(
SELECT source, COUNT(rating), COALESCE(SUM(rating), 0) FROM review
WHERE subject = $1 AND state = 'published' AND origin = 'gathered' GROUP BY source ORDER BY source)sql");
constexpr Sql rewarded_stars(R"sql(
SELECT COUNT(r.rating), COALESCE(SUM(r.rating), 0) FROM review_incentive i JOIN review r ON r.id = i.review
WHERE i.subject = $1 AND r.state = 'published' AND r.published_at > $2 AND r.published_at <= $3)sql");
constexpr Sql sites_page(R"sql(
SELECT s.code, COALESCE(SUM(r.rating), 0), COUNT(r.rating) FROM site s
LEFT JOIN review r ON r.subject = 'site:' || s.code AND r.state = 'published' AND r.published_at > $4 AND r.origin <> 'gathered'
WHERE s.active = 1 AND (s.country = $1 OR $1 = '') AND s.code > $2
AND ($3 = '' OR lower(s.code || ' ' || s.name || ' ' || s.dealer || ' ' || s.postcode || ' ' || s.city) LIKE $3 ESCAPE '\')
GROUP BY s.code ORDER BY s.code LIMIT $5)sql");
constexpr Sql by_subject(R"sql(
SELECT COALESCE(SUM(rating), 0), COUNT(rating) FROM review
WHERE subject = $1 AND state = 'published' AND published_at > $2 AND origin <> 'gathered')sql");

}  // namespace

std::string average_of(std::int64_t sum, std::int64_t count) {
    if (count == 0) return {};
    const auto hundredths = (sum * 200 + count) / (2 * count);  // half up
    const auto text = std::to_string(hundredths);
    return text.substr(0, text.size() - 2) + "." + text.substr(text.size() - 2);
}

Rating read_rating(Tx& tx, std::string_view subject, Seconds now) {
    Rating rating;
    rating.subject = subject;
    rating.from = months_before(now, window_months);
    rating.to = now;
    std::int64_t sum = 0;
    tx.each(own_stars, [&](const Row& row) {
        const auto stars = row.integer(0), count = row.integer(1);
        if (stars < 1 || stars > 5) return;
        rating.distribution[static_cast<std::size_t>(stars - 1)] = count;
        rating.count += count;
        sum += stars * count;
        rating.updated_at = std::max(rating.updated_at, row.integer(2));
    }, subject, rating.from, rating.to);
    rating.average = average_of(sum, rating.count);
    tx.each(rewarded_stars, [&](const Row& row) {
        rating.rewarded = row.integer(0);
        rating.rewarded_average = average_of(row.integer(1), rating.rewarded);
    }, subject, rating.from, rating.to);
    tx.each(gathered_stars, [&](const Row& row) {
        rating.gathered.push_back({std::string(row.text(0)), average_of(row.integer(2), row.integer(1)), row.integer(1)});
    }, subject);
    return rating;
}

Publish::Publish(storage::Db& db, const Clock& clock) : db_(db), clock_(clock) {}

std::optional<network::Site> Publish::site(std::string_view code) const {
    return db_.read([&](Tx& tx) { return network::find_site(tx, code); });
}

std::optional<network::Product> Publish::product(std::string_view code) const {
    return db_.read([&](Tx& tx) { return network::find_product(tx, code); });
}

Rating Publish::rating(std::string_view subject) const {
    return db_.read([&](Tx& tx) { return read_rating(tx, subject, clock_.now()); });
}

std::vector<Night> Publish::replays(std::string_view day, int limit) const {
    return db_.read([&](Tx& tx) { return nights_before(tx, day, limit); });
}

std::int64_t Publish::rewarded() const {
    return db_.read([&](Tx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM review_incentive"); });
}

std::vector<network::CountryCount> Publish::countries() const {
    return db_.read([&](Tx& tx) { return network::countries(tx); });
}

std::vector<network::Product> Publish::versions(std::string_view model) const {
    return db_.read([&](Tx& tx) {
        std::vector<network::Product> all;
        for (const auto& code : tx.rows<std::string>("SELECT code FROM product WHERE parent = $1 AND kind = 'version' ORDER BY name LIMIT 100", model)) {
            if (auto product = network::find_product(tx, code)) all.push_back(std::move(*product));
        }
        return all;
    });
}

std::vector<SiteSummary> Publish::sites(std::string_view country, std::string_view search, int limit, std::string_view after) const {
    std::string pattern;
    if (!search.empty()) {
        pattern = "%";
        for (const char c : search.substr(0, 100)) {
            if (c == '%' || c == '_' || c == '\\') pattern += '\\';
            pattern += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
        pattern += '%';
    }
    return db_.read([&](Tx& tx) {
        struct Found {
            std::string code;
            std::int64_t sum, count;
        };
        std::vector<Found> found;
        tx.each(sites_page, [&](const Row& row) { found.push_back({std::string(row.text(0)), row.integer(1), row.integer(2)}); }, country, after,
                pattern, months_before(clock_.now(), window_months), limit);
        std::vector<SiteSummary> all;
        for (const auto& [code, sum, count] : found) {
            if (auto site = network::find_site(tx, code)) all.push_back({std::move(*site), average_of(sum, count), count});
        }
        return all;
    });
}

std::vector<ProductSummary> Publish::products() const {
    return db_.read([&](Tx& tx) {
        std::vector<ProductSummary> all;
        const auto from = months_before(clock_.now(), window_months);
        for (auto& product : network::products(tx, {}, 1000)) {
            const auto [sum, count] = *tx.row<std::int64_t, std::int64_t>(by_subject, "product:" + product.code, from);
            all.push_back({std::move(product), average_of(sum, count), count});
        }
        return all;
    });
}

std::vector<std::string> Publish::addresses() const {
    return db_.read([&](Tx& tx) {
        auto all = tx.rows<std::string>("SELECT 'sites/' || code FROM site WHERE active = 1 ORDER BY code LIMIT 40000");
        for (auto& product : tx.rows<std::string>("SELECT 'products/' || code FROM product ORDER BY code LIMIT 9000")) all.push_back(std::move(product));
        return all;
    });
}

}  // namespace verbatim::publish
