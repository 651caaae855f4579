#include <algorithm>
#include <nlohmann/json.hpp>

#include "edge/api/answers.h"
#include "edge/api/plan.h"

namespace verbatim::api {
namespace {

using http::Request;
using http::Response;
using nlohmann::json;

Response dry_run(plan::Run& run, const Caller& caller, const json& body) {
    const auto from_word = text_of(body, "from");
    const auto from = from_word.empty() ? std::optional<Seconds>(0) : parse_moment(from_word);
    if (!from) return Response::problem(422, "from", "from is a day or a moment: 2027-01-01", "from");
    plan::DryWish wish;
    wish.most_people = most_tried;
    if (const auto days = body.find("days"); days != body.end() && days->is_number_integer()) wish.days = static_cast<int>(std::clamp<std::int64_t>(days->get<std::int64_t>(), 0, 1000));
    const auto tried = run.dry_run(caller.actor, plan_text(run, body), *from, wish);
    if (!tried) return problem(tried.error());
    json out = {{"good", tried->good()}, {"known", tried->known}, {"people", tried->people}, {"letters", tried->letters}, {"samples", tried->samples}, {"largest", tried->largest}, {"missing", json::array()}};
    for (const auto& one : tried->missing) out["missing"].push_back({{"campaign", one.campaign}, {"template", one.words}, {"language", one.language}, {"why", one.why}, {"letters", one.letters}});
    return answer(out);
}

Response test(plan::Run& run, const Caller& caller, const json& body) {
    std::vector<std::string> to;
    if (const auto found = body.find("to"); found != body.end() && found->is_array()) {
        for (const auto& one : *found)
            if (one.is_string() && to.size() <= plan::Run::most_testers) to.push_back(one.get<std::string>());
    }
    const auto sent = run.test(caller.actor, plan_text(run, body), text_of(body, "campaign"), to, text_of(body, "language"));
    return sent ? answer({{"letters", *sent}}, 202) : problem(sent.error());
}

}  // namespace

void plan_trial_routes(Gate& gate, plan::Run& run) {
    gate.post("/api/v1/plan/dry-run", Permission::plan_read, [&run](const Caller& caller, const Request& request) -> Response {
        const auto body = object_of(request);
        return body ? dry_run(run, caller, *body) : problem(body.error());
    });
    gate.post("/api/v1/plan/test", Permission::plan_manage, [&run](const Caller& caller, const Request& request) -> Response {
        const auto body = object_of(request);
        return body ? test(run, caller, *body) : problem(body.error());
    });
}

}  // namespace verbatim::api
