// `verbatim paper run | again | returns`: letters on paper, for whoever prints them and for what comes back (docs/plan.md).
#pragma once

#include <iosfwd>
#include <string>

#include "app/server/house.h"

namespace verbatim::server {

// A folder a run under `out`, there only when it is whole. 0 where nothing waits, too.
int paper_run(House& house, const std::string& out_folder, std::ostream& out, std::ostream& err);
int paper_again(House& house, std::int64_t number, const std::string& out_folder, std::ostream& out, std::ostream& err);
int paper_returns(House& house, const std::string& file, std::ostream& out, std::ostream& err);

}  // namespace verbatim::server
