// What the auditor reads: the requirements with today's result, the proofs of human duties, the log's state, the statements of reasons.
#pragma once

#include <functional>

#include "edge/api/gate.h"
#include "life/evidence/evidence.h"
#include "life/publish/publish.h"
#include "record/ledger/ledger.h"
#include "record/ledger/witnesses.h"

namespace verbatim::api {

struct AuditDoors {
    evidence::Evidence& evidence;
    const publish::Publish& publish;
    const ledger::Ledger& log;
    const ledger::Witnesses* witnesses;  // null where none is configured
};

// What it refers to must outlive the router.
void evidence_routes(Gate& gate, AuditDoors doors);

}  // namespace verbatim::api
