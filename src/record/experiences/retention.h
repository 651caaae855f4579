// What happened long ago loses whose it was (norm GDP-5).
#pragma once

#include "record/experiences/experiences.h"

namespace verbatim::experiences {

// Experiences that came in before that moment and are final lose customer, vehicle, attributes, proofs and the salt that opens
// their leaf in a batch; kind, day, site and outcome stay countable. At most `limit`; how many.
std::int64_t purge_old(storage::Tx& tx, Seconds before, int limit);
std::int64_t older_than(storage::Tx& tx, Seconds before);

}  // namespace verbatim::experiences
