// The Standard Webhooks form (standardwebhooks.com, version 1.0.0): three headers and an HMAC that any receiver's library checks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/http/http.h"
#include "ground/base/clock.h"

namespace verbatim::webhooks {

// "whsec_" and 32 random bytes as base64.
std::string make_secret();

// webhook-id, webhook-timestamp and webhook-signature over "ID.TIMESTAMP.BODY", one signature a secret with a blank between them,
// so that a receiver may hold either while secrets are changed.
std::vector<http::Field> signed_fields(std::string_view id, Seconds at, std::string_view body, const std::vector<std::string>& secrets);

}  // namespace verbatim::webhooks
