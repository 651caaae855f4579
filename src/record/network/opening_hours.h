// Opening hours in the form of OpenStreetMap's opening_hours key, the part of it that shops need.
#pragma once

#include <string_view>

namespace verbatim::network {

// "Mo-Fr 08:00-18:30; Sa 09:00-12:00,13:00-17:00; Su,PH off", "24/7", "Apr-Oct Mo-Sa 08:00-19:00". Rules are separated by
// ';'; each has months, days, and times or `off` or `closed`, in that order; only the last may not be missing.
bool is_opening_hours(std::string_view text);

}  // namespace verbatim::network
