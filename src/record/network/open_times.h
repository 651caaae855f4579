// When a site is open, on its own clocks: what "call back today" and "four hours left" mean to the people who work there.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ground/base/calendar.h"

namespace verbatim::network {

struct Opening {
    bool known = false;      // false: the site gave no hours, or none that can be read
    bool open = false;
    Seconds closes_at = 0;   // open: until when; 0: within the coming fortnight it never closes
    Seconds opens_at = 0;    // closed: from when; 0: not within the coming fortnight
};

// `hours` as is_opening_hours() allows them, `timezone` an IANA name. Public and school holidays (PH, SH) are not known to this
// program: their rules are read and never apply. An open end ("17:00+") lasts to midnight.
Opening opening_at(std::string_view hours, std::string_view timezone, Seconds at);
// How much of that time the site is open; at most a fortnight is looked at. Nothing where the hours are not known.
std::optional<Seconds> open_between(std::string_view hours, std::string_view timezone, Seconds from, Seconds until);

// The local time's distance from UTC at that moment; 0 for an unknown zone.
Seconds utc_offset(std::string_view timezone, Seconds at);

}  // namespace verbatim::network
