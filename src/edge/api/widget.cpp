// What the widget reads (assets/widget/README.md; norms PUB-5, NOT-1): the three newest, named a selection, beside the true
// average and count and a way to all.
#include <nlohmann/json.hpp>

#include "edge/api/doors.h"
#include "life/publish/jsonld.h"

namespace verbatim::api {
namespace {

using http::Request;
using http::Response;
using http::ShopWindow;
using nlohmann::json;

constexpr int shown = 3;
constexpr int score_months = 24;
constexpr int keep_seconds = 600;

std::string byline(const render::Locale& locale, const publish::Line& line) {
    const auto author = !line.author.empty() ? line.author : locale.text(line.proven ? "review.anonymous" : "review.unsigned");
    const auto experience = line.experience_on.empty() ? std::string()
                                                       : locale.text("review.experience." + line.service) + " " + locale.date(parse_moment(line.experience_on).value_or(0));
    const auto published = locale.date(line.published_at);
    const auto origin = line.origin == "gathered" ? locale.text("review.origin.gathered", {{"source", line.source}}) : locale.text("review.origin." + (line.origin == "spontaneous" && !line.proven ? std::string("unverified") : line.origin));
    auto text = locale.text("widget.byline", {{"author", author}, {"experience", experience}, {"published", published}, {"origin", origin}});
    if (line.updated_at != 0) text += "\n" + locale.text("review.updated") + " " + locale.date(line.updated_at);  // norm PUB-7
    if (!line.reward.empty()) text += "\n" + locale.text("review.incentive", {{"reward", line.reward}});            // norm INC-2
    return text;
}

ShopWindow::Built widget_json(const Doors& doors, const Request& request, std::string_view prefix, std::string_view code) {
    const auto& locale = doors.renderer.locale(http::Form::parse_query(request.query).get("lang"));
    const auto subject = std::string(prefix) + std::string(code);
    const auto site = prefix == "site:" ? doors.publish.site(code) : std::nullopt;
    const auto product = prefix == "product:" ? doors.publish.product(code) : std::nullopt;
    if (!site && !product) return {Response::problem(404, "unknown", "there is no such subject"), {}, false};
    const auto [rating, list] = doors.publish.subject_page(subject, {}, 1, shown);
    const auto url = doors.options.base_url + "/" + locale.tag() + (site ? "/sites/" : "/products/") + std::string(code);
    const auto stars_text = [&](const std::string& stars) { return locale.text("stars.label", {{"stars", stars}}); };
    json data = {{"subject", subject}, {"lang", locale.language()}, {"url", url}, {"rules_url", doors.options.base_url + "/" + locale.tag() + "/rules"},
                 {"count", rating.count}, {"reviews", json::array()}};
    const auto average = rating.average.empty() ? 0.0 : std::stod(rating.average);
    data["average"] = rating.average.empty() ? json(nullptr) : json(average);
    for (const auto& line : list.lines) {
        json one = {{"id", line.id}, {"body", line.body}, {"lang", line.lang}, {"byline", byline(locale, line)},
                    {"url", doors.options.base_url + "/" + locale.tag() + "/reviews/" + line.id}};
        one["rating"] = line.rating ? json(*line.rating) : json(nullptr);
        one["stars"] = line.rating ? stars_text(std::to_string(*line.rating)) : "";
        // The same facts for programs (norm NOT-1).
        one["experience_on"] = line.experience_on.empty() ? json(nullptr) : json(line.experience_on);
        one["published_at"] = format_moment(line.published_at);
        one["updated_at"] = line.updated_at == 0 ? json(nullptr) : json(format_moment(line.updated_at));
        one["origin"] = line.origin;
        one["verified"] = line.origin != "gathered" && line.proven;
        one["incentive"] = line.reward.empty() ? json(nullptr) : json(line.reward);
        data["reviews"].push_back(std::move(one));
    }
    const auto shown_average = rating.average.empty() ? std::string() : locale.number(average, 1);
    data["strings"] = {{"label", locale.text("widget.label", {{"subject", site ? site->name : product->name}})},
                       {"average", shown_average},
                       {"count", locale.text("score.count", {{"count", rating.count}, {"months", std::int64_t{score_months}}})},
                       {"stars", shown_average.empty() ? "" : stars_text(shown_average)},
                       {"selection", locale.text("widget.selection") + " " + locale.text("list.checked")},
                       {"all", locale.text("widget.all")},
                       {"rules", locale.text("frame.how")}};
    if (product && rating.count > 0) data["jsonld"] = json::parse(publish::product_jsonld(*product, rating, list, doors.options.brand, url));
    return {Response::json(data.dump()),
            {{"Cache-Control", "public, max-age=300"}, {"Access-Control-Allow-Origin", "*"}, {"Cross-Origin-Resource-Policy", "cross-origin"}, {"X-Content-Type-Options", "nosniff"}},
            list.settled};
}

}  // namespace

void widget_routes(http::Router& router, const Doors& doors) {
    for (const auto& [path, prefix] : {std::pair("/w/sites/{code}.json", "site:"), std::pair("/w/products/{code}.json", "product:")}) {
        router.get(path, [doors, prefix = std::string(prefix)](const Request& request) {
            return doors.window.show(request, {prefix + std::string(request.part("code"))}, keep_seconds,
                                     [&] { return widget_json(doors, request, prefix, request.part("code")); });
        });
    }
}

}  // namespace verbatim::api
