#include "edge/api/keys.h"

namespace verbatim::api {

std::optional<moderate::Caller> caller_of(const moderate::Moderate& keys, const http::Request& request) {
    constexpr std::string_view scheme = "Bearer ";
    const auto given = request.field("Authorization");
    if (given.substr(0, scheme.size()) != scheme) return std::nullopt;
    return keys.caller_of_key(given.substr(scheme.size()));
}

http::Response key_missing() {
    auto response = http::Response::problem(401, "key_missing", "send Authorization: Bearer KEY; `verbatim key add` makes one");
    response.with("WWW-Authenticate", "Bearer");
    return response;
}

}  // namespace verbatim::api
