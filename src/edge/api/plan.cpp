#include "edge/api/plan.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <sstream>

#include "edge/api/answers.h"
#include "edge/api/plan_json.h"
#include "life/plan/default_plan.h"
#include "life/plan/preview.h"
#include "life/plan/report.h"
#include "life/plan/simulate.h"

namespace verbatim::api {
namespace {

using http::Request;
using http::Response;
using nlohmann::json;

constexpr int most_vehicles = 20000;  // lives of one request: about a second

std::int64_t number_of(std::string_view text) {
    std::int64_t number = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : -1;
}

int member(const json& object, const char* name, int usual, int most) {
    const auto found = object.find(name);
    return found != object.end() && found->is_number_integer() ? static_cast<int>(std::clamp<std::int64_t>(found->get<std::int64_t>(), 1, most)) : usual;
}

json version_json(const plan::Version& one, bool body) {
    json out = {{"number", one.number}, {"version", one.version}, {"from", moment(one.from)}, {"published_at", moment(one.published_at)}, {"published_by", one.by}};
    if (body) out["plan"] = one.body;
    return out;
}

json change_json(const plan::Change& one) { return {{"part", one.part}, {"key", text_or_null(one.key)}, {"before", text_or_null(one.before)}, {"after", text_or_null(one.after)}}; }

json checked_json(const plan::Reading& reading) {
    json out = {{"version", reading.plan.version}, {"campaigns", json::array()}, {"faults", json::array()}};
    for (const auto& one : reading.plan.campaigns) out["campaigns"].push_back(campaign_json(reading.plan, one));
    for (const auto& one : reading.faults) out["faults"].push_back({{"line", one.line}, {"message", one.message}});
    return out;
}

std::optional<Seconds> moment_of(std::string_view text, Seconds usual) { return text.empty() ? std::optional(usual) : parse_moment(text); }

// A file with mistakes is named with all of them, as check does.
template <class F>
Response with_rules(const plan::Run& run, const json& body, F then) {
    auto reading = plan::read_plan(plan_text(run, body));
    if (!reading.good()) return Response::problem(422, "plan_faults", "line " + std::to_string(reading.faults.front().line) + ": " + reading.faults.front().message, "plan");
    const plan::Rules rules(std::move(reading.plan));
    const auto first = parse_date(text_of(body, "from").empty() ? rules.plan().version : text_of(body, "from"));
    if (first && (first->year < 2000 || first->year > 2080)) return Response::problem(422, "from", "the first day lies between 2000 and 2080", "from");
    return then(rules, midnight(first.value_or(Date{2027, 1, 1})) / one_day);
}

Response preview(const plan::Run& run, const json& body) {
    return with_rules(run, body, [&](const plan::Rules& rules, std::int64_t first) {
        plan::PreviewWish wish{text_of(body, "person"), {}, member(body, "years", 10, 20)};
        if (const auto events = body.find("events"); events != body.end() && events->is_array()) {
            for (const auto& one : *events)
                if (one.is_string() && wish.events.size() < 100) wish.events.push_back(one.get<std::string>());
        }
        const auto entries = plan::timeline(rules, wish, first);
        if (!entries) return problem(entries.error());
        std::ostringstream text;
        (void)plan::preview(rules, wish, first, text);
        return answer({{"text", text.str()}, {"entries", entries_json(rules.plan(), *entries)}});
    });
}

Response simulate(const plan::Run& run, const json& body) {
    return with_rules(run, body, [&](const plan::Rules& rules, std::int64_t first) {
        plan::SimulationWish wish;
        wish.lives.seed = static_cast<std::uint64_t>(member(body, "seed", 1, 1'000'000));
        wish.lives.first_day = first;
        wish.lives.years = member(body, "years", 10, 20);
        wish.vehicles = member(body, "vehicles", 2000, most_vehicles);
        wish.lives.cohort = body.value("cohort", json(false)) == json(true);
        wish.threads = 1;
        const auto tally = plan::simulate(rules, wish);
        std::ostringstream text;
        plan::print_tally(text, rules, wish, tally);
        auto out = tally_json(rules.plan(), wish, tally);
        out["text"] = text.str();
        return answer(out);
    });
}

Response figures(const plan::Run& run, const Actor& actor, const Request& request) {
    const auto query = http::Form::parse_query(request.query);
    const auto from = moment_of(query.get("from"), 0), until = moment_of(query.get("until"), 0);
    if (!from || !until || *from == 0 || *until == 0) return Response::problem(422, "span", "from and until are days: 2026-11-01", "from");
    const auto all = run.figures(actor, *from, *until);
    if (!all) return problem(all.error());
    json out = {{"figures", json::array()}};
    for (const auto& one : *all) {
        out["figures"].push_back({{"campaign", one.campaign}, {"month", one.month}, {"country", text_or_null(one.country)}, {"channel", one.channel}, {"variant", text_or_null(one.variant)}, {"outcome", one.outcome}, {"count", one.count}});
    }
    return answer(out);
}

Response effects(const plan::Run& run, const Actor& actor, const Request& request) {
    const auto query = http::Form::parse_query(request.query);
    const auto from = moment_of(query.get("from"), 0), until = moment_of(query.get("until"), 0);
    if (!from || !until || *from == 0 || *until == 0) return Response::problem(422, "span", "from and until are days: 2026-11-01", "from");
    const auto by_word = query.get("by");
    if (!by_word.empty() && by_word != "country" && by_word != "site" && by_word != "model") return Response::problem(422, "by", "by is country, site or model", "by");
    const auto by = by_word == "site" ? plan::By::site : by_word == "model" ? plan::By::model : plan::By::country;
    const auto days = query.get("days").empty() ? 90 : number_of(query.get("days"));
    const auto all = run.effects(actor, *from, *until, static_cast<int>(std::clamp<std::int64_t>(days, 0, 1000)), by);
    if (!all) return problem(all.error());
    json out = {{"effects", json::array()}};
    for (const auto& one : *all) {
        out["effects"].push_back({{"campaign", one.campaign}, {"variant", text_or_null(one.variant)}, {"of", text_or_null(one.of)}, {"sent", one.sent}, {"clicked", one.clicked},
                                  {"clicked_by_programs", one.clicked_by_programs}, {"measured", one.measured}, {"opened", one.opened}, {"opened_by_programs", one.opened_by_programs}, {"visits", one.visits}, {"reviews", one.reviews}, {"orders", one.orders}});
    }
    return answer(out);
}

Response touchpoints(const plan::Run& run, const Actor& actor, const Request& request) {
    const auto limit = limit_of(http::Form::parse_query(request.query), 100, 500);
    if (!limit) return bad_limit(500);
    const auto all = run.touchpoints(actor, request.part("customer"), *limit);
    if (!all) return problem(all.error());
    json out = {{"touchpoints", json::array()}};
    for (const auto& one : *all) {
        out["touchpoints"].push_back({{"campaign", one.campaign}, {"vin", text_or_null(one.vin)}, {"version", one.version}, {"due_on", format_date(one.due_day * one_day)}, {"decided_at", moment(one.at)},
                                      {"channel", one.channel}, {"variant", text_or_null(one.variant)}, {"outcome", one.outcome}, {"message", text_or_null(one.message)},
                                      {"clicked_at", one.clicked_at == 0 ? json(nullptr) : json(moment(one.clicked_at))}, {"opened_at", one.opened_at == 0 ? json(nullptr) : json(moment(one.opened_at))}});
    }
    return answer(out);
}

template <class F>
Act with_body(plan::Run& run, F act) {
    return [&run, act](const Caller& caller, const Request& request) -> Response {
        const auto body = object_of(request);
        return body ? act(run, caller, *body) : problem(body.error());
    };
}

}  // namespace

std::string plan_text(const plan::Run& run, const json& body) {
    if (auto text = text_of(body, "plan"); !text.empty()) return text;
    const auto current = run.current();
    return current ? current->body : std::string(plan::default_plan());
}

void plan_routes(Gate& gate, plan::Run& run) {
    gate.get("/api/v1/plan", Permission::plan_read, [&](const Caller&, const Request&) {
        const auto current = run.current();
        const auto text = current ? current->body : std::string(plan::default_plan());
        json out = checked_json(plan::read_plan(text));
        out["published"] = current ? version_json(*current, false) : json(nullptr);
        out["plan"] = text;
        return answer(out);
    });
    gate.get("/api/v1/plan/versions", Permission::plan_read, [&](const Caller&, const Request& request) {
        const auto limit = limit_of(http::Form::parse_query(request.query), 50, 200);
        if (!limit) return bad_limit(200);
        json out = {{"versions", json::array()}};
        for (const auto& one : run.versions(*limit)) out["versions"].push_back(version_json(one, false));
        return answer(out);
    });
    gate.get("/api/v1/plan/versions/{plan_version}", Permission::plan_read, [&](const Caller&, const Request& request) {
        const auto one = run.version(number_of(request.part("plan_version")));
        return one ? answer(version_json(*one, true)) : nowhere();
    });
    gate.get("/api/v1/plan/compare", Permission::plan_read, [&](const Caller&, const Request& request) {
        const auto query = http::Form::parse_query(request.query);
        const auto changes = run.compare(number_of(query.get("a")), number_of(query.get("b")));
        if (!changes) return problem(changes.error());
        json out = {{"changes", json::array()}};
        for (const auto& one : *changes) out["changes"].push_back(change_json(one));
        return answer(out);
    });
    gate.post("/api/v1/plan/check", Permission::plan_read, with_body(run, [](plan::Run& of, const Caller&, const json& body) { return answer(checked_json(plan::read_plan(plan_text(of, body)))); }));
    gate.post("/api/v1/plan/preview", Permission::plan_read, with_body(run, [](plan::Run& of, const Caller&, const json& body) { return preview(of, body); }));
    gate.post("/api/v1/plan/simulate", Permission::plan_read, with_body(run, [](plan::Run& of, const Caller&, const json& body) { return simulate(of, body); }));
    gate.post("/api/v1/plan/publish", Permission::plan_manage, with_body(run, [](plan::Run& of, const Caller& caller, const json& body) {
        const auto from = moment_of(text_of(body, "from"), 0);
        if (!from) return Response::problem(422, "from", "from is a day or a moment: 2027-01-01", "from");
        const auto done = of.publish(caller.actor, text_of(body, "plan"), *from, {flag_of(body, "hold_back"), most_tried});
        return done ? answer(version_json(*done, false), 201) : problem(done.error());
    }));
    gate.get("/api/v1/plan/campaigns", Permission::plan_read, [&](const Caller& caller, const Request& request) { return figures(run, caller.actor, request); });
    gate.get("/api/v1/plan/effects", Permission::plan_read, [&](const Caller& caller, const Request& request) { return effects(run, caller.actor, request); });
    gate.get_noted("/api/v1/people/{customer}/touchpoints", Permission::plan_read, [&](const Caller& caller, const Request& request) { return touchpoints(run, caller.actor, request); });
    plan_trial_routes(gate, run);
    plan_goal_routes(gate, run);
    plan_call_routes(gate, run);
}

}  // namespace verbatim::api
