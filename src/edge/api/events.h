// What happened: a list for those who poll, a stream for those who look on, webhooks for other programs.
#pragma once

#include "edge/api/event_streams.h"
#include "edge/api/gate.h"
#include "record/webhooks/webhooks.h"

namespace verbatim::api {

// Everything given must outlive the router.
void event_routes(Gate& gate, events::Follower& follower, EventStreams::Limits limits);
void webhook_routes(Gate& gate, webhooks::Webhooks& webhooks);

}  // namespace verbatim::api
