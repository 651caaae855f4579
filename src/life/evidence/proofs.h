// Rows of what humans laid down; for this module only.
#pragma once

#include "life/evidence/evidence.h"

namespace verbatim::evidence {

std::vector<Proof> all_proofs(storage::Tx& tx);  // without their bytes; newest last

}  // namespace verbatim::evidence
