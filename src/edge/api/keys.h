// Who calls: the holder of the API key in `Authorization: Bearer KEY`.
#pragma once

#include <optional>

#include "engine/http/http.h"
#include "life/moderate/moderate.h"

namespace verbatim::api {

std::optional<moderate::Caller> caller_of(const moderate::Moderate& keys, const http::Request& request);
// 401 that says how to come by a key.
http::Response key_missing();

}  // namespace verbatim::api
