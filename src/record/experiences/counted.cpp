#include "record/experiences/counted.h"

#include "record/experiences/experiences.h"

namespace verbatim::experiences {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql invited_here(R"sql(
SELECT s.subject, e.kind, e.invited_at, e.outcome, COALESCE(e.product, ''), COALESCE(e.adviser, '')
FROM (SELECT code, 'site:' || code AS subject FROM site WHERE code > $1 ORDER BY code LIMIT $2) s JOIN experience e ON e.site = s.code
WHERE e.invited_at IS NOT NULL)sql");

}  // namespace

void recount(Tx& tx, const figures::Subjects& subjects, const figures::Sink& sink) {
    if (subjects.kind != "site") return;
    tx.each(invited_here, [&](const Row& row) {
        figures::Counts counts;
        counts.cell[figures::Measure::invited] = 1;
        counts.cell[figures::Measure::answered] = row.text(3) == "answered" ? 1 : 0;
        sink(figures::place_of(row.text(0), service_of(row.text(1)), figures::month_of(row.integer(2)), row.text(4), row.text(5), {}, {}, {}), counts);
    }, subjects.after, subjects.limit);
}

}  // namespace verbatim::experiences
