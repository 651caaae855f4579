// Events of journey.* are about people, under a pseudonym. Who is forgotten is forgotten here too: a reader who comes later is told that alone.
#pragma once

#include <string_view>

#include "engine/storage/storage.h"

namespace verbatim::events {

// Behind the raising of journey.forgotten about `person` in the same transaction, so that the newest event never goes (its number would be
// given away again). How many went.
std::int64_t forget_journey(storage::Tx& tx, std::string_view person);

}  // namespace verbatim::events
