#include "edge/api/spoken.h"

#include <nlohmann/json.hpp>

#include "ground/base/calendar.h"
#include "ground/stats/intervals.h"

namespace verbatim::api {
namespace {

using http::Request;
using http::Response;
using http::ShopWindow;
using nlohmann::json;

constexpr int keep_seconds = 600;

json spoken_json(const SpokenHouse& house, const publish::SpokenOf& found, std::string_view language) {
    json out = {{"made_by", "machine"}, {"months", publish::spoken_months}, {"reviews", found.reviews}, {"themes", json::array()}, {"summary", json::array()}};
    for (const auto& one : found.themes) {
        const auto said = one.positive + one.negative;
        json item = {{"theme", one.theme}, {"name", house.theme_name(one.theme, language)}, {"reviews", one.reviews}, {"positive", one.positive}, {"negative", one.negative},
                     {"share_positive", nullptr}, {"interval", nullptr}};
        if (said > 0) {
            const auto interval = stats::share_interval(one.positive, said);
            item["share_positive"] = static_cast<double>(one.positive) / static_cast<double>(said);
            item["interval"] = {interval.low, interval.high};
        }
        out["themes"].push_back(std::move(item));
    }
    for (const auto& one : found.summary) {
        out["summary"].push_back({{"review", one.review}, {"text", one.text}, {"lang", one.lang.empty() ? json(nullptr) : json(one.lang)}, {"theme", one.theme}, {"rating", one.rating},
                                  {"published_at", format_moment(one.published_at)}});
    }
    return out;
}

}  // namespace

void spoken_routes(http::Router& router, const SpokenHouse& house) {
    static const std::vector<http::Field> fields = {{"Cache-Control", "public, max-age=5, stale-while-revalidate=60"}, {"Access-Control-Allow-Origin", "*"},
                                                    {"Cross-Origin-Resource-Policy", "cross-origin"}, {"X-Content-Type-Options", "nosniff"}};
    for (const auto& [word, prefix] : {std::pair("sites", "site:"), std::pair("products", "product:")}) {
        const std::string kind = prefix;
        router.get(std::string("/api/v1/") + word + "/{code}/themes", [house, kind](const Request& request) {
            const auto code = request.part("code");
            const auto subject = kind + std::string(code);
            return house.window.show(request, {subject}, keep_seconds, [&]() -> ShopWindow::Built {
                const bool known = kind == "site:" ? house.publish.site(code).has_value() : house.publish.product(code).has_value();
                if (!known) return {Response::problem(404, "unknown", "there is no such subject"), {}, false};
                const auto query = http::Form::parse_query(request.query);
                return {Response::json(spoken_json(house, house.spoken->of(subject), query.get("language")).dump()), fields, request.query.empty()};
            });
        });
    }
}

}  // namespace verbatim::api
