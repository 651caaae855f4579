#include "record/readings/readings.h"

#include <future>
#include <map>
#include <nlohmann/json.hpp>

#include "record/readings/store.h"

namespace verbatim::readings {
namespace {

using nlohmann::json;
using storage::Row;
using storage::Sql;
using storage::Tx;

// Words on the vehicle came with the visit's: the place is that of the visit's experience.
#define SOURCE_COLUMNS                                                                                                                   \
    "SELECT r.id, r.subject, r.body, COALESCE(r.lang, ''), r.rating, r.published_at, COALESCE(e.site, f.site, ''), COALESCE(e.product, f.product, ''), " \
    "COALESCE(s.country, e.country, f.country, ''), r.version FROM review r LEFT JOIN experience e ON e.id = r.experience "                         \
    "LEFT JOIN review q ON q.id = r.parent LEFT JOIN experience f ON f.id = q.experience "                                                \
    "LEFT JOIN site s ON s.code = CASE WHEN r.subject LIKE 'site:%' THEN SUBSTR(r.subject, 6) ELSE COALESCE(e.site, f.site) END "
#define READABLE "r.state = 'published' AND r.origin <> 'gathered' AND r.body IS NOT NULL AND r.body <> '' "
constexpr Sql select_one(SOURCE_COLUMNS "WHERE r.id = $1 AND " READABLE);
constexpr Sql select_batch(SOURCE_COLUMNS "LEFT JOIN review_reading g ON g.review = r.id WHERE r.id > $1 AND " READABLE
                           "AND (g.version IS NULL OR g.version <> $2) ORDER BY r.id LIMIT $3");
constexpr Sql count_readable("SELECT COUNT(*) FROM review r WHERE " READABLE);
constexpr Sql select_run("SELECT upto, seen, total, done_at FROM reading_run WHERE version = $1");
constexpr Sql begin_run("INSERT INTO reading_run (version, upto, seen, total, started_at) VALUES ($1, '', 0, $2, $3) ON CONFLICT DO NOTHING");
constexpr Sql move_run("UPDATE reading_run SET upto = $2, seen = seen + $3 WHERE version = $1");
constexpr Sql end_run("UPDATE reading_run SET done_at = $2 WHERE version = $1");
constexpr Sql again("UPDATE reading_run SET upto = '', seen = 0, total = $2, done_at = NULL WHERE version = $1");
constexpr Sql select_reading("SELECT lang, stars, polarity, contradiction FROM review_reading WHERE review = $1");
constexpr Sql select_themes("SELECT theme, polarity, start_at, end_at FROM review_theme WHERE review = $1 ORDER BY start_at, theme");
constexpr Sql select_subject("SELECT CASE WHEN kind = 'product' THEN 'product:' || product ELSE 'site:' || site END FROM review_reading WHERE review = $1");
constexpr Sql select_version("SELECT version FROM review_reading WHERE review = $1");

Source read_source(const Row& row) {
    Source one;
    one.review = row.text(0);
    one.subject = row.text(1);
    one.body = row.text(2);
    one.lang = row.text(3);
    if (!row.is_null(4)) one.rating = static_cast<int>(row.integer(4));
    one.published_at = row.integer(5);
    one.site = row.text(6);
    one.product = row.text(7);
    one.country = row.text(8);
    one.version = row.integer(9);
    if (one.subject.starts_with("site:")) one.site = one.subject.substr(5);
    if (one.subject.starts_with("product:")) one.product = one.subject.substr(8);
    return one;
}

Reading read_with(const Reader& reader, const Source& source) { return reader.read(source.body, source.lang, source.rating); }

}  // namespace

void keep(Tx& tx, const Reader& reader, std::string_view review) {
    std::vector<std::pair<Source, Reading>> kept;
    tx.each(select_one, [&](const Row& row) {
        auto source = read_source(row);
        auto reading = read_with(reader, source);
        kept.emplace_back(std::move(source), std::move(reading));
    }, review);
    if (kept.empty()) return forget(tx, review);
    exchange(tx, json::array({review}).dump(), kept, reader.version);
    tx.notify("subject", kept.front().first.subject);  // its pages show what was read
}

void forget(Tx& tx, std::string_view review) {
    const auto of = tx.row<std::string>(select_subject, review);
    exchange(tx, json::array({review}).dump(), {}, {});
    if (of) tx.notify("subject", *of);
}

std::optional<Reading> of(Tx& tx, std::string_view review) {
    std::optional<Reading> out;
    tx.each(select_reading, [&](const Row& row) {
        out.emplace();
        out->lang = row.text(0);
        out->stars = static_cast<int>(row.integer(1));
        out->polarity = row.real(2);
        out->contradiction = row.integer(3) != 0;
    }, review);
    if (!out) return out;
    tx.each(select_themes, [&](const Row& row) {
        out->themes.push_back({std::string(row.text(0)), row.real(1), static_cast<std::size_t>(row.integer(2)), static_cast<std::size_t>(row.integer(3))});
    }, review);
    return out;
}

std::string version_of(Tx& tx, std::string_view review) { return tx.row<std::string>(select_version, review).value_or(std::string()); }

Progress progress(Tx& tx, std::string_view version) {
    Progress out;
    out.version = version;
    tx.each(select_run, [&](const Row& row) {
        out.read = row.integer(1);
        out.of = row.integer(2);
        out.done = !row.is_null(3);
    }, version);
    return out;
}

Progress reread(storage::Db& db, const Clock& clock, const Reader& reader, int batch, const std::function<bool(const Progress&)>& go_on) {
    using Batch = std::vector<Source>;
    using Read = std::vector<std::pair<Source, Reading>>;
    std::string upto = db.write([&](Tx& tx) {
        const auto total = tx.value<std::int64_t>(count_readable);
        tx.exec(begin_run, reader.version, total, clock.now());
        // One that ended looks again from the beginning: what was published meanwhile by an older program is of another version.
        if (progress(tx, reader.version).done) tx.exec(again, reader.version, total);
        return std::get<0>(*tx.row<std::string, std::int64_t>(select_run, reader.version));
    });
    const auto next = [&](const std::string& after) {
        Batch sources;
        db.read([&](Tx& tx) { tx.each(select_batch, [&](const Row& row) { sources.push_back(read_source(row)); }, after, reader.version, batch); });
        return sources;
    };
    // One batch is read while the one before it is written: two cores.
    const auto read_after = [&](std::string after) {
        Read out;
        for (auto& source : next(after)) {
            auto reading = read_with(reader, source);
            out.emplace_back(std::move(source), std::move(reading));
        }
        return out;
    };
    auto waiting = read_after(upto);
    while (!waiting.empty()) {
        upto = waiting.back().first.review;
        auto later = std::async(std::launch::async, read_after, upto);
        const auto at = db.write([&](Tx& tx) {
            json list = json::array();
            Read still;
            for (auto& one : waiting) list.push_back(one.first.review);
            // Somebody may have taken words back or corrected them since they were read: only what is public still is kept.
            const auto text = list.dump();
            std::map<std::string, std::int64_t, std::less<>> there;
            static constexpr Sql select_public("SELECT id, version FROM review WHERE state = 'published' AND id IN (SELECT value FROM json_each($1))",
                                               "SELECT id, version FROM review WHERE state = 'published' AND id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS JSONB)))) ORDER BY id FOR SHARE");
            for (auto& [id, version] : tx.rows<std::string, std::int64_t>(select_public, text)) there.emplace(std::move(id), version);
            for (const auto& one : waiting) {
                const auto found = there.find(one.first.review);
                if (found != there.end() && found->second == one.first.version) still.push_back(one);
            }
            exchange(tx, text, still, reader.version);
            tx.exec(move_run, reader.version, upto, static_cast<std::int64_t>(waiting.size()));
            return progress(tx, reader.version);
        });
        waiting = later.get();
        if (!go_on(at)) return at;
    }
    return db.write([&](Tx& tx) {
        tx.exec(end_run, reader.version, clock.now());
        return progress(tx, reader.version);
    });
}

}  // namespace verbatim::readings
