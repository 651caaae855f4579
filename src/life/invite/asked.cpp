#include "life/invite/asked.h"

#include <algorithm>
#include <cmath>

namespace verbatim::invite {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

// An experience that was answered uninvited was decided about by its author.
constexpr Sql count_asked(R"sql(
SELECT band, COUNT(*), SUM(asked) FROM (
  SELECT CASE WHEN earlier IS NULL THEN 0 WHEN earlier <= 2 THEN 1 WHEN earlier = 3 THEN 2 ELSE 3 END AS band, asked FROM (
    SELECT CASE WHEN e.invited_at IS NULL THEN 0 ELSE 1 END AS asked,
      (SELECT r.rating FROM review r WHERE r.customer = e.customer AND r.subject = 'site:' || e.site AND r.origin <> 'gathered'
         AND r.submitted_at < e.imported_at ORDER BY r.submitted_at DESC LIMIT 1) AS earlier
    FROM experience e WHERE e.imported_at >= $1 AND e.customer <> '' AND e.outcome <> 'waiting' AND COALESCE(e.reason, '') NOT IN ('opt_out', 'erased')
      AND NOT (e.outcome = 'answered' AND e.invited_at IS NULL)) AS known) AS banded
GROUP BY band)sql");

constexpr Sql count_outside("SELECT COUNT(*), COALESCE(SUM(CASE WHEN batch IS NULL THEN 1 ELSE 0 END), 0) FROM experience");
// What was invited before batches began is older than all of them.
constexpr Sql count_early(R"sql(
SELECT COUNT(*) FROM experience e JOIN batch b ON b.id = e.batch
WHERE e.invited_at IS NOT NULL AND (b.released_at IS NULL OR e.invited_at < b.sealed_at) AND e.invited_at >= (SELECT MIN(sealed_at) FROM batch))sql");
constexpr Sql count_batches("SELECT COUNT(*), COALESCE(SUM(CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END), 0) FROM batch WHERE sealed_at IS NOT NULL");

void test(AskedBySatisfaction& out) {
    const double low = static_cast<double>(out.low.eligible), high = static_cast<double>(out.high.eligible);
    if (low == 0 || high == 0) return;
    const double share = static_cast<double>(out.low.asked + out.high.asked) / (low + high);
    out.enough = std::min(low, high) * std::min(share, 1 - share) >= 5;
    if (!out.enough) return;
    const double difference = static_cast<double>(out.low.asked) / low - static_cast<double>(out.high.asked) / high;
    const double z = difference / std::sqrt(share * (1 - share) * (1 / low + 1 / high));
    out.p = std::erfc(std::abs(z) / std::sqrt(2.0));
}

}  // namespace

AskedBySatisfaction asked_by_satisfaction(Tx& tx, Seconds since) {
    AskedBySatisfaction out;
    Asked* const bands[] = {&out.unknown, &out.low, &out.middle, &out.high};
    tx.each(count_asked, [&](const Row& row) { *bands[row.integer(0)] = {row.integer(1), row.integer(2)}; }, since);
    test(out);
    return out;
}

BatchEvidence batch_evidence(Tx& tx) {
    BatchEvidence out;
    tx.each(count_outside, [&](const Row& row) {
        out.experiences = row.integer(0);
        out.outside = row.integer(1);
    });
    out.early = tx.value<std::int64_t>(count_early);
    tx.each(count_batches, [&](const Row& row) {
        out.batches = row.integer(0);
        out.counted = row.integer(1);
    });
    return out;
}

}  // namespace verbatim::invite
