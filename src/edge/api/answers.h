// What the private routes answer with. For this module only.
#pragma once

#include <nlohmann/json.hpp>

#include "engine/http/http.h"
#include "ground/base/calendar.h"
#include "ground/base/result.h"

namespace verbatim::api {

// RFC 9457; the one table from domain errors to HTTP.
http::Response problem(const Error& error);
// 404 for what does not exist and for what lies beside the caller's branch alike.
http::Response nowhere();
http::Response answer(const nlohmann::json& body, int status = 200);

// The body as a JSON object, at most 32 deep.
Result<nlohmann::json> object_of(const http::Request& request);
// Members by name; what is of another type counts as absent.
std::string text_of(const nlohmann::json& object, const char* name);
bool flag_of(const nlohmann::json& object, const char* name);

// ?limit=, 1 to `most`; `usual` without it; nothing where it is no such number.
std::optional<int> limit_of(const http::Form& query, int usual = 20, int most = 100);
http::Response bad_limit(int most = 100);

nlohmann::json moment(Seconds at);                       // RFC 3339 in UTC; null for 0
nlohmann::json text_or_null(const std::string& text);

}  // namespace verbatim::api
