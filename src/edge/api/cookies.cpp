#include "edge/api/cookies.h"

#include "edge/api/answers.h"
#include "engine/http/cookie.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/text_codes.h"

namespace verbatim::api {
namespace {

using http::Request;
using http::Response;
using nlohmann::json;

constexpr std::string_view session_cookie = "verbatim", device_cookie = "verbatim-device";
constexpr std::string_view bearer = "Bearer ";
constexpr std::int64_t device_seconds = 365 * std::int64_t{86400};

bool secure(const Request& request) { return request.scheme == "https"; }
std::string_view cookie_of(const Request& request, std::string_view name) { return http::cookie(request, http::cookie_name(name, secure(request))); }

}  // namespace

std::string_view session_of(const Request& request) { return cookie_of(request, session_cookie); }

std::optional<access::Holder> holder_of(const access::Access& access, const Request& request) {
    const auto given = request.field("Authorization");
    if (given.substr(0, bearer.size()) == bearer) return access.by_key(given.substr(bearer.size()));
    const auto token = session_of(request);
    return token.empty() ? std::nullopt : access.by_session(token);
}

Response who_are_you() {
    auto response = Response::problem(401, "sign_in", "sign in, or send Authorization: Bearer KEY (`verbatim key add` makes one)");
    response.with("WWW-Authenticate", "Bearer");
    return response;
}

std::string csrf_of(std::string_view token) { return to_base64url(crypto::hmac_sha256(token, "csrf").substr(0, 16)); }
bool csrf_fits(const Request& request) { return crypto::equal(request.field("X-CSRF-Token"), csrf_of(session_of(request))) && same_origin(request); }
Response csrf_missing() { return Response::problem(403, "csrf", "a write by session needs the header X-CSRF-Token; GET /api/v1/session tells it"); }

bool same_origin(const Request& request) {
    const auto site = request.field("Sec-Fetch-Site");
    return site.empty() || site == "same-origin" || site == "none";
}

access::Device device_of(const Request& request) { return {std::string(request.field("User-Agent")), request.remote, std::string(cookie_of(request, device_cookie))}; }

Response signed_in(const Request& request, const access::SignIn& done) {
    if (done.error) {
        auto response = problem(*done.error);
        if (done.wait_seconds > 0) response.with("Retry-After", std::to_string(done.wait_seconds));
        return response;
    }
    auto response = answer({{"state", done.level == access::Level::full ? "open" : std::string(to_word(done.level))}, {"methods", done.methods}, {"csrf", csrf_of(done.token)}});
    response.fields.push_back(http::set_cookie(session_cookie, done.token, std::max<std::int64_t>(1, done.lives_seconds), secure(request)));
    if (!done.device.empty()) response.fields.push_back(http::set_cookie(device_cookie, done.device, device_seconds, secure(request)));
    return response;
}

void forget_session(Response& response, const Request& request) { response.fields.push_back(http::set_cookie(session_cookie, "", 0, secure(request))); }

}  // namespace verbatim::api
