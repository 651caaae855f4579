// What many people lived through, in one go, for whoever decides about them together (life/plan).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"

namespace verbatim::experiences {

struct Lived {
    std::string_view customer, id, kind, occurred_on, site, product, country, vin, registered_on, attributes;  // valid within the call
};
// `customers`: a JSON list of ids. By day; several people of one day in no order of theirs.
void lived_by(storage::Tx& tx, std::string_view customers, const std::function<void(const Lived&)>& each);

// People with an experience that came in at `since` or later, in the order it came; at most `limit` rows after (since, after).
struct Arrived {
    std::string id, customer;
    Seconds at = 0;
};
std::vector<Arrived> arrived_since(storage::Tx& tx, Seconds since, std::string_view after, int limit);

}  // namespace verbatim::experiences
