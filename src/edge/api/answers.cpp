#include "edge/api/answers.h"

#include <charconv>

namespace verbatim::api {
namespace {

using http::Response;
using nlohmann::json;

constexpr int deepest = 32;

int status_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::invalid: return 422;
        case ErrorKind::not_found: return 404;
        case ErrorKind::gone: return 410;
        case ErrorKind::conflict: return 409;
        case ErrorKind::forbidden: return 403;
        case ErrorKind::too_many: return 429;
        case ErrorKind::unavailable: return 503;
    }
    return 500;
}

}  // namespace

Response problem(const Error& error) { return Response::problem(status_of(error.kind), error.code, error.message, error.field); }
Response nowhere() { return Response::problem(404, "unknown", "there is no such thing, or not for you"); }
Response answer(const json& body, int status) { return Response::json(body.dump(), status); }

Result<json> object_of(const http::Request& request) {
    bool deep = false;
    // Deeper than any request needs: cut off while parsing, so that no body can exhaust the stack.
    const auto body = json::parse(request.body, [&](int depth, json::parse_event_t, json&) {
        deep = deep || depth > deepest;
        return !deep;
    }, false);
    if (deep || !body.is_object()) return invalid("json", "send a JSON object");
    return body;
}

std::string text_of(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool flag_of(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_boolean() && found->get<bool>();
}

std::optional<int> limit_of(const http::Form& query, int usual, int most) {
    if (!query.has("limit")) return usual;
    const auto text = query.get("limit");
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 1 || value > most) return std::nullopt;
    return value;
}

Response bad_limit(int most) { return Response::problem(400, "limit", "limit must be a number from 1 to " + std::to_string(most), "limit"); }

json moment(Seconds at) { return at == 0 ? json(nullptr) : json(format_moment(at)); }
json text_or_null(const std::string& text) { return text.empty() ? json(nullptr) : json(text); }

}  // namespace verbatim::api
