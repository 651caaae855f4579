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
json interval(std::int64_t positive, std::int64_t negative) {
    if (positive + negative == 0) return nullptr;
    const auto found = stats::share_interval(positive, positive + negative);
    return {found.low, found.high};
}
json period(int from, int to) { return from == 0 ? json(nullptr) : json({{"from", figures::format_month(from)}, {"to", figures::format_month(to)}}); }

std::optional<analyse::ThemesAsked> asked_of(const http::Form& query) {
    analyse::ThemesAsked asked{std::string(query.get("branch")), std::string(query.get("about")), 0, 0, std::string(query.get("compare"))};
    if (!asked.about.empty() && asked.about != "site" && asked.about != "product") return std::nullopt;
    if (!asked.compare.empty() && asked.compare != "previous" && asked.compare != "year") return std::nullopt;
    const auto month = [&query](const char* name, int& into) {
        const auto given = query.get(name);
        const auto read = figures::parse_month(given);
        if (read) into = *read;
        return given.empty() || read.has_value();
    };
    if (!month("from", asked.from_month) || !month("to", asked.to_month)) return std::nullopt;
    return asked;
}

Response bad_question() { return Response::problem(400, "question", "about is site or product, compare is previous or year, from and to are months as 2026-11", "from"); }

Response tallies(const Themes& themes, const Actor& actor, const Request& request) {
    const auto query = http::Form::parse_query(request.query);
    const auto asked = asked_of(query);
    if (!asked) return bad_question();
    const auto found = themes.tallies(actor, *asked);
    if (!found) return problem(found.error());
    const auto run = themes.progress();
    json out = {{"reviews", found->reviews}, {"reviews_before", found->before_from == 0 ? json(nullptr) : json(found->reviews_before)}, {"period", period(found->from_month, found->to_month)},
                {"compared_with", period(found->before_from, found->before_to)}, {"version", themes.version()}, {"reading", {{"read", run.read}, {"of", run.of}, {"done", run.done}}}, {"themes", json::array()}};
    const auto language = query.get("language");
    for (const auto& line : found->lines) {
        const auto& one = line.now;
        json item = {{"theme", one.theme}, {"name", themes.name(one.theme, language)}, {"reviews", one.reviews}, {"positive", one.positive}, {"negative", one.negative},
                     {"share_positive", share(one.positive, one.negative)}, {"interval", interval(one.positive, one.negative)}, {"before", nullptr}, {"change", nullptr}};
        if (found->before_from != 0) {
            const auto& was = line.before;
            item["before"] = {{"reviews", was.reviews}, {"positive", was.positive}, {"negative", was.negative}, {"share_positive", share(was.positive, was.negative)}};
        }
        if (line.change) item["change"] = {{"by", line.change->by}, {"low", line.change->interval.low}, {"high", line.change->interval.high}, {"beyond_chance", line.believed}};
        out["themes"].push_back(std::move(item));
    }
    return answer(out);
}

Response of_review(const Themes& themes, const Actor& actor, const Request& request) {
    const auto found = themes.of_review(actor, request.part("review"));
    if (!found) return problem(found.error());
    const auto language = http::Form::parse_query(request.query).get("language");
    json out = {{"version", text_or_null(found->version)}, {"polarity", nullptr}, {"stars_of_words", nullptr}, {"contradiction", false}, {"themes", json::array()}};
    if (!found->reading) return answer(out);
    out["polarity"] = found->reading->polarity;
    if (found->reading->stars != 0) out["stars_of_words"] = found->reading->stars;
    out["contradiction"] = found->reading->contradiction;
    for (const auto& span : found->reading->themes) {
        out["themes"].push_back({{"theme", span.theme}, {"name", themes.name(span.theme, language)}, {"start", span.start}, {"end", span.end}, {"polarity", span.polarity}});
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
    gate.get("/api/v1/reviews/{review}/themes", Permission::reviews_read, [themes](const Caller& caller, const Request& request) { return of_review(*themes, caller.actor, request); });
    gate.get("/api/v1/themes/{theme}/months", Permission::figures_read, [themes](const Caller& caller, const Request& request) { return months(*themes, caller.actor, request); });
    gate.get("/api/v1/themes/{theme}/words", Permission::reviews_read, [themes](const Caller& caller, const Request& request) { return words(*themes, caller.actor, request); });
}

}  // namespace verbatim::api
