// Do the published checkpoints agree with what is stored? For the certification pack (norm TLG-5).
#pragma once

#include <cstdint>

#include "engine/storage/storage.h"

namespace verbatim::ledger {

struct Agreement {
    std::int64_t disagreeing = 0, looked_at = 0;
};
// Of the `newest` published checkpoints: whose root is not that of the stored tree at their size. Two that were signed for one
// size, or for sizes that do not continue each other, cannot both agree with one tree.
Agreement agreement(storage::Tx& tx, int newest);

}  // namespace verbatim::ledger
