// Words that were online or kept as long as announced (norms PUB-8, MOD-16).
#pragma once

#include "record/reviews/reviews.h"

namespace verbatim::reviews {

// Reviews published before that moment, and refused, removed or withdrawn ones that ended before it, are erased: the words, the
// salt, the signature; a leaf `erased` each. At most `limit`; how many.
std::int64_t purge_published(storage::Tx& tx, Seconds now, Seconds before, int limit);
std::int64_t purge_ended(storage::Tx& tx, Seconds now, Seconds before, int limit);
std::int64_t published_before(storage::Tx& tx, Seconds before);
std::int64_t ended_before(storage::Tx& tx, Seconds before);

}  // namespace verbatim::reviews
