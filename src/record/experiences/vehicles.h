// One vehicle through many hands: what everybody lived with it, in the order of days.
#pragma once

#include <functional>
#include <string_view>

#include "engine/storage/storage.h"

namespace verbatim::experiences {

struct InHands {
    std::string_view vin, customer, kind, occurred_on, registered_on;  // valid within the call
};
// Of vehicles that an experience of `ids` (a JSON list) names and that more than one customer came with; by vehicle, then by day.
void in_many_hands(storage::Tx& tx, std::string_view ids, const std::function<void(const InHands&)>& each);

}  // namespace verbatim::experiences
