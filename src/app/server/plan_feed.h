// `verbatim plan feed`: what the plan did, as lines for a data management platform (docs/plan.md, docs/formats.md).
#pragma once

#include <iosfwd>
#include <string>

#include "app/server/house.h"

namespace verbatim::server {

struct FeedWish {
    std::string after;  // the id of the last line somebody has; empty: from the beginning, or from the last whole line of `out`
    std::string out;    // a file to add to; empty: `lines`
};
// The place to go on from is the last line's id, and is told on `said`. Bounded memory. 0; 2 where the file cannot be written or `after` is none.
int plan_feed(House& house, const FeedWish& wish, std::ostream& lines, std::ostream& said);

}  // namespace verbatim::server
