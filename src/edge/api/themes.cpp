#include "edge/api/themes.h"

#include <nlohmann/json.hpp>

#include "edge/api/answers.h"
#include "record/figures/measures.h"

namespace verbatim::api {
namespace {

using analyse::Themes;
using http::Request;
using http::Response;
using nlohmann::json;

json share(std::int64_t positive, std::int64_t negative) {
    const auto said = positive + negative;
    return said == 0 ? json(nullptr) : json(static_cast<double>(positive) / static_cast<double>(said));
}

std::optional<analyse::ThemesAsked> asked_of(const http::Form& query) {
    analyse::ThemesAsked asked{std::string(query.get("branch")), std::string(query.get("about")), 0};
    if (!asked.about.empty() && asked.about != "site" && asked.about != "product") return std::nullopt;
    if (const auto from = query.get("from"); !from.empty()) {
        const auto month = figures::parse_month(from);
        if (!month) return std::nullopt;
        asked.from_month = *month;
    }
    return asked;
}

Response bad_question() { return Response::problem(400, "question", "about is site or product, from a month as 2026-11", "from"); }

Response tallies(const Themes& themes, const Actor& actor, const Request& request) {
    const auto query = http::Form::parse_query(request.query);
    const auto asked = asked_of(query);
    if (!asked) return bad_question();
    const auto found = themes.tallies(actor, *asked);
    if (!found) return problem(found.error());
    const auto run = themes.progress();
    json out = {{"reviews", found->reviews}, {"version", themes.version()}, {"reading", {{"read", run.read}, {"of", run.of}, {"done", run.done}}}, {"themes", json::array()}};
    const auto language = query.get("language");
    for (const auto& one : found->themes) {
        out["themes"].push_back({{"theme", one.theme}, {"name", themes.name(one.theme, language)}, {"reviews", one.reviews}, {"positive", one.positive}, {"negative", one.negative},
                                 {"share_positive", share(one.positive, one.negative)}});
    }
    return answer(out);
}

Response months(const Themes& themes, const Actor& actor, const Request& request) {
    const auto query = http::Form::parse_query(request.query);
    const auto asked = asked_of(query);
    if (!asked) return bad_question();
    const auto theme = request.part("theme");
    const auto found = themes.months(actor, *asked, theme);
    if (!found) return problem(found.error());
    json out = {{"theme", theme}, {"name", themes.name(theme, query.get("language"))}, {"months", json::array()}};
    for (const auto& one : *found) {
        out["months"].push_back({{"month", figures::format_month(one.month)}, {"reviews", one.reviews}, {"mentions", one.mentions}, {"positive", one.positive}, {"negative", one.negative}});
    }
    return answer(out);
}

Response words(const Themes& themes, const Actor& actor, const Request& request) {
    const auto query = http::Form::parse_query(request.query);
    const auto limit = limit_of(query, 20, 100);
    if (!limit) return bad_limit(100);
    const auto side = query.get("side");
    if (!side.empty() && side != "positive" && side != "negative") return Response::problem(400, "side", "side is positive or negative", "side");
    const auto found = themes.words(actor, query.get("branch"), request.part("theme"), side, query.get("after"), *limit);
    if (!found) return problem(found.error());
    json out = {{"words", json::array()}, {"next", found->size() < static_cast<std::size_t>(*limit) ? json(nullptr) : json(found->back().review)}};
    for (const auto& one : *found) {
        out["words"].push_back({{"review", one.review}, {"subject", one.subject}, {"site", text_or_null(one.site)}, {"product", text_or_null(one.product)}, {"country", text_or_null(one.country)},
                                {"lang", one.lang}, {"body", one.body}, {"rating", one.rating ? json(*one.rating) : json(nullptr)}, {"published_at", moment(one.published_at)}, {"start", one.start},
                                {"end", one.end}, {"polarity", one.polarity}});
    }
    return answer(out);
}

}  // namespace

void theme_routes(Gate& gate, const std::shared_ptr<const Themes>& themes) {
    gate.get("/api/v1/themes", Permission::figures_read, [themes](const Caller& caller, const Request& request) { return tallies(*themes, caller.actor, request); });
    gate.get("/api/v1/themes/{theme}/months", Permission::figures_read, [themes](const Caller& caller, const Request& request) { return months(*themes, caller.actor, request); });
    gate.get("/api/v1/themes/{theme}/words", Permission::reviews_read, [themes](const Caller& caller, const Request& request) { return words(*themes, caller.actor, request); });
}

}  // namespace verbatim::api
