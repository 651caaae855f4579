// The contact plan on the command line: `verbatim plan ...` (docs/plan.md). No command of these needs a platform.
#pragma once

#include <iosfwd>
#include <string>

namespace verbatim::server {

// Every mistake as FILE:LINE: message, then a line of sums. 0 without mistakes, 1 with, 2 where the file cannot be read.
int plan_check(const std::string& file, std::ostream& out, std::ostream& err);
// The packaged plan, as it is.
int plan_default(std::ostream& out);

}  // namespace verbatim::server
