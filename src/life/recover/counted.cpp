#include "life/recover/counted.h"

namespace verbatim::recover {
namespace {

using figures::Counts;
using figures::Measure;
using storage::Row;
using storage::Sql;
using storage::Tx;

// Won back: asked ten days after the closing, the customer gives four or five stars.
#define COUNTED_COLUMNS                                                                                                  \
    "c.opened_at, c.due_at, COALESCE(c.first_call_at, 0), c.breached, "                                                  \
    "(SELECT COUNT(*) FROM recovery_survey v WHERE v.recovery_case = c.id AND v.state = 'answered'), "                  \
    "(SELECT COUNT(*) FROM recovery_survey v WHERE v.recovery_case = c.id AND v.state = 'answered' AND v.rating >= 4)"
constexpr Sql select_counted("SELECT " COUNTED_COLUMNS ", c.site, c.review FROM recovery_case c WHERE c.id = $1");
constexpr Sql select_uncounted(R"sql(
SELECT c.id FROM recovery_case c WHERE c.id > $1 AND NOT EXISTS (SELECT 1 FROM figure_case f WHERE f.id = c.id) ORDER BY c.id LIMIT $2)sql");
constexpr Sql counted_here("SELECT " COUNTED_COLUMNS R"sql(, f.subject, f.service, f.product, f.adviser
FROM (SELECT code FROM site WHERE code > $1 ORDER BY code LIMIT $2) s JOIN recovery_case c ON c.site = s.code JOIN figure_case f ON f.id = c.id
LEFT JOIN recovery_survey v ON v.recovery_case = c.id)sql");

// A breach stays a breach, whoever called later.
Counts counts_of(const Row& row) {
    const auto opened_at = row.integer(0), due_at = row.integer(1), first_call_at = row.integer(2);
    const bool late = row.integer(3) != 0 || first_call_at > due_at;
    Counts counts;
    counts.cell[Measure::cases] = 1;
    counts.cell[Measure::late] = late ? 1 : 0;
    counts.cell[Measure::resurveyed] = row.integer(4);
    counts.cell[Measure::won_back] = row.integer(5);
    if (const auto stars = row.integer(4); stars != 0) {
        counts.cell[Measure::resurveyed] = 1;
        counts.cell[Measure::won_back] = stars >= 4 ? 1 : 0;
    }
    if (first_call_at != 0) figures::add_call(counts.cell, first_call_at - opened_at, !late);
    return counts;
}

}  // namespace

void count_case(Tx& tx, std::string_view id) {
    struct Now {
        std::string subject, review;
        int month = 0;
        Counts counts;
    };
    std::optional<Now> now;
    tx.each(select_counted, [&](const Row& row) {
        now = Now{"site:" + std::string(row.text(6)), std::string(row.text(7)), figures::month_of(row.integer(0)), counts_of(row)};
    }, id);
    if (now) figures::count_case(tx, id, now->subject, now->review, now->month, now->counts);
}

std::string count_old_cases(Tx& tx, std::string_view after, int limit) {
    const auto ids = tx.rows<std::string>(select_uncounted, after, limit);
    for (const auto& id : ids) count_case(tx, id);
    return ids.empty() ? std::string() : ids.back();
}

void recount(Tx& tx, const figures::Subjects& subjects, const figures::Sink& sink) {
    if (subjects.kind != "site") return;
    tx.each(counted_here, [&](const Row& row) {
        sink(figures::place_of(row.text(6), row.text(7), figures::month_of(row.integer(0)), row.text(8), row.text(9), {}, {}, {}), counts_of(row));
    }, subjects.after, subjects.limit);
}

}  // namespace verbatim::recover
