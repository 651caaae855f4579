// How sites use their right of reply (norm SUP-1), for headquarters and auditors.
#pragma once

#include "edge/api/gate.h"
#include "life/reply/reply.h"

namespace verbatim::api {

// Everything given must outlive the router, but the gate.
void reply_routes(Gate& gate, const reply::Reply& reply);

}  // namespace verbatim::api
