#include "life/publish/nights.h"

namespace verbatim::publish {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql upsert_night(R"sql(
INSERT INTO replay_night (day, at, log_size, figures_digest, pages_digest, pages, same, report, figures) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (day) DO UPDATE SET at = excluded.at, log_size = excluded.log_size, figures_digest = excluded.figures_digest,
  pages_digest = excluded.pages_digest, pages = excluded.pages, same = excluded.same, report = excluded.report, figures = excluded.figures
WHERE replay_night.same = 1 OR excluded.same = 0)sql");
constexpr Sql select_newest(R"sql(
SELECT day, at, log_size, figures_digest, pages_digest, pages, same, report, figures FROM replay_night ORDER BY day DESC LIMIT 1)sql");
constexpr Sql select_before(R"sql(
SELECT day, at, log_size, figures_digest, pages_digest, pages, same, report FROM replay_night WHERE $1 = '' OR day < $1 ORDER BY day DESC LIMIT $2)sql");
constexpr Sql count_nights("SELECT COUNT(*), COALESCE(SUM(1 - same), 0) FROM replay_night");
constexpr Sql count_states("SELECT state, COUNT(*) FROM review WHERE origin <> 'gathered' GROUP BY state");

}  // namespace

std::span<const storage::Migration> night_migrations() {
    static const storage::Migration list[] = {{"nights", 1, "what was shown, night by night", R"sql(
CREATE TABLE replay_night (
  day TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  log_size BIGINT NOT NULL,
  figures_digest TEXT NOT NULL,
  pages_digest TEXT NOT NULL,
  pages BIGINT NOT NULL,
  same BIGINT NOT NULL,
  report TEXT NOT NULL,
  figures TEXT
);
)sql"}};
    return list;
}

void keep_night(Tx& tx, const Night& night) {
    tx.exec(upsert_night, night.day, night.at, night.log_size, night.figures_digest, night.pages_digest, night.pages, night.same, night.report,
            night.figures.empty() ? std::nullopt : std::optional(night.figures));
}

std::optional<Night> newest_night(Tx& tx) {
    std::optional<Night> night;
    tx.each(select_newest, [&](const Row& row) {
        night = Night{std::string(row.text(0)), row.integer(1), row.integer(2), std::string(row.text(3)), std::string(row.text(4)), row.integer(5),
                      row.integer(6) != 0, std::string(row.text(7)), row.is_null(8) ? std::string() : std::string(row.text(8))};
    });
    return night;
}

std::vector<Night> nights_before(Tx& tx, std::string_view day, int limit) {
    std::vector<Night> all;
    tx.each(select_before, [&](const Row& row) {
        all.push_back({std::string(row.text(0)), row.integer(1), row.integer(2), std::string(row.text(3)), std::string(row.text(4)), row.integer(5), row.integer(6) != 0,
                       std::string(row.text(7)), {}});
    }, day, limit);
    return all;
}

std::pair<std::int64_t, std::int64_t> nights(Tx& tx) {
    const auto [all, differed] = *tx.row<std::int64_t, std::int64_t>(count_nights);
    return {all, differed};
}

std::map<std::string, std::int64_t> own_states(Tx& tx) {
    std::map<std::string, std::int64_t> states;
    tx.each(count_states, [&](const Row& row) { states[std::string(row.text(0))] = row.integer(1); });
    return states;
}

}  // namespace verbatim::publish
