// What authors say about pressure (norm AUT-4): the register, for headquarters and auditors alone, and the numbers everyone may see.
#pragma once

#include "edge/api/gate.h"
#include "life/collect/collect.h"

namespace verbatim::api {

// Everything given must outlive the router, but the gate.
void pressure_routes(http::Router& router, Gate& gate, const collect::Collect& collect);

}  // namespace verbatim::api
