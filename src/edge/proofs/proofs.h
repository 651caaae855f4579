// The public log over HTTP as C2SP tlog-tiles asks (norm TLG-4): anyone reads it, from anywhere, also from a script on
// another origin.
#pragma once

#include "engine/http/http.h"
#include "record/ledger/ledger.h"

namespace verbatim::proofs {

// GET /log/checkpoint, /log/checkpoint.cosigned, /log/key, /log/policy, /log/tile/... ; the ledger and what `policy` uses
// must outlive the router.
void routes(http::Router& router, ledger::Ledger& ledger, std::function<std::string()> policy);

}  // namespace verbatim::proofs
