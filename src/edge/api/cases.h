// The desk's cases: whom to call, the case, its causes, what the day begins with.
#pragma once

#include "edge/api/gate.h"
#include "life/recover/cases.h"
#include "life/recover/root_causes.h"
#include "life/reply/inbox.h"

namespace verbatim::api {

struct CaseHouse {
    recover::Cases& cases;
    recover::RootCauses& causes;
    const reply::Inbox& inbox;
    const Clock& clock;
};
// Everything given must outlive the router.
void case_routes(Gate& gate, CaseHouse house);

}  // namespace verbatim::api
