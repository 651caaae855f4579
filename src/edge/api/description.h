// /api/v1/openapi.json: assets/openapi.json with the fragments of assets/openapi/ merged over it, and held against the Gate's routes: what
// is not described is not served.
#pragma once

#include <string>

#include "edge/api/gate.h"

namespace verbatim::api {

// The whole description; made once. Throws std::logic_error where two fragments describe the same operation or schema.
const std::string& description();

// Throws std::logic_error, naming the operation, where a private route is not described with its x-permission, or one is described that
// is not there.
void check_described(const Gate& gate);

}  // namespace verbatim::api
