#include "record/events/events.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace verbatim::events {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

// Lines one page looks at: the work of a reader whose branch is small is bounded too.
constexpr int most_looked_at = 2000;

constexpr Sql insert_event("INSERT INTO event (tx, at, kind, subject, ref, data) VALUES (0, $1, $2, $3, $4, $5)",
    R"sql(INSERT INTO event (tx, at, kind, subject, ref, data)
VALUES ((SELECT base FROM event_clock) + pg_current_xact_id()::text::bigint, $1, $2, $3, $4, $5))sql");
// Where the lines that may be looked at end: after so many, or where there are fewer, nowhere.
constexpr Sql select_end("SELECT tx, id FROM event WHERE (tx, id) > ($1, $2) ORDER BY tx, id LIMIT 1 OFFSET $3",
    R"sql(SELECT tx, id FROM event
WHERE (tx, id) > ($1, $2) AND tx < (SELECT base FROM event_clock) + pg_snapshot_xmin(pg_current_snapshot())::text::bigint
ORDER BY tx, id LIMIT 1 OFFSET $3)sql");
constexpr Sql select_page(R"sql(
SELECT e.tx, e.id, e.at, e.kind, e.subject, e.ref, e.data FROM event e
WHERE (e.tx, e.id) > ($1, $2) AND (e.tx, e.id) <= ($3, $4)
  AND CASE WHEN $5 = '' THEN e.kind NOT LIKE 'journey.%' ELSE instr($5, ',' || e.kind || ',') > 0 END
  AND (EXISTS (SELECT 1 FROM branch_subject b WHERE b.branch = $6 AND b.subject = e.subject) OR (e.subject = '' AND $6 = '*'))
ORDER BY e.tx, e.id LIMIT $7)sql",
    R"sql(
SELECT e.tx, e.id, e.at, e.kind, e.subject, e.ref, e.data FROM event e
WHERE (e.tx, e.id) > ($1, $2) AND (e.tx, e.id) <= ($3, $4)
  AND e.tx < (SELECT base FROM event_clock) + pg_snapshot_xmin(pg_current_snapshot())::text::bigint
  AND CASE WHEN $5 = '' THEN e.kind NOT LIKE 'journey.%' ELSE strpos($5, ',' || e.kind || ',') > 0 END
  AND (EXISTS (SELECT 1 FROM branch_subject b WHERE b.branch = $6 AND b.subject = e.subject) OR (e.subject = '' AND $6 = '*'))
ORDER BY e.tx, e.id LIMIT $7)sql");
constexpr Sql select_all(R"sql(
SELECT e.tx, e.id, e.at, e.kind, e.subject, e.ref, e.data FROM event e WHERE (e.tx, e.id) > ($1, $2) ORDER BY e.tx, e.id LIMIT $3)sql",
    R"sql(
SELECT e.tx, e.id, e.at, e.kind, e.subject, e.ref, e.data FROM event e
WHERE (e.tx, e.id) > ($1, $2) AND e.tx < (SELECT base FROM event_clock) + pg_snapshot_xmin(pg_current_snapshot())::text::bigint
ORDER BY e.tx, e.id LIMIT $3)sql");
constexpr Sql select_one(R"sql(
SELECT e.tx, e.id, e.at, e.kind, e.subject, e.ref, e.data FROM event e
WHERE e.tx = $1 AND e.id = $2
  AND (EXISTS (SELECT 1 FROM branch_subject b WHERE b.branch = $3 AND b.subject = e.subject) OR (e.subject = '' AND $3 = '*')))sql");
constexpr Sql select_newest("SELECT tx, id FROM event ORDER BY tx DESC, id DESC LIMIT 1",
    R"sql(SELECT tx, id FROM event WHERE tx < (SELECT base FROM event_clock) + pg_snapshot_xmin(pg_current_snapshot())::text::bigint
ORDER BY tx DESC, id DESC LIMIT 1)sql");
constexpr Sql select_branches("SELECT branch FROM branch_subject WHERE subject = $1");
// The newest stays: SQLite would give its number away again, and a reader who stands there would miss what follows.
constexpr Sql delete_old(R"sql(
DELETE FROM event WHERE id IN (SELECT id FROM event WHERE at < $1 AND id < (SELECT MAX(id) FROM event) ORDER BY at LIMIT $2))sql");
constexpr Sql count_old("SELECT COUNT(*) FROM event WHERE at < $1 AND id < (SELECT MAX(id) FROM event)");
constexpr Sql settle_clock("SELECT 0",
    R"sql(UPDATE event_clock SET base = (SELECT MAX(tx) FROM event) - pg_current_xact_id()::text::bigint + 1
WHERE base + pg_current_xact_id()::text::bigint <= (SELECT MAX(tx) FROM event))sql");

