// Who works here and what they reach: /api/v1/users, /keys, /organisation, /audit-trail.
#pragma once

#include "edge/api/gate.h"
#include "record/network/organisation.h"

namespace verbatim::api {

// Everything given must outlive the router, but the gate.
void people_routes(Gate& gate, access::Access& access, const network::Organisation& organisation);

}  // namespace verbatim::api
