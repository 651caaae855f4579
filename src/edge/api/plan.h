// The contact plan: its versions, holding a file against the rules, comparing, publishing, one person's years, invented lives; what the
// run did by campaign and by customer.
#pragma once

#include "edge/api/gate.h"
#include "life/plan/run.h"

namespace verbatim::api {

void plan_routes(Gate& gate, plan::Run& run);

}  // namespace verbatim::api
