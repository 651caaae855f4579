#include "engine/jobs/dead.h"

#include "engine/jobs/table.h"

namespace verbatim::jobs {
namespace {

constexpr storage::Sql select_dead =
    "SELECT kind, last_error, COUNT(*), MIN(created_at), MAX(run_at) FROM job WHERE state = 2 GROUP BY kind, last_error ORDER BY 3 DESC, kind, last_error LIMIT $1";
// Of several with one key the newest is enough.
constexpr storage::Sql delete_twins =
    "DELETE FROM job WHERE state = 2 AND ($1 = '' OR kind = $1) AND unique_key IS NOT NULL AND EXISTS"
    " (SELECT 1 FROM job AS twin WHERE twin.kind = job.kind AND twin.unique_key = job.unique_key AND (twin.state = 0 OR (twin.state = 2 AND twin.id > job.id)))";
constexpr storage::Sql revive_jobs = "UPDATE job SET state = 0, attempt = 0, lost = 0, run_at = $2 WHERE state = 2 AND ($1 = '' OR kind = $1)";

}  // namespace

std::vector<Dead> dead(storage::Tx& tx, int limit) {
    std::vector<Dead> all;
    for (auto& [kind, error, count, made, tried] : tx.rows<std::string, std::string, std::int64_t, Seconds, Seconds>(select_dead, limit))
        all.push_back({std::move(kind), std::move(error), count, made, tried});
    return all;
}

std::int64_t revive(storage::Tx& tx, const Clock& clock, std::string_view kind) {
    tx.exec(delete_twins, kind);
    const auto revived = tx.exec(revive_jobs, kind, clock.now());
    if (revived != 0) tx.notify(channel, due);
    return revived;
}

}  // namespace verbatim::jobs
