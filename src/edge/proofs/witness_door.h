// A witness's door (C2SP tlog-witness): POST /add-checkpoint, and its key for whoever wants to name it in a policy.
#pragma once

#include "engine/http/http.h"
#include "record/witness/witness.h"

namespace verbatim::proofs {

// The witness must outlive the router.
void witness_routes(http::Router& router, witness::Witness& witness);

}  // namespace verbatim::proofs
