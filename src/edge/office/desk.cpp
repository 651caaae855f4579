#include "edge/office/desk.h"

namespace verbatim::office {
namespace {

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

json Desk::frame(const render::Locale& locale) const {
    const auto root = "/" + locale.language();
    return {{"BRAND", options.brand}, {"OPERATOR", options.operator_name.empty() ? options.brand : options.operator_name}, {"HOME_URL", root + "/"},
            {"RULES_URL", root + "/rules"}, {"TRANSPARENCY_URL", root + "/transparency"}, {"PRIVACY_URL", root + "/privacy"}, {"NOINDEX", true}, {"LANGUAGES", json::array()}};
}

http::Response Desk::page(std::string_view name, const render::Locale& locale, const json& data, int status) const {
    auto response = http::Response::html(house.renderer.html(name, locale, data), status);
    response.with("Cache-Control", "no-store").with("Referrer-Policy", "no-referrer").with("X-Robots-Tag", "noindex").with("Content-Language", locale.tag());
    return response;
}

http::Response Desk::message(const render::Locale& locale, int status, std::string_view kind) const {
    auto data = frame(locale);
    data["KIND"] = kind;
    if (status >= 400) data["STATUS"] = status;
    return page("message", locale, data, status);
}

http::Response Desk::failure(const render::Locale& locale, const Error& error) const {
    const auto status = status_of(error.kind);
    if (error.code.rfind("link_", 0) == 0) return message(locale, status, error.code);
    return message(locale, status, status == 404 ? "not_found" : status == 410 ? "gone" : status == 403 ? "forbidden" : status == 409 ? "conflict" : "bad_request");
}

void put_problem(json& data, const std::string& field, const std::string& code) {
    if (!data.contains("ERROR")) data["ERROR"] = json::object();
    if (!data.contains("ERRORS")) data["ERRORS"] = json::array();
    if (field.empty()) return;
    data["ERROR"][field] = code;
    data["ERRORS"].push_back({{"FIELD", field}, {"CODE", code}});
}

void routes(http::Router& router, House house, Options options) {
    const Desk desk{house, std::move(options)};
    answer_routes(router, desk);
    case_routes(router, desk);
    moderation_routes(router, desk);
}

}  // namespace verbatim::office
