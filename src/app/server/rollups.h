// The totals behind the desk's figures: kept up by the worker, checked every night and by command (decision 25).
#pragma once

#include <iosfwd>
#include <vector>

#include "app/server/house.h"
#include "record/figures/figures.h"

namespace verbatim::server {

// Whoever knows facts that are counted.
const std::vector<figures::Source>& figure_sources();
// Every few seconds what waits is added to the totals; every night all is counted anew, and a difference is an error in the log.
void keep_figures(jobs::Runner& runner, storage::Db& db);
// Counts what was never counted, and mends what differs.
figures::Check count_everything(storage::Db& db);
// Statistics for PostgreSQL's planner, after many rows came in at once. SQLite does without: what was analysed while it was nearly empty
// (FTS5's own tables) it scans ever after.
void analyse(storage::Db& db);
// `verbatim rollups verify`: 0 where everything is equal, or has been made so; 1 otherwise.
int verify_rollups(const Place& place, bool rebuild, std::ostream& out);

}  // namespace verbatim::server
