// Is a call still owed to the author of these words? Whoever waits for it is left in peace by everything else.
#pragma once

#include <string_view>

#include "engine/storage/storage.h"

namespace verbatim::recover {

bool call_owed(storage::Tx& tx, std::string_view review);

}  // namespace verbatim::recover
