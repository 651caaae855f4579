// `verbatim report send SITE`: the mail of the month once more, where it got lost.
#pragma once

#include <iosfwd>
#include <string>

#include "app/server/house.h"

namespace verbatim::server {

// `month`: "2026-10"; empty: the last one that is over. The running server sends what is queued here.
int send_report(House& house, const std::string& site, const std::string& month, std::ostream& out, std::ostream& err);

}  // namespace verbatim::server
