// How surprising is a count? Tails of the Poisson law, and the one-sided test that a share grew.
#pragma once

#include <cstdint>

namespace verbatim::stats {

// P(X >= k) where `mean` are expected. 1 for k <= 0.
double poisson_at_least(std::int64_t k, double mean);

// P(the second share is this much above the first, or more | the same share of both): Fisher's exact test, one-sided, for k1 of n1 before
// and k2 of n2 now. Exact whatever the counts; that the first share is itself estimated is in it.
double share_grew(std::int64_t k1, std::int64_t n1, std::int64_t k2, std::int64_t n2);

}  // namespace verbatim::stats
