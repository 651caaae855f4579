// Reading the public face of reviews; for this module only.
#pragma once

#include "life/publish/publish.h"

namespace verbatim::publish {

// "4.56", half up, from a sum of stars (contract "Ratings"); empty for no stars.
std::string average_of(std::int64_t sum, std::int64_t count);

Rating read_rating(storage::Tx& tx, std::string_view subject, Seconds now);
List read_numbered(storage::Tx& tx, std::string_view subject, const Filter& filter, int page, int per_page);

}  // namespace verbatim::publish
