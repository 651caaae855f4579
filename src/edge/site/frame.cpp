#include "edge/site/frame.h"

#include <algorithm>

#include "ground/base/calendar.h"

namespace verbatim::site {
namespace {

// Their own names, as language menus write them.
std::string_view own_name(std::string_view language) {
    constexpr std::pair<std::string_view, std::string_view> names[] = {{"fr", "Français"}, {"en", "English"}, {"de", "Deutsch"}, {"es", "Español"},
                                                                       {"it", "Italiano"}, {"pt", "Português"}, {"nl", "Nederlands"}, {"pl", "Polski"}};
    for (const auto& [code, name] : names) {
        if (code == language) return name;
    }
    return language;
}

}  // namespace

const render::Locale* Desk::locale_of(const http::Request& request) const {
    const auto tag = request.part("locale");
    if (house.renderer.speaks(tag)) return &house.renderer.locale(tag);
    // A language of the network without a catalogue yet: its addresses work, the frame is English, the words their own.
    constexpr std::string_view others[] = {"es", "it", "pt", "nl", "pl", "ro", "cs", "sk", "da", "sv", "fi", "nb", "no", "hu", "el", "bg", "hr", "sl", "et", "lv", "lt", "tr", "ru"};
    const auto language = tag.substr(0, 2);
    const bool known = (tag.size() == 2 || (tag.size() == 5 && tag[2] == '-')) && std::find(std::begin(others), std::end(others), language) != std::end(others);
    return known ? &house.renderer.locale("en") : nullptr;
}

const render::Locale& Desk::locale_for(const http::Request& request, std::string_view preferred) const {
    if (!preferred.empty() && house.renderer.speaks(preferred)) return house.renderer.locale(preferred);
    return house.renderer.negotiate(request.field("Accept-Language"));
}

json Desk::frame(const render::Locale& locale, std::string_view path) const {
    const auto root = "/" + locale.tag();
    json data = {{"BRAND", options.brand}, {"OPERATOR", options.operator_name.empty() ? options.brand : options.operator_name},
                 {"HOME_URL", root + "/"}, {"RULES_URL", root + "/rules"}, {"TRANSPARENCY_URL", root + "/transparency"}, {"PRIVACY_URL", root + "/privacy"}, {"ACCESSIBILITY_URL", root + "/accessibility"}, {"CHECK_URL", root + "/check"}, {"LANGUAGES", json::array()}};
    if (const auto& mark = options.certificate; may_show(mark, house.clock.now())) {
        data["MARK"] = {{"ISSUER", mark.issuer}, {"NAME", mark.name}, {"NUMBER", mark.number}, {"MARK_URL", mark.url}, {"UNTIL", mark.until - one_day}};
    }
    if (!path.empty()) {
        data["CANONICAL"] = options.base_url + root + std::string(path);
        for (const auto& language : house.renderer.languages()) {
            data["LANGUAGES"].push_back({{"TAG", language}, {"NAME", own_name(language)}, {"URL", "/" + language + std::string(path)}, {"CURRENT", language == locale.language()}});
        }
    } else {
        data["NOINDEX"] = true;
    }
    return data;
}

http::Response Desk::page(std::string_view name, const render::Locale& locale, const json& data, int status) const {
    auto response = http::Response::html(house.renderer.html(name, locale, data), status);
    response.with("Content-Language", locale.tag());
    return response;
}

http::Response Desk::message(const render::Locale& locale, int status, std::string_view kind) const {
    auto data = frame(locale, {});
    data["KIND"] = kind;
    if (status >= 400) data["STATUS"] = status;
    return page("message", locale, data, status);
}

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

http::Response Desk::failure(const render::Locale& locale, const Error& error) const {
    const auto status = status_of(error.kind);
    if (error.code.rfind("link_", 0) == 0) return message(locale, status, error.code);
    switch (error.kind) {
        case ErrorKind::not_found: return message(locale, status, "not_found");
        case ErrorKind::gone: return message(locale, status, "gone");
        case ErrorKind::forbidden: return message(locale, status, "forbidden");
        case ErrorKind::too_many: return message(locale, status, "too_many");
        case ErrorKind::unavailable: return message(locale, status, "unavailable");
        case ErrorKind::invalid:
        case ErrorKind::conflict: break;
    }
    return message(locale, status, error.kind == ErrorKind::conflict ? "conflict" : "bad_request");
}

http::Response& keep_private(http::Response& response) {
    response.with("Cache-Control", "no-store").with("Referrer-Policy", "no-referrer").with("X-Robots-Tag", "noindex");
    return response;
}

bool from_elsewhere(const http::Request& request) { return request.field("Sec-Fetch-Site") == "cross-site"; }

}  // namespace verbatim::site
