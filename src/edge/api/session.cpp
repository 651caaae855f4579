#include "edge/api/session.h"

#include <nlohmann/json.hpp>

#include "edge/api/answers.h"
#include "edge/api/cookies.h"

namespace verbatim::api {
namespace {

using access::Access;
using access::Level;
using http::Request;
using http::Response;
using nlohmann::json;

json who(const Access& access, const access::Holder& holder, std::string_view token) {
    const auto me = access.me(holder);
    json permissions = json::array(), roles = json::array();
    for (const auto permission : access::all_permissions())
        if (holder.may(permission)) permissions.push_back(to_word(permission));
    std::string place;
    for (const auto& role : me.roles) {
        roles.push_back({{"role", role.role}, {"scope", role.scope}, {"branch", role.branch}, {"place", role.place}, {"current", role.current}});
        if (role.current) place = role.place;
    }
    return {{"state", holder.level == Level::full ? "open" : std::string(to_word(holder.level))}, {"email", me.email}, {"name", me.name}, {"locale", me.locale},
            {"languages", holder.languages}, {"role", holder.actor.role}, {"scope", holder.actor.scope}, {"branch", holder.branch}, {"place", place}, {"roles", std::move(roles)},
            {"permissions", std::move(permissions)}, {"csrf", token.empty() ? std::string() : csrf_of(token)}};
}

Response show(const Access& access, const Request& request) {
    const auto holder = holder_of(access, request);
    if (!holder) return who_are_you();
    return answer(who(access, *holder, holder->via == "session" ? session_of(request) : std::string_view()));
}

// Nothing for scripts of other sites: a form cannot send JSON, and what names its origin must be ours.
std::optional<Response> not_ours(const Request& request) {
    if (!same_origin(request)) return Response::problem(403, "cross_origin", "this request comes from another site");
    if (request.field("Content-Type").substr(0, 16) != "application/json") return Response::problem(415, "json", "send application/json");
    return std::nullopt;
}

Response sign_in(Access& access, const Request& request) {
    if (auto refused = not_ours(request)) return *refused;
    const auto body = object_of(request);
    if (!body) return problem(body.error());
    const auto done = access.sign_in(text_of(*body, "email"), text_of(*body, "password"), device_of(request), request.id);
    return signed_in(request, done);
}

Response act_as(Access& access, const Caller& caller, const Request& request) {
    const auto body = object_of(request);
    if (!body) return problem(body.error());
    const auto done = access.act_as(caller.holder, text_of(*body, "role"), text_of(*body, "scope"));
    return done ? show(access, request) : problem(done.error());
}

Response passwords(Access& access, const Request& request) {
    if (auto refused = not_ours(request)) return *refused;
    const auto body = object_of(request);
    if (!body) return problem(body.error());
    const auto password = text_of(*body, "password");
    if (body->contains("token")) return signed_in(request, access.set_password(text_of(*body, "token"), password, device_of(request), request.id));
    const auto holder = holder_of(access, request);
    if (!holder || holder->via != "session" || holder->level != Level::full) return who_are_you();
    if (!csrf_fits(request)) return csrf_missing();
    return signed_in(request, access.change_password(*holder, text_of(*body, "current"), password, device_of(request), request.id));
}

Response look_at_link(const Access& access, const Request& request) {
    if (auto refused = not_ours(request)) return *refused;
    const auto body = object_of(request);
    if (!body) return problem(body.error());
    const auto seen = access.look_at_link(text_of(*body, "token"));
    if (!seen) return problem(seen.error());
    return answer({{"email", seen->email}, {"name", seen->name}, {"locale", seen->locale}, {"first", seen->first}, {"password_length", access.options().password_length}});
}

Response sessions(const Access& access, const Caller& caller) {
    json all = {{"sessions", json::array()}, {"next", nullptr}};
    for (const auto& one : access.sessions(caller.holder))
        all["sessions"].push_back({{"id", one.id}, {"device", one.device}, {"address", one.address}, {"state", one.level == Level::full ? "open" : std::string(to_word(one.level))},
                                   {"created_at", moment(one.created_at)}, {"last_used_at", moment(one.used_at)}, {"ends_at", moment(one.ends_at)}, {"current", one.current}});
    return answer(all);
}

// What a key cannot have: an account of its own.
std::optional<Response> no_account(const Caller& caller) {
    if (caller.via == "session") return std::nullopt;
    return Response::problem(403, "session_only", "this is for who signed in; a key has no account");
}

}  // namespace

void session_routes(http::Router& router, Gate& gate, Access& access) {
    router.post("/api/v1/session", [&access](const Request& request) { return sign_in(access, request).with("Cache-Control", "no-store"); });
    router.post("/api/v1/password-links", [&access](const Request& request) {
        if (auto refused = not_ours(request)) return *refused;
        const auto body = object_of(request);
        if (!body) return problem(body.error());
        access.mail_link(text_of(*body, "email"), request.id);
        return answer({{"sent", true}}, 202).with("Cache-Control", "no-store");
    });
    router.post("/api/v1/password-links/look", [&access](const Request& request) { return look_at_link(access, request).with("Cache-Control", "no-store"); });
    router.post("/api/v1/passwords", [&access](const Request& request) { return passwords(access, request).with("Cache-Control", "no-store"); });

    gate.get("/api/v1/session", Permission::sign_in, [&access](const Caller&, const Request& request) { return show(access, request); });
    gate.del("/api/v1/session", Permission::sign_in, [&access](const Caller& caller, const Request& request) {
        if (auto refused = no_account(caller)) return *refused;
        access.sign_out(caller.holder, request.id);
        Response response;
        response.status = 204;
        response.content_type.clear();
        forget_session(response, request);
        return response;
    });
    gate.patch("/api/v1/session", Permission::own, [&access](const Caller& caller, const Request& request) {
        if (auto refused = no_account(caller)) return *refused;
        const auto body = object_of(request);
        if (!body) return problem(body.error());
        const auto done = access.set_locale(caller.holder, text_of(*body, "locale"));
        return done ? show(access, request) : problem(done.error());
    });
    gate.post("/api/v1/session/role", Permission::own, [&access](const Caller& caller, const Request& request) {
        if (auto refused = no_account(caller)) return *refused;
        return act_as(access, caller, request);
    });
    gate.get("/api/v1/sessions", Permission::own, [&access](const Caller& caller, const Request&) {
        if (auto refused = no_account(caller)) return *refused;
        return sessions(access, caller);
    });
    gate.del("/api/v1/sessions", Permission::own, [&access](const Caller& caller, const Request&) {
        if (auto refused = no_account(caller)) return *refused;
        return answer({{"ended", access.end_other_sessions(caller.holder)}});
    });
    gate.del("/api/v1/sessions/{session}", Permission::own, [&access](const Caller& caller, const Request& request) {
        if (auto refused = no_account(caller)) return *refused;
        const auto done = access.end_session(caller.holder, request.part("session"));
        return done ? answer({{"ended", 1}}) : problem(done.error());
    });
}

}  // namespace verbatim::api
