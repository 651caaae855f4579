#include "edge/api/gate.h"

#include "edge/api/answers.h"
#include "edge/api/cookies.h"

namespace verbatim::api {
namespace {

using access::Level;
using http::Method;
using http::Request;
using http::Response;

constexpr std::string_view methods[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

// "case=ab12 call=3": the route's parts, ids all of them.
std::string object_of_route(const Request& request) {
    std::string object;
    for (const auto& [name, value] : request.parts) object += (object.empty() ? "" : " ") + name + "=" + value;
    return object;
}

// "id=ab12", from {"id":"ab12"} or one level below.
std::string created_by(const Response& response) {
    const auto body = nlohmann::json::parse(response.body, nullptr, false);
    if (!body.is_object()) return {};
    if (const auto id = text_of(body, "id"); !id.empty()) return "id=" + id;
    for (const auto& [name, member] : body.items())
        if (member.is_object() && member.contains("id") && member["id"].is_string()) return name + "=" + member["id"].get<std::string>();
    return {};
}

Response unfinished(const access::Holder& holder) {
    return holder.level == Level::factor ? Response::problem(401, "second_factor", "give the second factor to finish signing in")
                                         : Response::problem(401, "enrol_factor", "add a second factor to finish signing in");
}

}  // namespace

Gate::Gate(http::Router& router, access::Access& access, std::shared_ptr<Hygiene> hygiene) : router_(router), access_(access), hygiene_(std::move(hygiene)) {}

void Gate::add(Method method, std::string pattern, Permission permission, Act act, bool noted) {
    routes_.push_back({method, pattern, permission});
    act = [hygiene = hygiene_, inner = std::move(act)](const Caller& caller, const Request& request) {
        return hygiene->around(caller.via + ":" + caller.ref, request, [&] { return inner(caller, request); });
    };
    const bool writes = method != Method::get;
    const auto name = std::string(methods[static_cast<int>(method)]) + " " + pattern;
    router_.add(method, std::move(pattern), [&access = access_, permission, act = std::move(act), writes, noted, name](const Request& request) {
        auto holder = holder_of(access, request);
        if (!holder) return who_are_you().with("Cache-Control", "no-store");
        const auto line = [&](std::string outcome) {
            return access::TrailLine{0, access.clock().now(), holder->actor.id, holder->actor.role, holder->branch, holder->via, holder->ref, name, object_of_route(request), std::move(outcome), request.id, {}};
        };
        const auto refuse = [&](Response response) {
            if (writes || noted) access.note(line(std::to_string(response.status)));
            return std::move(response.with("Cache-Control", "no-store"));
        };
        if (holder->level != Level::full && permission != Permission::sign_in) return refuse(unfinished(*holder));
        if (writes && holder->via == "session" && !csrf_fits(request)) return refuse(csrf_missing());
        if (!holder->may(permission)) return refuse(Response::problem(403, "forbidden", "your role does not have the permission " + std::string(to_word(permission))));
        const Caller caller{holder->actor, holder->branch, holder->languages, holder->via, holder->ref, *holder};
        Response response;
        if (writes || noted) {
            // The line commits with the act's first transaction. Sign-in and sign-out write lines of their own, with more in them.
            access::Noted trail(access, line("done"), permission != Permission::sign_in);
            response = act(caller, request);
            trail.finish(response.status);
            // What came into being has its id only now: a second line says which.
            if (response.status == 201) {
                auto made = line("201");
                made.object += (made.object.empty() ? "" : " ") + created_by(response);
                access.note(std::move(made));
            }
        } else {
            response = act(caller, request);
        }
        response.with("Cache-Control", "no-store");
        return response;
    });
}

}  // namespace verbatim::api
