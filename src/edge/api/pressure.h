// What authors say about pressure (norm AUT-4): the register, for headquarters and auditors alone, and the numbers everyone may see.
#pragma once

#include "engine/http/http.h"
#include "life/collect/collect.h"
#include "life/moderate/moderate.h"

namespace verbatim::api {

// Everything given must outlive the router.
void pressure_routes(http::Router& router, const moderate::Moderate& keys, const collect::Collect& collect);

}  // namespace verbatim::api
