// Lists of public reviews: by key for programs, by number with filters for people. Newest first unless the reader chooses
// (norms PUB-1, PUB-2).
#include <charconv>
#include <nlohmann/json.hpp>

#include "ground/formats/text_codes.h"
#include "life/publish/rows.h"
#include "record/ledger/ledger.h"

namespace verbatim::publish {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

#define LINE_COLUMNS                                                                                                                  \
    "r.id, r.subject, r.service, r.origin, r.source, r.title, r.body, r.lang, r.signature, r.experience_on, r.rating, r.published_at, " \
    "r.updated_at, r.public_entry, p.body, p.author, p.published_at, r.criteria, r.experience, i.reward"
#define LINES                                                                                                                         \
    "SELECT " LINE_COLUMNS " FROM review r LEFT JOIN reply p ON p.review = r.id AND p.state = 'published' LEFT JOIN review_incentive i ON i.review = r.id "                             \
    "WHERE r.subject = $1 AND r.state = 'published' "
#define FILTERED LINES "AND (r.rating = $2 OR $2 = 0) AND (r.service = $3 OR $3 = '') AND (r.lang = $4 OR $4 = '') "

constexpr Sql first_page(LINES "ORDER BY r.published_at DESC, r.id DESC LIMIT $2");
constexpr Sql page_after(LINES "AND (r.published_at, r.id) < ($2, $3) ORDER BY r.published_at DESC, r.id DESC LIMIT $4",
                         LINES "AND (r.published_at, r.id) < ($2::bigint, $3::text) ORDER BY r.published_at DESC, r.id DESC LIMIT $4");
constexpr Sql newest(FILTERED "ORDER BY r.published_at DESC, r.id DESC LIMIT $5 OFFSET $6");
constexpr Sql oldest(FILTERED "ORDER BY r.published_at, r.id LIMIT $5 OFFSET $6");
constexpr Sql highest(FILTERED "ORDER BY COALESCE(r.rating, 0) DESC, r.published_at DESC, r.id DESC LIMIT $5 OFFSET $6");
constexpr Sql lowest(FILTERED "ORDER BY COALESCE(r.rating, 9), r.published_at DESC, r.id DESC LIMIT $5 OFFSET $6");
constexpr Sql count_all("SELECT COUNT(*) FROM review WHERE subject = $1 AND state = 'published'");
constexpr Sql count_filtered(R"sql(
SELECT COUNT(*) FROM review r WHERE r.subject = $1 AND r.state = 'published'
AND (r.rating = $2 OR $2 = 0) AND (r.service = $3 OR $3 = '') AND (r.lang = $4 OR $4 = ''))sql");
constexpr Sql one("SELECT " LINE_COLUMNS " FROM review r LEFT JOIN reply p ON p.review = r.id AND p.state = 'published' LEFT JOIN review_incentive i ON i.review = r.id WHERE r.id = $1 AND r.state = 'published'");
constexpr Sql state_of("SELECT state FROM review WHERE id = $1 AND state IN ('withdrawn', 'erased', 'removed')");
constexpr Sql of_products("SELECT " LINE_COLUMNS R"sql( FROM review r LEFT JOIN reply p ON p.review = r.id AND p.state = 'published' LEFT JOIN review_incentive i ON i.review = r.id
WHERE r.subject = $1 AND r.state = 'published' AND r.origin <> 'gathered' ORDER BY r.published_at, r.id)sql");

constexpr Sql all_public("SELECT " LINE_COLUMNS R"sql( FROM review r LEFT JOIN reply p ON p.review = r.id AND p.state = 'published' LEFT JOIN review_incentive i ON i.review = r.id
WHERE r.state = 'published' ORDER BY r.published_at, r.id)sql");
constexpr Sql all_subjects("SELECT DISTINCT subject FROM review WHERE state = 'published' ORDER BY subject");

constexpr Sql newest_of_all("SELECT " LINE_COLUMNS R"sql( FROM review r LEFT JOIN reply p ON p.review = r.id AND p.state = 'published' LEFT JOIN review_incentive i ON i.review = r.id
WHERE r.state = 'published' AND r.origin <> 'gathered' AND r.body IS NOT NULL ORDER BY r.published_at DESC, r.id DESC LIMIT $1)sql");
constexpr Sql trail_of("SELECT commitment, origin, submitted_at, published_at, updated_at, collected_entry, public_entry FROM review WHERE id = $1 AND state = 'published'");

struct Read {
    Line line;
    std::optional<std::int64_t> entry;
};

Read read_line(const Row& row) {
    const auto text = [&](int column) { return row.is_null(column) ? std::string() : std::string(row.text(column)); };
    Read read;
    Line& line = read.line;
    line.id = text(0);
    line.subject = text(1);
    line.service = text(2);
    line.origin = text(3);
    line.source = text(4);
    line.title = text(5);
    line.body = text(6);
    line.lang = text(7);
    line.author = text(8);
    line.experience_on = text(9);
    if (!row.is_null(10)) line.rating = static_cast<int>(row.integer(10));
    line.published_at = row.integer(11);
    if (!row.is_null(12)) line.updated_at = row.integer(12);
    if (!row.is_null(13)) read.entry = row.integer(13);
    if (!row.is_null(14)) line.reply = ReplyLine{text(14), text(15), row.is_null(16) ? 0 : row.integer(16)};
    line.proven = !row.is_null(18);
    line.reward = text(19);
    if (!row.is_null(17)) line.criteria = nlohmann::json::parse(row.text(17)).get<std::map<std::string, int>>();
    return read;
}

// The places in the log, asked for once the rows are read (a statement may not run inside another's rows).
List settle(Tx& tx, std::vector<Read> reads) {
    List list;
    std::map<std::string, std::string> names;
    for (auto& read : reads) {
        auto& name = names[read.line.subject];
        if (name.empty()) name = network::subject_name(tx, read.line.subject).value_or(read.line.subject.substr(read.line.subject.find(':') + 1));
        read.line.subject_name = name;
        if (read.entry) read.line.log_index = ledger::index_of(tx, *read.entry);
        if (!read.line.log_index) list.settled = false;
        list.lines.push_back(std::move(read.line));
    }
    return list;
}

// The cursor is opaque to the reader: moment and id of the last line, in base64url.
std::string cursor_of(const Line& line) { return to_base64url(std::to_string(line.published_at) + ":" + line.id); }

std::optional<std::pair<Seconds, std::string>> read_cursor(std::string_view cursor) {
    const auto text = from_base64url(cursor);
    if (!text) return std::nullopt;
    const auto colon = text->find(':');
    if (colon == std::string::npos) return std::nullopt;
    Seconds at = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + colon, at);
    if (error != std::errc() || end != text->data() + colon || colon + 1 == text->size() || text->size() > 64) return std::nullopt;
    return std::pair(at, text->substr(colon + 1));
}

}  // namespace

