// `verbatim jobs`: what waits, and what used up its attempts.
#pragma once

#include <iosfwd>
#include <string>

#include "app/server/house.h"

namespace verbatim::server {

// Counts, and of what is dead each kind with its last words. 1 where something is dead, so that a watch needs no more than this.
int list_jobs(const Place& place, std::ostream& out);
// Dead jobs of a kind, or "all", wait again; a running server takes them up at once.
int revive_jobs(const Place& place, const std::string& kind, std::ostream& out);

}  // namespace verbatim::server
