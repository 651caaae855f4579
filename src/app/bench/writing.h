// What keeping the figures costs where facts change: beside what publishing a review costs.
#pragma once

#include <iosfwd>

#include "engine/storage/storage.h"

namespace verbatim::bench {

// Collects and publishes `reviews` reviews of the sites S0..S<sites-1>, each in transactions of its own; then counts as many facts alone, and
// folds what waits. Prints microseconds of CPU (the whole process, so that SQLite's writer is in it) and the shares. The rows stay.
void time_writing(storage::Db& db, int sites, int reviews, std::ostream& out);

}  // namespace verbatim::bench
