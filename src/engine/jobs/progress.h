// For a job of many steps, each with a transaction of its own.
#pragma once

#include "engine/jobs/jobs.h"

namespace verbatim::jobs {

// In the transaction of a step: the job is held for a whole lease again, and what worker's deaths took from it before is forgotten. A
// job that is killed again and again and yet moves on is no danger to its worker.
void progressed(storage::Tx& tx, const Clock& clock, const Job& job);

}  // namespace verbatim::jobs