Event read_event(const Row& row) {
    return {{row.integer(0), row.integer(1)}, row.integer(2), std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(5)), std::string(row.text(6))};
}

std::optional<std::int64_t> count_from(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

void store(Tx& tx, Seconds now, std::string_view kind, std::string_view subject, std::string_view ref, std::string_view data) {
    const auto all = kinds();
    const auto known = std::lower_bound(all.begin(), all.end(), kind, [](const Kind& one, std::string_view word) { return one.word < word; });
    if (known == all.end() || known->word != kind) throw std::logic_error("no event is called " + std::string(kind));
    tx.exec(insert_event, now, kind, subject, ref, data);
}

}  // namespace

std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {{"events", 1, "what happened", R"sql(
CREATE TABLE event (
  id SERIAL_KEY,
  tx BIGINT NOT NULL,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  ref TEXT NOT NULL,
  data TEXT NOT NULL
);
CREATE UNIQUE INDEX event_order ON event (tx, id);
CREATE INDEX event_age ON event (at);
CREATE TABLE event_clock (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  base BIGINT NOT NULL
);
INSERT INTO event_clock (one, base) VALUES (1, 0);
)sql"},
        {"events", 2, "what is about one person", "CREATE INDEX event_journey ON event (ref) WHERE substr(kind, 1, 8) = 'journey.'"}};
    return list;
}

void raise(Tx& tx, Seconds now, std::string_view kind, std::string_view subject, std::string_view ref) { store(tx, now, kind, subject, ref, "{}"); }

void raise(Tx& tx, Seconds now, std::string_view kind, std::string_view subject, std::string_view ref, const nlohmann::json& data) {
    store(tx, now, kind, subject, ref, data.dump());
}

std::string to_text(Place place) { return std::to_string(place.tx) + "-" + std::to_string(place.id); }

std::optional<Place> place_from(std::string_view text) {
    if (text.empty() || text == "0") return Place{};
    const auto dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto tx = count_from(text.substr(0, dash)), id = count_from(text.substr(dash + 1));
    if (!tx || !id) return std::nullopt;
    return Place{*tx, *id};
}

Page after(Tx& tx, std::string_view branch, Place after, int limit, const Filter& filter) {
    Page page;
    page.next = after;
    const auto end = tx.row<std::int64_t, std::int64_t>(select_end, after.tx, after.id, most_looked_at - 1);
    constexpr std::int64_t far = INT64_MAX;
    const Place last = end ? Place{std::get<0>(*end), std::get<1>(*end)} : Place{far, far};
    tx.each(select_page, [&](const Row& row) { page.events.push_back(read_event(row)); }, after.tx, after.id, last.tx, last.id, filter.list(), branch, limit);
    if (static_cast<int>(page.events.size()) == limit) {
        page.next = page.events.back().place;
        page.more = true;
    } else if (end) {
        page.next = last;
        page.more = true;
    } else if (!page.events.empty()) {
        page.next = page.events.back().place;
    }
    return page;
}

Page all_after(Tx& tx, Place after, int limit) {
    Page page;
    tx.each(select_all, [&](const Row& row) { page.events.push_back(read_event(row)); }, after.tx, after.id, limit);
    page.next = page.events.empty() ? after : page.events.back().place;
    page.more = static_cast<int>(page.events.size()) == limit;
    return page;
}

Place newest(Tx& tx) {
    const auto found = tx.row<std::int64_t, std::int64_t>(select_newest);
    return found ? Place{std::get<0>(*found), std::get<1>(*found)} : Place{};
}

std::optional<Event> find(Tx& tx, std::string_view branch, Place place) {
    std::optional<Event> found;
    tx.each(select_one, [&](const Row& row) { found = read_event(row); }, place.tx, place.id, branch);
    return found;
}

std::vector<std::string> branches_of(Tx& tx, std::string_view subject) {
    if (subject.empty()) return {"*"};
    return tx.rows<std::string>(select_branches, subject);
}

std::int64_t purge_old(Tx& tx, Seconds before, int limit) { return tx.exec(delete_old, before, limit); }
std::int64_t older_than(Tx& tx, Seconds before) { return tx.value<std::int64_t>(count_old, before); }

void settle(storage::Db& db) {
    if (db.engine() != storage::Engine::postgresql) return;
    db.write([&](Tx& tx) { tx.exec(settle_clock); });
}

}  // namespace verbatim::events
