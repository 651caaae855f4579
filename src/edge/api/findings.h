// Findings: what customers say, who is asked to change something, and telling the customers that it was changed.
#pragma once

#include "edge/api/gate.h"
#include "life/analyse/findings.h"

namespace verbatim::api {

void finding_routes(Gate& gate, analyse::Findings& findings);

}  // namespace verbatim::api
