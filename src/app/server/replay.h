// The nightly replay (norm NOT-7): asks this platform's own doors for what a reader sees tonight, counts every rating and figure
// again from the log with the stranger's checker, holds the tables against both, and keeps digests of the pages. A difference is
// a row, a warning in the log of the house, and a mail to headquarters and auditors.
#pragma once

#include <iosfwd>

#include "app/server/house.h"

namespace verbatim::server {

// True where all is the same. `out` gets the checker's report.
bool replay_tonight(House& house, std::ostream& out);

}  // namespace verbatim::server
