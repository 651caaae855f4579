#include <nlohmann/json.hpp>

#include "edge/api/answers.h"
#include "edge/api/plan.h"
#include "life/plan/calls.h"

namespace verbatim::api {
namespace {

using http::Request;
using http::Response;
using nlohmann::json;

constexpr int most_calls = 200;

json call_json(const plan::Call& one) {
    return {{"id", one.task.id}, {"campaign", one.campaign}, {"customer", text_or_null(one.task.customer_number)}, {"name", text_or_null(one.task.name)}, {"phone", one.task.phone}, {"language", one.language},
            {"subject", one.subject}, {"script", one.script}, {"vehicle", {{"model", text_or_null(one.model)}, {"vin", text_or_null(one.vin)}, {"dealer", text_or_null(one.dealer)}}},
            {"best_hours", {{"timezone", one.timezone}, {"from", one.from}, {"to", one.to}, {"not_on", one.not_on}}}, {"due_at", moment(one.task.due_at)}, {"tries", one.task.tries}, {"last_outcome", text_or_null(one.task.last_outcome)}};
}

Response calls(const plan::Run& run, const Caller& caller, const Request& request) {
    const auto query = http::Form::parse_query(request.query);
    const auto limit = limit_of(query, 50, most_calls);
    if (!limit) return bad_limit(most_calls);
    const auto list = run.calls().due(caller.branch, query.get("after"), *limit);
    if (!list) return problem(list.error());
    json out = {{"calls", json::array()}, {"next", text_or_null(list->next)}};
    for (const auto& one : list->calls) out["calls"].push_back(call_json(one));
    return answer(out);
}

Response tell(const plan::Run& run, const Caller& caller, const Request& request) {
    const auto body = object_of(request);
    if (!body) return problem(body.error());
    const auto at_word = text_of(*body, "call_back_at");
    const auto at = at_word.empty() ? std::optional<Seconds>(0) : parse_moment(at_word);
    if (!at) return Response::problem(422, "call_back_at", "call_back_at is a day or a moment: 2026-12-01T15:00:00Z", "call_back_at");
    const auto told = run.calls().tell(caller.actor, caller.branch, request.part("plan_call"), text_of(*body, "outcome"), *at);
    if (!told) return problem(told.error());
    Response response;
    response.status = 204;
    return response;
}

}  // namespace

void plan_call_routes(Gate& gate, plan::Run& run) {
    gate.get("/api/v1/plan/calls", Permission::plan_calls, [&run](const Caller& caller, const Request& request) { return calls(run, caller, request); });
    gate.post("/api/v1/plan/calls/{plan_call}/outcome", Permission::plan_calls, [&run](const Caller& caller, const Request& request) { return tell(run, caller, request); });
}

}  // namespace verbatim::api
