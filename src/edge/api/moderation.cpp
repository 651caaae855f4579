// Decisions by API until the desk exists: a key (Authorization: Bearer, `verbatim key add`) stands for a person and a role.
#include <nlohmann/json.hpp>

#include "edge/api/doors.h"

namespace verbatim::api {
namespace {

using http::Request;
using http::Response;
using nlohmann::json;

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

Response problem(const Error& error) { return Response::problem(status_of(error.kind), error.code, error.message, error.field); }

std::optional<Actor> actor_of(const Doors& doors, const Request& request) {
    constexpr std::string_view scheme = "Bearer ";
    const auto given = request.field("Authorization");
    if (given.substr(0, scheme.size()) != scheme) return std::nullopt;
    return doors.moderate.actor_of_key(given.substr(scheme.size()));
}

Response unauthorised() {
    auto response = Response::problem(401, "key_missing", "send Authorization: Bearer KEY; `verbatim key add` makes one");
    response.with("WWW-Authenticate", "Bearer");
    return response;
}

Response queue(const Doors& doors, const Request& request) {
    const auto actor = actor_of(doors, request);
    if (!actor) return unauthorised();
    json all = {{"reviews", json::array()}};
    for (const auto& waiting : doors.moderate.queue(100)) {
        all["reviews"].push_back({{"id", waiting.review}, {"lang", waiting.lang}, {"subject", waiting.subject}, {"submitted_at", format_moment(waiting.submitted_at)},
                                  {"title", waiting.title}, {"body", waiting.body}, {"findings", json::parse(waiting.findings)}});
    }
    return Response::json(all.dump()).with("Cache-Control", "no-store");
}

Response decide(const Doors& doors, const Request& request) {
    const auto actor = actor_of(doors, request);
    if (!actor) return unauthorised();
    const auto body = json::parse(request.body, nullptr, false);
    if (!body.is_object()) return Response::problem(400, "json", "send a JSON object with decision, reason and explanation");
    const auto text = [&](const char* name) { return body.contains(name) && body[name].is_string() ? body[name].get<std::string>() : std::string(); };
    const auto decided = doors.moderate.decide(*actor, request.part("id"), text("decision"), text("reason"), text("explanation"));
    if (!decided) return problem(decided.error());
    return Response::json(json({{"review", request.part("id")}, {"decision", text("decision")}}).dump());
}

}  // namespace

void moderation_routes(http::Router& router, const Doors& doors) {
    router.get("/api/v1/moderation/queue", [doors](const Request& request) { return queue(doors, request); });
    router.post("/api/v1/moderation/{id}/decision", [doors](const Request& request) { return decide(doors, request); });
}

}  // namespace verbatim::api
