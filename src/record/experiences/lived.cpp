#include "record/experiences/lived.h"

namespace verbatim::experiences {
namespace {

using storage::Row;
using storage::Sql;

#define LIVED \
    "SELECT e.customer, e.id, e.kind, e.occurred_on, e.site, COALESCE(e.product, ''), COALESCE(e.country, ''), COALESCE(e.vin, ''), COALESCE(e.registered_on, ''), COALESCE(e.attributes, '') "
// On SQLite the list is walked, not sorted first (contact/reach.cpp).
constexpr Sql lived(LIVED "FROM json_each($1) k CROSS JOIN experience e ON e.customer = k.value ORDER BY e.occurred_on, e.id",
                    LIVED "FROM experience e WHERE e.customer = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS JSONB)))) ORDER BY e.occurred_on, e.id");
constexpr Sql arrived("SELECT id, customer, imported_at FROM experience WHERE (imported_at, id) > ($1, $2) ORDER BY imported_at, id LIMIT $3");

}  // namespace

void lived_by(storage::Tx& tx, std::string_view customers, const std::function<void(const Lived&)>& each) {
    tx.each(lived, [&](const Row& row) {
        each({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6), row.text(7), row.text(8), row.text(9)});
    }, customers);
}

std::vector<Arrived> arrived_since(storage::Tx& tx, Seconds since, std::string_view after, int limit) {
    std::vector<Arrived> all;
    tx.each(arrived, [&](const Row& row) { all.push_back({std::string(row.text(0)), std::string(row.text(1)), row.integer(2)}); }, since, after, limit);
    return all;
}

}  // namespace verbatim::experiences
