// Signing in and out, one's own account: /api/v1/session, /password-links, /passwords, /sessions.
#pragma once

#include "edge/api/gate.h"

namespace verbatim::api {

// Everything given must outlive the router, but the gate.
void session_routes(http::Router& router, Gate& gate, access::Access& access);

}  // namespace verbatim::api
