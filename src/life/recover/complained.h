// The cases behind many reviews, in one go, for whoever decides about their authors together (the contact plan).
#pragma once

#include <functional>
#include <string_view>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"

namespace verbatim::recover {

struct Complained {
    std::string_view review;             // valid within the call
    Seconds opened_at = 0, closed_at = 0;  // closed_at 0: open
    std::string_view outcome;            // of a closed one: won_back (rates better afterwards) | lost (says it is not solved) | settled | not_reached
};
// `reviews`: a JSON list of ids.
void complained_about(storage::Tx& tx, std::string_view reviews, const std::function<void(const Complained&)>& each);

}  // namespace verbatim::recover
