// How sites use their right of reply (norm SUP-1), for headquarters and auditors.
#pragma once

#include "engine/http/http.h"
#include "life/moderate/moderate.h"
#include "life/reply/reply.h"

namespace verbatim::api {

// Everything given must outlive the router.
void reply_routes(http::Router& router, const moderate::Moderate& keys, const reply::Reply& reply);

}  // namespace verbatim::api
