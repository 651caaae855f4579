#include "record/figures/running.h"

#include "record/figures/rows.h"

namespace verbatim::figures {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Measure kept[] = {
#define RUNNING_MEASURE(column, number) Measure::column,
    FIGURE_RUNNING(RUNNING_MEASURE)
#undef RUNNING_MEASURE
};
constexpr int kept_count = static_cast<int>(std::size(kept));

#define RUNNING_COLUMN(column, number) #column ", "
#define RUNNING_NUMBER(column, number) number ", "
#define RUNNING_ADD(column, number) #column " = figure_running." #column " + excluded." #column ", "
#define RUNNING_OF_Y(column, number) "y." #column ", "

constexpr Sql upsert("INSERT INTO figure_running (" FIGURE_RUNNING(RUNNING_COLUMN) "service, month, site) VALUES (" FIGURE_RUNNING(
    RUNNING_NUMBER) "$18, $19, $20) ON CONFLICT (service, month, site) DO UPDATE SET " FIGURE_RUNNING(RUNNING_ADD) "month = excluded.month");
constexpr Sql select_month("SELECT " FIGURE_RUNNING(RUNNING_COLUMN) "site FROM figure_running WHERE service = $1 AND month = $2");
#define TWELVE                                                                                                                     \
    "(SELECT 0 AS k UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 " \
    "UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9 UNION ALL SELECT 10 UNION ALL SELECT 11)"
// $1 branch, $2 site's code: a total of a month has a row in each month of the rest of its year.
constexpr Sql select_site("SELECT " FIGURE_RUNNING(RUNNING_OF_Y) "y.service, y.month FROM (SELECT DISTINCT t.service, t.month - t.month % 12 + k.k AS month "
                          "FROM figure_total t JOIN " TWELVE " k ON k.k >= t.month % 12 WHERE t.branch = $1 AND t.product = '') m "
                          "JOIN figure_running y ON y.service = m.service AND y.month = m.month AND y.site = $2");
#define WITHOUT_TOTAL                                                                                                              \
    "WHERE NOT EXISTS (SELECT 1 FROM figure_total t WHERE t.branch = 'site:' || figure_running.site AND t.product = '' "           \
    "AND t.service = figure_running.service AND t.month BETWEEN figure_running.month - figure_running.month % 12 AND figure_running.month)"
constexpr Sql select_stray("SELECT service, month, site FROM figure_running " WITHOUT_TOTAL " LIMIT 1000");
constexpr Sql delete_stray("DELETE FROM figure_running " WITHOUT_TOTAL);

Cell read_running(const Row& row, int sign = 1) {
    Cell cell;
    for (int i = 0; i < kept_count; ++i) cell[kept[i]] = sign * row.integer(i);
    return cell;
}

using Line = decltype(std::tuple_cat(std::declval<std::array<std::int64_t, std::size(kept)>>(), std::declval<std::tuple<std::string, int, std::string>>()));

int december(int month) { return month - month % 12 + 11; }

}  // namespace

void add_running(Running& running, const std::string& site, const std::string& service, int month, const Cell& cell, int sign) {
    Cell part;
    for (const auto measure : kept) part[measure] = sign * cell[measure];
    if (part.empty()) return;
    for (int later = month; later <= december(month); ++later) running[{service, later, site}] += part;
}

void add_running(Tx& tx, const Running& running) {
    std::vector<Line> lines;
    for (const auto& [key, cell] : running) {
        if (cell.empty()) continue;
        std::array<std::int64_t, std::size(kept)> values{};
        for (std::size_t i = 0; i < std::size(kept); ++i) values[i] = cell[kept[i]];
        lines.push_back(std::tuple_cat(values, std::make_tuple(key.service, key.month, key.site)));
    }
    if (!lines.empty()) tx.exec_many(upsert, lines);
}

void each_running(Tx& tx, std::string_view service, Period period, const std::function<void(std::string_view, const Cell&)>& fn) {
    const auto add = [&](int month, int sign) {
        tx.each(select_month, [&](const Row& row) { fn(row.text(kept_count), read_running(row, sign)); }, service, month);
    };
    for (int month = december(period.from); month < period.to; month += 12) add(month, 1);
    add(period.to, 1);
    if (period.from % 12 != 0) add(period.from - 1, -1);
}

Running running_of(Tx& tx, std::string_view site) {
    Running running;
    tx.each(select_site, [&](const Row& row) {
        running[{std::string(row.text(kept_count)), static_cast<int>(row.integer(kept_count + 1)), std::string(site)}] = read_running(row);
    }, "site:" + std::string(site), site);
    return running;
}

std::vector<RunningKey> stray_running(Tx& tx) {
    std::vector<RunningKey> keys;
    for (auto& [service, month, site] : tx.rows<std::string, int, std::string>(select_stray)) keys.push_back({service, month, site});
    return keys;
}

void remove_stray_running(Tx& tx) { tx.exec(delete_stray); }

}  // namespace verbatim::figures
