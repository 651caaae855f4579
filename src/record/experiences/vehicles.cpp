#include "record/experiences/vehicles.h"

namespace verbatim::experiences {
namespace {

using storage::Row;
using storage::Sql;

#define IN_HANDS(AMONG) \
    "SELECT e.vin, e.customer, e.kind, e.occurred_on, COALESCE(e.registered_on, '') FROM experience e " \
    "WHERE e.vin IN (SELECT a.vin FROM experience a WHERE a.id " AMONG " AND a.vin IS NOT NULL AND EXISTS (SELECT 1 FROM experience o WHERE o.vin = a.vin AND o.customer <> a.customer)) " \
    "ORDER BY e.vin, e.occurred_on, e.id"
constexpr Sql in_hands(IN_HANDS("IN (SELECT value FROM json_each($1))"), IN_HANDS("= ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS JSONB))))"));

}  // namespace

void in_many_hands(storage::Tx& tx, std::string_view ids, const std::function<void(const InHands&)>& each) {
    tx.each(in_hands, [&](const Row& row) { each({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4)}); }, ids);
}

}  // namespace verbatim::experiences
