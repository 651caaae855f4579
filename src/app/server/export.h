// `verbatim export`: the formats that came in go out again; a person's data (GDPR 15, 20); the public log as a folder that
// `verbatim log verify DIR` and any tlog-tiles client read.
#pragma once

#include <string>

#include "app/server/house.h"

namespace verbatim::server {

struct ExportWish {
    std::string what, email, out;
    std::string from, to;  // statements: the period's days
};
int export_data(const Place& place, const ExportWish& wish);

}  // namespace verbatim::server
