// Figures the public sees, each recomputable from the log (norms PUB-3, PUB-4, NOT-7).
#include "life/publish/rows.h"
#include "record/experiences/experiences.h"
#include "record/ledger/ledger.h"

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
constexpr Sql sites_page(R"sql(
SELECT s.code, COALESCE(SUM(r.rating), 0), COUNT(r.rating) FROM site s
LEFT JOIN review r ON r.subject = 'site:' || s.code AND r.state = 'published' AND r.published_at > $4 AND r.origin <> 'gathered'
WHERE s.active = 1 AND (s.country = $1 OR $1 = '') AND s.code > $2
AND ($3 = '' OR lower(s.code || ' ' || s.name || ' ' || s.dealer || ' ' || s.postcode || ' ' || s.city) LIKE $3 ESCAPE '\')
GROUP BY s.code ORDER BY s.code LIMIT $5)sql");
constexpr Sql by_subject(R"sql(
SELECT COALESCE(SUM(rating), 0), COUNT(rating) FROM review
WHERE subject = $1 AND state = 'published' AND published_at > $2 AND origin <> 'gathered')sql");
constexpr Sql tally_star(R"sql(
SELECT CAST(rating AS TEXT), state, COUNT(*) FROM review WHERE origin <> 'gathered' AND rating IS NOT NULL GROUP BY rating, state)sql");
constexpr Sql tally_site(R"sql(
SELECT subject, state, COUNT(*) FROM review WHERE origin <> 'gathered' AND subject LIKE 'site:%' GROUP BY subject, state)sql");
constexpr Sql tally_reason("SELECT reason, COUNT(*) FROM review WHERE state = 'refused' GROUP BY reason ORDER BY COUNT(*) DESC, reason");
constexpr Sql delays(R"sql(
SELECT rating, (COALESCE(published_at, updated_at) - submitted_at) FROM review
WHERE origin <> 'gathered' AND rating IS NOT NULL AND state IN ('published', 'refused') AND submitted_at > $1
ORDER BY submitted_at DESC LIMIT 20000)sql");

void add(Tally& tally, std::string_view state, std::int64_t count) {
    tally.collected += count;
    if (state == "published") tally.published += count;
    else if (state == "refused") tally.refused += count;
    else if (state == "withdrawn" || state == "erased") tally.withdrawn += count;
    else if (state == "removed") tally.removed += count;
    else tally.waiting += count;
}

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

Transparency Publish::transparency() const {
    return db_.read([&](Tx& tx) {
        Transparency out;
        std::map<std::string, Tally> stars, sites, countries;
        tx.each(tally_star, [&](const Row& row) { add(stars[std::string(row.text(0))], row.text(1), row.integer(2)); });
        struct Count {
            std::string subject, state;
            std::int64_t count;
        };
        std::vector<Count> counts;
        tx.each(tally_site, [&](const Row& row) { counts.push_back({std::string(row.text(0)), std::string(row.text(1)), row.integer(2)}); });
        for (const auto& [subject, state, count] : counts) {
            const auto code = subject.substr(5);
            add(sites[code], state, count);
            if (const auto site = network::find_site(tx, code)) {
                add(countries[site->country], state, count);
                sites[code].name = site->name;
            }
        }
        std::map<std::string, std::vector<std::int64_t>> waits;
        tx.each(delays, [&](const Row& row) {
            if (!row.is_null(1)) waits[std::to_string(row.integer(0))].push_back(row.integer(1));
        }, months_before(clock_.now(), window_months));
        for (auto& [star, seconds] : waits) {
            const auto middle = seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2);
            std::nth_element(seconds.begin(), middle, seconds.end());
            stars[star].median_seconds = *middle;
        }
        const auto list = [](std::map<std::string, Tally>& from) {
            std::vector<Tally> all;
            for (auto& [key, tally] : from) {
                tally.key = key;
                all.push_back(tally);
            }
            return all;
        };
        out.by_star = list(stars);
        out.by_country = list(countries);
        tx.each(tally_reason, [&](const Row& row) { out.refused_by_reason.emplace_back(row.is_null(0) ? std::string() : std::string(row.text(0)), row.integer(1)); });
        std::map<std::string, std::int64_t> outcomes;
        for (const auto& count : experiences::outcome_counts(tx)) {
            outcomes[count.reason.empty() ? count.outcome : count.outcome + ":" + count.reason] += count.count;
            auto& site = sites[count.site];
            site.eligible += count.count;
            if (count.outcome == "invited" || count.outcome == "answered" || count.outcome == "expired") site.invited += count.count;
            if (site.name.empty()) site.name = network::subject_name(tx, "site:" + count.site).value_or(count.site);
        }
        out.by_site = list(sites);
        out.outcomes.assign(outcomes.begin(), outcomes.end());
        out.log_size = ledger::size(tx);
        return out;
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
