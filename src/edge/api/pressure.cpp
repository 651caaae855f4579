#include "edge/api/pressure.h"

#include <nlohmann/json.hpp>

#include "edge/api/answers.h"
#include "ground/base/calendar.h"

namespace verbatim::api {
namespace {

using http::Request;
using http::Response;
using nlohmann::json;

constexpr int page_size = 100;

Response show_register(const collect::Collect& collect, const Caller& caller, const Request& request) {
    const auto cases = collect.pressure_register(caller.actor, http::Form::parse_query(request.query).get("before"), page_size);
    if (!cases) return problem(cases.error());
    json out = {{"cases", json::array()}, {"next", static_cast<int>(cases->size()) == page_size ? cases->back().id : ""}};
    for (const auto& one : *cases) {
        json row = {{"id", one.id}, {"review", one.review}, {"site", one.site}, {"cause", one.cause}, {"asked_at", format_moment(one.asked_at)}, {"answer", one.answer}, {"words", one.words}};
        if (!one.contact.empty()) row["contact"] = {{"kind", one.contact}, {"at", format_moment(one.contact_at)}};
        if (one.answered_at != 0) row["answered_at"] = format_moment(one.answered_at);
        out["cases"].push_back(std::move(row));
    }
    return answer(out);
}

// Below five a number would point at people.
Response public_counts(const collect::Collect& collect) {
    json out = {{"shown_from", collect::pressure_shown_from}, {"sites", json::array()}};
    for (const auto& site : collect.pressure_by_site()) {
        if (site.yes >= collect::pressure_shown_from) out["sites"].push_back({{"site", site.site}, {"authors_pressed", site.yes}});
    }
    auto response = Response::json(out.dump());
    response.with("Access-Control-Allow-Origin", "*");
    return response;
}

}  // namespace

void pressure_routes(http::Router& router, Gate& gate, const collect::Collect& collect) {
    gate.get("/api/v1/pressure", Permission::pressure_read, [&collect](const Caller& caller, const Request& request) { return show_register(collect, caller, request); });
    router.get("/api/v1/pressure/sites", [&collect](const Request&) { return public_counts(collect); });
}

}  // namespace verbatim::api
