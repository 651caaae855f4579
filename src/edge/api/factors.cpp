#include "edge/api/factors.h"

#include <nlohmann/json.hpp>

#include "edge/api/answers.h"
#include "edge/api/cookies.h"
#include "engine/http/cookie.h"
#include "engine/qr/qr.h"
#include "ground/base/log.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/percent.h"

namespace verbatim::api {
namespace {

using access::Level;
using access::Permission;
using http::Request;
using http::Response;
using nlohmann::json;

// A browser that has no session yet: what its passkey challenge and its journey to the directory are bound to.
constexpr std::string_view browser_cookie = "verbatim-browser", journey_cookie = "verbatim-journey";
constexpr std::int64_t browser_seconds = 10 * 60, journey_seconds = 10 * 60;

bool secure(const Request& request) { return request.scheme == "https"; }
std::string_view cookie_of(const Request& request, std::string_view name) { return http::cookie(request, http::cookie_name(name, secure(request))); }

Response no_content() {
    Response response;
    response.status = 204;
    response.content_type.clear();
    return response;
}
Response done_or(const Result<void>& done) { return done ? no_content() : problem(done.error()); }
Response no_store(Response response) {
    response.with("Cache-Control", "no-store");
    return response;
}
Response cross_origin() { return Response::problem(403, "cross_origin", "this request comes from another site"); }

Response way_in(const FactorDoors& doors, const Request& request) {
    const auto holder = holder_of(doors.access, request);
    const bool session = holder && holder->via == "session";
    const std::string state = !session ? "nobody" : holder->level == Level::full ? "open" : std::string(to_word(holder->level));
    json methods = json::array();
    if (session && holder->level == Level::factor) methods = doors.factors->held(*holder).methods();
    return answer({{"state", state}, {"methods", std::move(methods)}, {"csrf", session ? csrf_of(session_of(request)) : ""}, {"passkeys", doors.factors->passkeys()},
                   {"directory", doors.directory ? json{{"name", doors.directory_name}} : json()}});
}

// A session that is on its way, for the steps that finish it. A passkey may do without.
std::optional<access::Holder> waiting(const FactorDoors& doors, const Request& request) {
    auto holder = holder_of(doors.access, request);
    if (!holder || holder->via != "session" || holder->level != Level::factor) return std::nullopt;
    return holder;
}

Response passkey_request(const FactorDoors& doors, const Request& request) {
    if (!same_origin(request)) return cross_origin();
    const auto holder = waiting(doors, request);
    std::string browser(cookie_of(request, browser_cookie));
    const bool fresh = !holder && browser.size() != 22;
    if (fresh) browser = crypto::random_token();
    const auto options = doors.factors->passkey_request(holder, browser);
    if (!options) return problem(options.error());
    auto response = answer(json::parse(*options));
    if (fresh) response.fields.push_back(http::set_cookie(browser_cookie, browser, browser_seconds, secure(request)));
    return response;
}

Response by_passkey(const FactorDoors& doors, const Request& request) {
    if (!same_origin(request)) return cross_origin();
    const auto body = object_of(request);
    if (!body) return problem(body.error());
    const auto credential = body->find("credential");
    if (credential == body->end() || !credential->is_object()) return problem(invalid("passkey_malformed", "`credential` is what navigator.credentials.get() gave", "credential"));
    const auto holder = waiting(doors, request);
    if (holder && !csrf_fits(request)) return csrf_missing();
    return signed_in(request, doors.factors->by_passkey(holder, cookie_of(request, browser_cookie), credential->dump(), device_of(request), request.id));
}

json factors_of(const FactorDoors& doors, const access::Holder& holder) {
    const auto held = doors.factors->held(holder);
    json passkeys = json::array();
    for (const auto& one : held.passkeys)
        passkeys.push_back({{"id", one.id}, {"name", one.name}, {"created_at", moment(one.created_at)}, {"last_used_at", moment(one.last_used_at)}, {"backed_up", one.backed_up}, {"suspended", one.suspended}});
    return {{"totp", held.totp ? json{{"since", moment(held.totp_since)}} : json()}, {"recovery_codes", held.recovery_codes}, {"passkeys", std::move(passkeys)},
            {"passkeys_possible", doors.factors->passkeys()}, {"required", doors.factors->required()},
            {"directory", doors.directory ? json{{"name", doors.directory_name}, {"linked", doors.factors->linked(holder)}} : json()}};
}

// Who added his first factor to get in has a new session with it.
Response added(const Request& request, const access::SecondFactors::Added& made, json body, int status) {
    if (made.error) return problem(*made.error);
    body["recovery_codes"] = made.recovery_codes;
    auto response = answer(body, status);
    if (made.entered) {
        for (const auto& field : signed_in(request, *made.entered).fields)
            if (field.name == "Set-Cookie") response.fields.push_back(field);
        body["csrf"] = csrf_of(made.entered->token);
        response.body = body.dump();
    }
    return response;
}

Response begin_totp(const FactorDoors& doors, const Caller& caller) {
    const auto secret = doors.factors->begin_totp(caller.holder);
    if (!secret) return problem(secret.error());
    return answer({{"secret", secret->base32}, {"uri", secret->uri}, {"qr", qr::svg(secret->uri)}});
}

Response add_passkey(const FactorDoors& doors, const Caller& caller, const Request& request) {
    const auto body = object_of(request);
    if (!body) return problem(body.error());
    const auto credential = body->find("credential");
    if (credential == body->end() || !credential->is_object()) return problem(invalid("passkey_malformed", "`credential` is what navigator.credentials.create() gave", "credential"));
    const auto made = doors.factors->add_passkey(caller.holder, text_of(*body, "name"), credential->dump(), device_of(request), request.id);
    return added(request, made, {{"id", made.passkey}}, 201);
}

Response depart(const FactorDoors& doors, const Request& request) {
    const auto query = http::Form::parse_query(request.query);
    const auto departure = doors.directory->depart(query.get("return"), query.get("login_hint").substr(0, 254));
    if (!departure) {
        log::warning("the directory cannot be reached", {{"why", departure.error().message}});
        return no_store(Response::redirect("/office/sign-in?problem=directory_unavailable"));
    }
    auto response = no_store(Response::redirect(departure->location));
    // Lax: the way back begins at the directory, and a strict cookie would stay behind.
    response.fields.push_back(http::set_cookie(journey_cookie, departure->memory, journey_seconds, secure(request), http::SameSite::lax));
    return response;
}

Response arrive(const FactorDoors& doors, const Request& request) {
    const auto back = [&](std::string_view code) {
        auto response = no_store(Response::redirect("/office/sign-in?problem=" + percent_encoded(code)));
        response.fields.push_back(http::set_cookie(journey_cookie, "", 0, secure(request), http::SameSite::lax));
        return response;
    };
    const auto person = doors.directory->arrive(cookie_of(request, journey_cookie), request.query);
    if (!person) {
        log::warning("the directory's answer lets nobody in", {{"code", person.error().code}, {"why", person.error().message}, {"request", request.id}});
        const auto& code = person.error().code;
        return back(code.starts_with("directory_") ? code : "directory_answer");
    }
    const auto done = doors.factors->by_directory(*person, doors.directory_creates, device_of(request), request.id);
    if (done.error) return back(done.error->code == "directory_stranger" ? "directory_stranger" : "directory_refused");
    auto response = no_store(Response::redirect(person->return_to));
    for (const auto& field : signed_in(request, done).fields)
        if (field.name == "Set-Cookie") response.fields.push_back(field);
    response.fields.push_back(http::set_cookie(journey_cookie, "", 0, secure(request), http::SameSite::lax));
    return response;
}

void own_factors(Gate& gate, const FactorDoors& doors) {
    // Permission::sign_in: who must add a first factor to get in may call these. SecondFactors refuses who has one and has not given it.
    gate.post("/api/v1/factors/totp", Permission::sign_in, [doors](const Caller& caller, const Request&) { return begin_totp(doors, caller); });
    gate.post("/api/v1/factors/totp/confirmation", Permission::sign_in, [doors](const Caller& caller, const Request& request) {
        const auto body = object_of(request);
        if (!body) return problem(body.error());
        return added(request, doors.factors->confirm_totp(caller.holder, text_of(*body, "code"), device_of(request), request.id), json::object(), 200);
    });
    gate.post("/api/v1/factors/passkeys/options", Permission::sign_in, [doors](const Caller& caller, const Request&) {
        const auto options = doors.factors->passkey_creation(caller.holder);
        return options ? answer(json::parse(*options)) : problem(options.error());
    });
    gate.post("/api/v1/factors/passkeys", Permission::sign_in, [doors](const Caller& caller, const Request& request) { return add_passkey(doors, caller, request); });

    const auto session_only = [](Act act) -> Act {
        return [act = std::move(act)](const Caller& caller, const Request& request) {
            if (caller.via != "session") return Response::problem(403, "session_only", "this is for who signed in; a key has no account");
            return act(caller, request);
        };
    };
    gate.get("/api/v1/factors", Permission::own, session_only([doors](const Caller& caller, const Request&) { return answer(factors_of(doors, caller.holder)); }));
    gate.del("/api/v1/factors/totp", Permission::own, session_only([doors](const Caller& caller, const Request&) { return done_or(doors.factors->drop_totp(caller.holder)); }));
    gate.post("/api/v1/factors/recovery-codes", Permission::own, session_only([doors](const Caller& caller, const Request&) {
        const auto codes = doors.factors->new_recovery_codes(caller.holder);
        return codes ? answer({{"recovery_codes", *codes}}) : problem(codes.error());
    }));
    gate.patch("/api/v1/factors/passkeys/{passkey}", Permission::own, session_only([doors](const Caller& caller, const Request& request) {
        const auto body = object_of(request);
        if (!body) return problem(body.error());
        return done_or(doors.factors->rename_passkey(caller.holder, request.part("passkey"), text_of(*body, "name")));
    }));
    gate.del("/api/v1/factors/passkeys/{passkey}", Permission::own,
             session_only([doors](const Caller& caller, const Request& request) { return done_or(doors.factors->drop_passkey(caller.holder, request.part("passkey"))); }));
}

}  // namespace

void factor_routes(http::Router& router, Gate& gate, const FactorDoors& doors) {
    router.get("/api/v1/sign-in", [doors](const Request& request) { return no_store(way_in(doors, request)); });
    router.post("/api/v1/session/webauthn/options", [doors](const Request& request) { return no_store(passkey_request(doors, request)); });
    router.post("/api/v1/session/webauthn", [doors](const Request& request) { return no_store(by_passkey(doors, request)); });
    gate.post("/api/v1/session/totp", Permission::sign_in, [doors](const Caller& caller, const Request& request) {
        const auto body = object_of(request);
        if (!body) return problem(body.error());
        return signed_in(request, doors.factors->by_totp(caller.holder, text_of(*body, "code"), device_of(request), request.id));
    });
    gate.post("/api/v1/session/recovery", Permission::sign_in, [doors](const Caller& caller, const Request& request) {
        const auto body = object_of(request);
        if (!body) return problem(body.error());
        return signed_in(request, doors.factors->by_recovery_code(caller.holder, text_of(*body, "code"), device_of(request), request.id));
    });
    // Like DELETE /api/v1/session, and says where the directory signs out too.
    gate.post("/api/v1/session/end", Permission::sign_in, [doors](const Caller& caller, const Request& request) {
        if (caller.via != "session") return Response::problem(403, "session_only", "this is for who signed in; a key has no account");
        const auto token = doors.factors->sign_out(caller.holder, request.id);
        auto response = answer({{"location", text_or_null(token.empty() || !doors.directory ? std::string() : doors.directory->logout(token))}});
        forget_session(response, request);
        return response;
    });
    own_factors(gate, doors);
    if (!doors.directory) return;
    router.get("/office/oidc/start", [doors](const Request& request) { return depart(doors, request); });
    router.get("/office/oidc/callback", [doors](const Request& request) { return arrive(doors, request); });
}

}  // namespace verbatim::api