std::optional<Sort> sort_from_word(std::string_view word) {
    if (word.empty() || word == "newest") return Sort::newest;
    if (word == "oldest") return Sort::oldest;
    if (word == "highest") return Sort::highest;
    if (word == "lowest") return Sort::lowest;
    return std::nullopt;
}

Result<List> Publish::page(std::string_view subject, int limit, std::string_view after) const {
    std::optional<std::pair<Seconds, std::string>> from;
    if (!after.empty() && !(from = read_cursor(after))) return invalid("after", "`after` must be the `next` of the page before", "after");
    return db_.read([&](Tx& tx) -> Result<List> {
        std::vector<Read> reads;
        const auto keep = [&](const Row& row) { reads.push_back(read_line(row)); };
        if (from) tx.each(page_after, keep, subject, from->first, from->second, limit + 1);
        else tx.each(first_page, keep, subject, limit + 1);
        const bool more = static_cast<int>(reads.size()) > limit;
        if (more) reads.pop_back();
        auto list = settle(tx, std::move(reads));
        if (more) list.next = cursor_of(list.lines.back());
        list.total = tx.value<std::int64_t>(count_all, subject);
        return list;
    });
}

List read_numbered(Tx& tx, std::string_view subject, const Filter& filter, int page, int per_page) {
    page = std::clamp(page, 1, 500);
    std::vector<Read> reads;
    const int rating = filter.rating.value_or(0);
    const auto keep = [&](const Row& row) { reads.push_back(read_line(row)); };
    const auto run = [&](Sql sql) { tx.each(sql, keep, subject, rating, filter.service, filter.lang, per_page, (page - 1) * per_page); };
    switch (filter.sort) {
        case Sort::newest: run(newest); break;
        case Sort::oldest: run(oldest); break;
        case Sort::highest: run(highest); break;
        case Sort::lowest: run(lowest); break;
    }
    auto list = settle(tx, std::move(reads));
    list.total = tx.value<std::int64_t>(count_filtered, subject, rating, filter.service, filter.lang);
    return list;
}

