// Norms GDP-5, MOD-16: notices and complaints go a stated time after they were decided; the decisions' rows stay, for they name
// no customer and no notifier.
#pragma once

#include <cstdint>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"

namespace verbatim::moderate {

// At most `limit` of each kind that was decided before that moment. Returns how many went.
std::int64_t purge_notices(storage::Tx& tx, Seconds before, int limit);
std::int64_t notices_before(storage::Tx& tx, Seconds before);

}  // namespace verbatim::moderate
