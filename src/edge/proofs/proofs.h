// The public log over HTTP as C2SP tlog-tiles asks (norm TLG-4): anyone reads it, from anywhere, also from a script on
// another origin.
#pragma once

#include "engine/http/http.h"
#include "record/ledger/ledger.h"

namespace verbatim::proofs {

// GET /log/checkpoint, /log/key, /log/tile/... ; the ledger must outlive the router.
void routes(http::Router& router, ledger::Ledger& ledger);

}  // namespace verbatim::proofs