List Publish::numbered(std::string_view subject, const Filter& filter, int page, int per_page) const {
    return db_.read([&](Tx& tx) { return read_numbered(tx, subject, filter, page, per_page); });
}

std::pair<Rating, List> Publish::subject_page(std::string_view subject, const Filter& filter, int page, int per_page) const {
    return db_.read([&](Tx& tx) {
        return std::pair(read_rating(tx, subject, clock_.now()), read_numbered(tx, subject, filter, page, per_page));
    });
}

std::optional<Line> Publish::review(std::string_view id) const {
    return db_.read([&](Tx& tx) -> std::optional<Line> {
        std::vector<Read> reads;
        tx.each(one, [&](const Row& row) { reads.push_back(read_line(row)); }, id);
        if (reads.empty()) return std::nullopt;
        return settle(tx, std::move(reads)).lines.front();
    });
}

std::optional<std::string> Publish::ended(std::string_view id) const {
    return db_.read([&](Tx& tx) { return tx.row<std::string>(state_of, id); });
}

std::vector<Line> Publish::latest(int count) const {
    return db_.read([&](Tx& tx) {
        std::vector<Read> reads;
        tx.each(newest_of_all, [&](const Row& row) { reads.push_back(read_line(row)); }, count);
        return settle(tx, std::move(reads)).lines;
    });
}

Trail Publish::trail(std::string_view id) const {
    return db_.read([&](Tx& tx) {
        Trail trail;
        std::optional<std::int64_t> collected, shown;
        tx.each(trail_of, [&](const Row& row) {
            trail.commitment = std::string(row.text(0));
            const bool gathered = row.text(1) == "gathered";
            if (!row.is_null(5)) collected = row.integer(5);
            if (!row.is_null(6)) shown = row.integer(6);
            if (!gathered) trail.leaves.push_back({"collected", row.integer(2), {}});
            if (!row.is_null(4)) trail.leaves.push_back({"revised", row.integer(4), {}});
            else trail.leaves.push_back({gathered ? "gathered" : "published", row.integer(3), {}});
        }, id);
        trail.entry = shown;
        if (trail.leaves.empty()) return trail;
        if (collected && trail.leaves.size() > 1) trail.leaves.front().index = ledger::index_of(tx, *collected);
        if (shown) trail.leaves.back().index = ledger::index_of(tx, *shown);
        return trail;
    });
}

void Publish::each_product_review(const std::function<void(const Line&, const network::Product&)>& fn) const {
    db_.read([&](Tx& tx) {
        std::string after;
        for (auto batch = network::products(tx, after, 500); !batch.empty(); batch = network::products(tx, after, 500)) {
            for (const auto& product : batch) {
                tx.each(of_products, [&](const Row& row) { fn(read_line(row).line, product); }, "product:" + product.code);
            }
            after = batch.back().code;
        }
    });
}

void Publish::each_public(const std::function<void(const Line&)>& fn) const {
    db_.read([&](Tx& tx) { tx.each(all_public, [&](const Row& row) { fn(read_line(row).line); }); });
}

std::vector<std::string> Publish::subjects() const {
    return db_.read([&](Tx& tx) { return tx.rows<std::string>(all_subjects); });
}

}  // namespace verbatim::publish
