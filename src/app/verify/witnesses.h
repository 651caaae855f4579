// Have enough of the witnesses that the caller trusts cosigned this log (norm TLG-7)?
#pragma once

#include <string>
#include <vector>

#include "app/verify/log_check.h"
#include "ground/merkle/cosignature.h"

namespace verbatim::verify {

struct TrustedWitnesses {
    std::vector<merkle::WitnessKey> keys;
    std::size_t quorum = 0;  // how many of them must have cosigned
};
Result<TrustedWitnesses> trusted_witnesses(const std::vector<std::string>& vkeys, std::size_t quorum);

struct CosignedTree {
    std::uint64_t size = 0;
    std::vector<merkle::Cosigned> by;  // numbers into keys
};
// The newest checkpoint's cosignatures; where they are too few, those of "checkpoint.cosigned", which must be of the same tree,
// not yet grown as far. `note` and `checkpoint`: what was checked already.
Result<CosignedTree> check_witnesses(const Fetch& log, const std::string& note, const merkle::Checkpoint& checkpoint, const merkle::VerifierKey& key, const TrustedWitnesses& trusted);

}  // namespace verbatim::verify
