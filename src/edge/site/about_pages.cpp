// How reviews are checked (norm NOT-2 a-h, made from the live settings) and the figures (norms MOD-2, NOT-7).
#include "edge/site/frame.h"
#include "ground/base/calendar.h"

namespace verbatim::site {
namespace {

using http::Request;
using http::Response;
using http::ShopWindow;

constexpr int keep_seconds = 60;
constexpr int score_months = 24;
constexpr std::string_view policy_version = "rules-2026-11";
constexpr std::string_view policy_since = "2026-11-01";

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
        data["ONLINE_MONTHS"] = 120;
        data["RETENTION_MONTHS"] = 120;
        data["SCORE_MONTHS"] = score_months;
        data["REASONS"] = json::array();
        for (const auto reason : reviews::reasons()) data["REASONS"].push_back({{"CODE", reason}});
        data["LOG_URL"] = desk.options.base_url + "/log";
        data["LOG_KEY"] = desk.options.log_key;
        data["CONTACT_EMAIL"] = desk.options.contact_email;
        return {desk.page("rules", locale, data), desk.options.page_fields, request.query.empty()};
    });
}

json tally_data(const publish::Tally& tally) {
    const auto decided = tally.published + tally.refused;
    json data = {{"SUBMITTED", tally.collected}, {"PUBLISHED", tally.published}, {"REFUSED", tally.refused}, {"PENDING", tally.waiting},
                 {"REFUSAL_RATE", decided == 0 ? 0.0 : static_cast<double>(tally.refused) / static_cast<double>(decided)}};
    data["MEDIAN_SECONDS"] = tally.median_seconds ? json(*tally.median_seconds) : json("");
    return data;
}

Response transparency_page(const Desk& desk, const Request& request, const render::Locale& locale) {
    return desk.house.window.show(request, {"figures"}, keep_seconds, [&]() -> ShopWindow::Built {
        const auto figures = desk.house.publish.transparency();
        auto data = desk.frame(locale, "/transparency");
        const auto now = desk.house.clock.now();
        data["FROM"] = format_date(months_before(now, score_months));
        data["TO"] = format_date(now);
        data["TREE_SIZE"] = figures.log_size;
        data["BY_STAR"] = json::array();
        publish::Tally total;
        for (const auto& tally : figures.by_star) {
            auto row = tally_data(tally);
            row["STARS"] = std::stoi(tally.key);
            data["BY_STAR"].push_back(std::move(row));
            total.collected += tally.collected;
            total.published += tally.published;
            total.refused += tally.refused;
            total.waiting += tally.waiting;
        }
        data["TOTAL"] = tally_data(total);
        data["BY_REASON"] = json::array();
        for (const auto& [reason, count] : figures.refused_by_reason) {
            data["BY_REASON"].push_back({{"REASON", reason}, {"REFUSED", count}, {"APPEALED", 0}, {"OVERTURNED", 0}});
        }
        data["BY_COUNTRY"] = json::array();
        for (const auto& tally : figures.by_country) {
            auto row = tally_data(tally);
            row["COUNTRY"] = tally.key;
            data["BY_COUNTRY"].push_back(std::move(row));
        }
        data["BY_SITE"] = json::array();
        for (const auto& tally : figures.by_site) {
            auto row = tally_data(tally);
            row["URL"] = "/" + locale.tag() + "/sites/" + tally.key;
            row["NAME"] = tally.name;
            row["ELIGIBLE"] = tally.eligible;
            row["INVITED"] = tally.invited;
            data["BY_SITE"].push_back(std::move(row));
        }
        data["LOG_URL"] = desk.options.base_url;
        return {desk.page("transparency", locale, data), desk.options.page_fields, request.query.empty()};
    });
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
    with_locale("/{locale}/transparency", transparency_page);
}

}  // namespace verbatim::site
