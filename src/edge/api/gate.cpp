#include "edge/api/gate.h"

namespace verbatim::api {
namespace {

using http::Request;
using http::Response;

constexpr std::string_view bearer = "Bearer ";

Response who_are_you() {
    auto response = Response::problem(401, "sign_in", "sign in, or send Authorization: Bearer KEY (`verbatim key add` makes one)");
    response.with("WWW-Authenticate", "Bearer");
    return response;
}

std::optional<access::Holder> holder_of(const access::Access& access, const Request& request) {
    const auto given = request.field("Authorization");
    if (given.substr(0, bearer.size()) == bearer) return access.by_key(given.substr(bearer.size()));
    return std::nullopt;
}

}  // namespace

Gate::Gate(http::Router& router, access::Access& access) : router_(router), access_(access) {}

void Gate::add(http::Method method, std::string pattern, Permission permission, Act act) {
    routes_.push_back({method, pattern, permission});
    router_.add(method, std::move(pattern), [&access = access_, permission, act = std::move(act)](const Request& request) {
        const auto holder = holder_of(access, request);
        if (!holder) return who_are_you();
        if (!holder->may(permission)) return Response::problem(403, "forbidden", "your role does not have the permission " + std::string(to_word(permission)));
        auto response = act({holder->actor, holder->branch, holder->languages, holder->via, holder->ref}, request);
        response.with("Cache-Control", "no-store");
        return response;
    });
}

}  // namespace verbatim::api
