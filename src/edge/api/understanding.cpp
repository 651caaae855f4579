#include "edge/api/understanding.h"

#include <nlohmann/json.hpp>

#include "edge/api/answers.h"

namespace verbatim::api {
namespace {

using http::Request;
using http::Response;
using nlohmann::json;

json theme_json(const readings::TaughtTheme& one) {
    return {{"theme", one.id}, {"name", one.name}, {"at", moment(one.at)}, {"number", one.number}, {"found_again", one.found_again}, {"others", one.others},
            {"false_finds", one.false_finds}};
}

json body_json(const readings::Body& one) {
    return {{"review", one.review}, {"subject", one.subject}, {"lang", one.lang}, {"body", one.body}, {"rating", one.rating ? json(*one.rating) : json(nullptr)}, {"published_at", moment(one.at)}};
}

Response list(const analyse::TaughtThemes& taught) {
    json out = {{"themes", json::array()}};
    for (const auto& one : taught.list()) out["themes"].push_back(theme_json(one));
    return answer(out);
}

Response teach(const analyse::TaughtThemes& taught, const Actor& actor, const Request& request) {
    const auto body = object_of(request);
    if (!body) return problem(body.error());
    std::vector<std::string> examples;
    if (const auto found = body->find("examples"); found != body->end() && found->is_array()) {
        for (const auto& one : *found) {
            if (one.is_string()) examples.push_back(one.get<std::string>());
        }
    }
    const auto done = taught.teach(actor, text_of(*body, "name"), examples);
    if (!done) return problem(done.error());
    auto out = theme_json(done->theme);
    out["looked_at"] = done->looked_at;
    out["found"] = done->found;
    out["finds"] = json::array();
    for (const auto& one : done->finds) out["finds"].push_back({{"review", one.review}, {"lang", one.lang}, {"body", one.body}, {"start", one.start}, {"end", one.end}});
    return answer(out, 201);
}

Response done_or(const Result<void>& done) {
    if (!done) return problem(done.error());
    Response nothing;
    nothing.status = 204;
    nothing.content_type.clear();
    return nothing;
}

json counts(std::int64_t reviews, std::int64_t positive, std::int64_t negative) { return {{"reviews", reviews}, {"positive", positive}, {"negative", negative}}; }

Response followed(const UnderstandingHouse& house, const Actor& actor, const Request& request) {
    const auto found = house.follow->list(actor);
    if (!found) return problem(found.error());
    const auto language = http::Form::parse_query(request.query).get("language");
    json out = {{"followed", json::array()}};
    for (const auto& one : *found) {
        out["followed"].push_back({{"theme", one.theme}, {"name", house.theme_name(one.theme, language)}, {"branch", one.branch}, {"now", counts(one.reviews, one.positive, one.negative)},
                                   {"before", counts(one.reviews_before, one.positive_before, one.negative_before)}});
    }
    return answer(out);
}

Response rising(const analyse::Rising& of, const Actor& actor, const Request& request) {
    const auto found = of.of(actor, http::Form::parse_query(request.query).get("branch"));
    if (!found) return problem(found.error());
    json out = {{"reviews_before", found->reviews_before}, {"reviews", found->reviews_now}, {"groups", json::array()}};
    for (const auto& group : found->groups) {
        json one = {{"phrases", group.phrases}, {"before", group.before}, {"now", group.now}, {"times", group.times}, {"reviews", json::array()}};
        for (const auto& review : group.reviews) one["reviews"].push_back(body_json(review));
        out["groups"].push_back(std::move(one));
    }
    return answer(out);
}

Response by_meaning(const analyse::ByMeaning& meaning, const Actor& actor, const Request& request) {
    const auto query = http::Form::parse_query(request.query);
    const auto limit = limit_of(query, 20, 50);
    if (!limit) return bad_limit(50);
    const auto found = meaning.search(actor, query.get("branch"), query.get("q"), *limit);
    if (!found) return problem(found.error());
    json out = {{"looked_at", found->looked_at}, {"reviews", json::array()}};
    for (const auto& hit : found->hits) {
        auto one = body_json(hit.review);
        one["start"] = hit.start;
        one["end"] = hit.end;
        one["likeness"] = hit.likeness;
        out["reviews"].push_back(std::move(one));
    }
    return answer(out);
}

}  // namespace

void understanding_routes(Gate& gate, const UnderstandingHouse& house) {
    gate.get("/api/v1/taught-themes", Permission::figures_read, [house](const Caller&, const Request&) { return list(*house.taught); });
    gate.post("/api/v1/taught-themes", Permission::findings_manage, [house](const Caller& caller, const Request& request) { return teach(*house.taught, caller.actor, request); });
    gate.del("/api/v1/taught-themes/{taught}", Permission::findings_manage, [house](const Caller&, const Request& request) { return done_or(house.taught->remove(request.part("taught"))); });
    gate.get("/api/v1/followed-themes", Permission::figures_read, [house](const Caller& caller, const Request& request) { return followed(house, caller.actor, request); });
    gate.put("/api/v1/themes/{theme}/follow", Permission::figures_read, [house](const Caller& caller, const Request& request) {
        return done_or(house.follow->begin(caller.actor, request.part("theme"), http::Form::parse_query(request.query).get("branch")));
    });
    gate.del("/api/v1/themes/{theme}/follow", Permission::figures_read, [house](const Caller& caller, const Request& request) {
        return done_or(house.follow->end(caller.actor, request.part("theme"), http::Form::parse_query(request.query).get("branch")));
    });
    gate.get("/api/v1/rising", Permission::reviews_read, [house](const Caller& caller, const Request& request) { return rising(*house.rising, caller.actor, request); });
    gate.get("/api/v1/reviews-by-meaning", Permission::reviews_read, [house](const Caller& caller, const Request& request) { return by_meaning(*house.meaning, caller.actor, request); });
}

}  // namespace verbatim::api
