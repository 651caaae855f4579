// `verbatim themes check FILE` and `verbatim trends`: a tree of themes held against its rules, and the day's look at what changed.
#pragma once

#include <iosfwd>
#include <string>

#include "app/server/house.h"

namespace verbatim::server {

// Each mistake with its line; 1 where there is one.
int check_themes(const std::string& file, std::ostream& out);
// What the platform does by itself once a day; `weekly`: and what it does once a week, drift and mails to those who follow themes.
int look_at_trends(const Place& place, bool weekly, std::ostream& out);

}  // namespace verbatim::server
