// Print runs as whoever has them printed sees them: what waits, which were made and by whom, what came back.
#pragma once

#include "record/contact/paper.h"

namespace verbatim::contact {

struct ListedRun {
    PrintRun run;
    std::string by;             // who made it: "staff:ann@example.org", "system:paper run"
    std::int64_t returned = 0;  // came back undelivered
};
// The newest first, behind this number; 0: from the newest on.
std::vector<ListedRun> listed_runs(storage::Tx& tx, std::int64_t before, int limit);
std::optional<ListedRun> listed_run(storage::Tx& tx, std::int64_t number);
// How many letters wait for a run.
std::int64_t waiting_for_paper(storage::Tx& tx);

}  // namespace verbatim::contact
