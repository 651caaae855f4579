// `verbatim search rebuild`: the index behind the desk's search, made anew.
#pragma once

#include <iosfwd>

#include "app/server/house.h"

namespace verbatim::server {

int rebuild_search(const Place& place, std::ostream& out);

}  // namespace verbatim::server
