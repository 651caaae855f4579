// Evidence that being asked hangs on what happened and on nothing else (norm COL-7): counted from the tables, for the
// certification pack and for whoever doubts.
#pragma once

#include <cstdint>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"

namespace verbatim::invite {

// Of the experiences whose invitation was decided about. Who left by his own wish is not counted: that is no choice of ours.
struct Asked {
    std::int64_t eligible = 0, asked = 0;
};
// By the stars that the same person had given the same site before: what the platform could have known of his satisfaction.
struct AskedBySatisfaction {
    Asked unknown, low, middle, high;  // never rated before; 1 and 2; 3; 4 and 5
    // Two-sided test of the shares of low and high (two proportions, normal approximation); 1 where there are too few.
    double p = 1;
    bool enough = false;               // five asked and five not expected in either, the usual condition of the approximation
};
AskedBySatisfaction asked_by_satisfaction(storage::Tx& tx, Seconds since);

struct BatchEvidence {
    std::int64_t experiences = 0, outside = 0;  // outside: in no batch; must be 0
    std::int64_t early = 0;                     // invited before their batch was under a signed checkpoint; must be 0
    std::int64_t batches = 0, counted = 0;      // committed to; those whose outcome is logged
};
BatchEvidence batch_evidence(storage::Tx& tx);

}  // namespace verbatim::invite
