// How reviews are checked (norm NOT-2 a-h, made from the live settings).
#include "edge/site/frame.h"
#include "ground/base/calendar.h"

namespace verbatim::site {
namespace {

using http::Request;
using http::Response;
using http::ShopWindow;

constexpr int score_months = 24;
constexpr std::string_view policy_version = "rules-2026-11";
constexpr std::string_view policy_since = "2026-11-01";
constexpr std::string_view accessibility_prepared = "2026-11-27";

Response rules_page(const Desk& desk, const Request& request, const render::Locale& locale) {
    return desk.house.window.show(request, {"about"}, 600, [&]() -> ShopWindow::Built {
        auto data = desk.frame(locale, "/rules");
        data["POLICY_VERSION"] = policy_version;
        data["POLICY_SINCE"] = policy_since;
        data["INVITATION_DELAYS"] = json::array();
        const std::pair<const char*, int> delays[] = {{"order", desk.options.order_days}, {"delivery", desk.options.delivery_days},
                                                      {"used_car", desk.options.used_car_days}, {"workshop", desk.options.workshop_days}};
        for (const auto& [kind, days] : delays) data["INVITATION_DELAYS"].push_back({{"KIND", kind}, {"DAYS", days}});
        data["DECIDE_DAYS"] = desk.options.decide_days;
        const auto& keep = desk.options.retention;
        data["ONLINE_MONTHS"] = keep.review;
        // What else there is of a review and its author; each beside what purges it in app/server/retention.cpp.
        data["KEPT"] = json::array();
        const std::pair<const char*, int> kept[] = {{"refused", keep.refused}, {"identity", keep.identity}, {"unanswered", keep.unanswered}, {"message", keep.message},
                                                    {"consent", keep.consent}, {"notice", keep.notice}, {"call", keep.call}};
        for (const auto& [what, months] : kept) data["KEPT"].push_back({{"WHAT", what}, {"COUNT", months}});
        data["SCORE_MONTHS"] = score_months;
        data["REASONS"] = json::array();
        for (const auto reason : reviews::reasons()) data["REASONS"].push_back({{"CODE", reason}});
        data["LOG_URL"] = desk.options.base_url + "/log";
        data["LOG_KEY"] = desk.options.log_key;
        data["REWARDED"] = desk.house.publish.rewarded();
        if (!desk.options.overdue.empty()) data["OVERDUE"] = desk.options.overdue;
        if (!desk.options.second_opinion.empty()) data["SECOND_OPINION"] = desk.options.second_opinion;
        return {desk.page("rules", locale, data), desk.options.page_fields, request.query.empty()};
    });
}

// Norm ACC-5.
Response accessibility_page(const Desk& desk, const Request&, const render::Locale& locale) {
    auto data = desk.frame(locale, "/accessibility");
    data["CONTACT_EMAIL"] = desk.options.contact_email;
    data["PREPARED"] = accessibility_prepared;
    return desk.page("accessibility", locale, data);
}

}  // namespace

void about_routes(http::Router& router, const Desk& desk) {
    const auto with_locale = [&router, desk](const std::string& pattern, Response (*handler)(const Desk&, const Request&, const render::Locale&)) {
        router.get(pattern, [desk, handler](const Request& request) {
            const auto* locale = desk.locale_of(request);
            return locale ? handler(desk, request, *locale) : desk.message(desk.locale_for(request, {}), 404, "not_found");
        });
    };
    with_locale("/{locale}/rules", rules_page);
    with_locale("/{locale}/accessibility", accessibility_page);
}

}  // namespace verbatim::site
