#include "engine/http/cookie.h"

namespace verbatim::http {

std::string_view cookie(const Request& request, std::string_view name) {
    auto rest = request.field("Cookie");
    while (!rest.empty()) {
        const auto end = std::min(rest.find(';'), rest.size());
        auto pair = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        while (!pair.empty() && (pair.front() == ' ' || pair.front() == '\t')) pair.remove_prefix(1);
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
    }
    return {};
}

std::string cookie_name(std::string_view name, bool secure) { return (secure ? "__Host-" : "") + std::string(name); }

Field set_cookie(std::string_view name, std::string_view value, std::int64_t max_age, bool secure, SameSite same_site) {
    std::string text = cookie_name(name, secure) + "=" + std::string(value) + "; Path=/; Max-Age=" + std::to_string(max_age) + "; HttpOnly; SameSite=";
    text += same_site == SameSite::strict ? "Strict" : "Lax";
    if (secure) text += "; Secure";
    return {"Set-Cookie", std::move(text)};
}

}  // namespace verbatim::http
