#include "record/experiences/retention.h"

namespace verbatim::experiences {
namespace {

using storage::Sql;
using storage::Tx;

#define LONG_AGO "imported_at < $1 AND customer <> '' AND outcome IN ('answered', 'expired', 'suppressed')"
constexpr Sql delete_proofs("DELETE FROM experience_proof WHERE experience IN (SELECT id FROM experience WHERE " LONG_AGO " ORDER BY imported_at, id LIMIT $2)");
constexpr Sql cut(R"sql(
UPDATE experience SET customer = '', vin = NULL, attributes = NULL, consent = NULL, salt = NULL
WHERE id IN (SELECT id FROM experience WHERE )sql" LONG_AGO " ORDER BY imported_at, id LIMIT $2)");
constexpr Sql count_old("SELECT COUNT(*) FROM experience WHERE " LONG_AGO);

}  // namespace

std::int64_t purge_old(Tx& tx, Seconds before, int limit) {
    tx.exec(delete_proofs, before, limit);
    return tx.exec(cut, before, limit);
}

std::int64_t older_than(Tx& tx, Seconds before) { return tx.value<std::int64_t>(count_old, before); }

}  // namespace verbatim::experiences
