#include "life/moderate/retention.h"

namespace verbatim::moderate {
namespace {

using storage::Sql;

constexpr Sql delete_notices("DELETE FROM notice WHERE id IN (SELECT id FROM notice WHERE state <> 'open' AND decided_at < $1 ORDER BY decided_at LIMIT $2)");
constexpr Sql delete_complaints("DELETE FROM complaint WHERE id IN (SELECT id FROM complaint WHERE state <> 'open' AND decided_at < $1 ORDER BY decided_at LIMIT $2)");
constexpr Sql delete_delays("DELETE FROM moderation_delay WHERE at < $1 AND decide_by < $1");
constexpr Sql count_old(R"sql(
SELECT (SELECT COUNT(*) FROM notice WHERE state <> 'open' AND decided_at < $1) + (SELECT COUNT(*) FROM complaint WHERE state <> 'open' AND decided_at < $1))sql");

}  // namespace

std::int64_t purge_notices(storage::Tx& tx, Seconds before, int limit) {
    tx.exec(delete_delays, before);
    return tx.exec(delete_notices, before, limit) + tx.exec(delete_complaints, before, limit);
}

std::int64_t notices_before(storage::Tx& tx, Seconds before) { return tx.value<std::int64_t>(count_old, before); }

}  // namespace verbatim::moderate
