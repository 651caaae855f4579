#include "edge/api/cases.h"

#include <nlohmann/json.hpp>

#include "edge/api/answers.h"
#include "edge/api/inbox_json.h"

namespace verbatim::api {
namespace {

using http::Form;
using http::Request;
using http::Response;
using nlohmann::json;
using recover::CaseLine;

json line_json(const CaseLine& line, Seconds now) {
    const auto& one = line.record;
    return {{"id", one.id}, {"review", one.review}, {"site", one.site}, {"site_name", line.site_name}, {"timezone", text_or_null(line.timezone)}, {"why", one.why},
            {"rating", line.rating ? json(*line.rating) : json(nullptr)}, {"title", text_or_null(line.title)}, {"excerpt", line.excerpt}, {"lang", text_or_null(line.lang)},
            {"service", line.service}, {"customer_name", line.customer_name}, {"product_name", text_or_null(line.product_name)}, {"stage", one.stage}, {"late", one.late(now)},
            {"level", one.level}, {"opened_at", format_moment(one.opened_at)}, {"due_at", format_moment(one.due_at)}, {"first_call_at", moment(one.first_call_at)},
            {"closed_at", moment(one.closed_at)}, {"next_at", moment(one.next_at)}, {"next_what", text_or_null(one.next_what)}, {"holder", text_or_null(one.holder)},
            {"cause", text_or_null(one.cause)}, {"calls", line.calls}, {"last_outcome", text_or_null(line.last_outcome)}, {"last_call_at", moment(line.last_call_at)},
            {"replied", line.replied}};
}

json counts_json(const recover::CaseCounts& counts) { return {{"open", counts.open}, {"late", counts.late}, {"called", counts.called}, {"due", counts.due}}; }

json survey_json(const recover::Survey& survey) {
    const auto stars = [](const std::optional<int>& rating) { return rating ? json(*rating) : json(nullptr); };
    return {{"state", survey.state}, {"reason", text_or_null(survey.reason)}, {"asked_at", moment(survey.asked_at)}, {"answered_at", moment(survey.answered_at)},
            {"first_rating", stars(survey.first_rating)}, {"rating", stars(survey.rating)}, {"solved", text_or_null(survey.solved)}, {"words", text_or_null(survey.words)}};
}

json view_json(const recover::CaseView& view) {
    json all = line_json(view.line, view.now);
    const auto& one = view.line.record;
    const auto& content = view.review.content;
    all["done"] = text_or_null(one.done);
    all["satisfied"] = text_or_null(one.satisfied);
    all["customer"] = {{"name", view.line.customer_name}, {"salutation", text_or_null(view.salutation)}, {"first_name", text_or_null(view.first_name)},
                       {"last_name", text_or_null(view.last_name)}, {"phone", text_or_null(view.phone)}, {"email", text_or_null(view.email)},
                       {"locale", text_or_null(view.locale)}, {"country", text_or_null(view.country)}};
    json criteria = json::array();
    for (const auto& [code, value] : content.criteria) criteria.push_back({{"code", code}, {"value", value}});
    all["words"] = {{"state", reviews::to_word(view.review.state)}, {"criteria", criteria}, {"recommend", content.recommend ? json(*content.recommend) : json(nullptr)},
                    {"title", text_or_null(content.title)}, {"body", content.body}, {"lang", text_or_null(content.lang)}, {"experience_on", text_or_null(content.experience_on)},
                    {"submitted_at", moment(view.review.submitted_at)}, {"published_at", moment(view.review.published_at)}, {"signature", text_or_null(view.review.signature)},
                    {"contact_me", view.review.contact_me}};
    all["reply"] = view.reply ? reply_json(*view.reply) : json(nullptr);
    // Two clocks: the promise runs on the wall, the work in the site's hours.
    all["clock"] = {{"now", format_moment(view.now)}, {"left_seconds", one.due_at - view.now},
                    {"whole_seconds", one.due_at - one.opened_at}, {"hours", text_or_null(view.opening_hours)}, {"open", view.opening.known ? json(view.opening.open) : json(nullptr)},
                    {"opens_at", moment(view.opening.opens_at)}, {"closes_at", moment(view.opening.closes_at)},
                    {"open_left_seconds", view.open_left ? json(*view.open_left) : json(nullptr)}};
    all["call_list"] = json::array();
    for (const auto& call : view.calls) {
        all["call_list"].push_back({{"at", format_moment(call.at)}, {"by", call.by}, {"outcome", call.outcome}, {"note", text_or_null(call.note)}, {"back_at", moment(call.back_at)}});
    }
    all["steps"] = json::array();
    for (const auto& step : view.steps) all["steps"].push_back({{"at", format_moment(step.at)}, {"actor", step.actor}, {"step", step.step}, {"detail", text_or_null(step.detail)}});
    all["visits"] = json::array();
    for (const auto& visit : view.visits) {
        all["visits"].push_back({{"kind", visit.kind}, {"occurred_on", visit.occurred_on}, {"site", visit.site}, {"site_name", visit.site_name},
                                 {"product_name", text_or_null(visit.product_name)}, {"registered_on", text_or_null(visit.registered_on)}, {"this_one", visit.this_one}});
    }
    all["earlier"] = json::array();
    for (const auto& other : view.earlier) {
        all["earlier"].push_back({{"review", other.review}, {"subject_name", other.subject_name}, {"service", other.service}, {"state", other.state},
                                  {"rating", other.rating ? json(*other.rating) : json(nullptr)}, {"title", text_or_null(other.title)}, {"excerpt", other.excerpt},
                                  {"lang", text_or_null(other.lang)}, {"submitted_at", format_moment(other.submitted_at)}, {"case", text_or_null(other.case_id)},
                                  {"case_stage", text_or_null(other.case_stage)}, {"replied", other.replied}});
    }
    all["survey"] = view.survey ? survey_json(*view.survey) : json(nullptr);
    return all;
}

Response shown(const CaseHouse& house, const Caller& caller, const Request& request, int status = 200) {
    const auto view = house.cases.view(caller.actor, caller.branch, request.part("case"));
    return view ? answer(view_json(*view), status) : problem(view.error());
}

Response list(const CaseHouse& house, const Caller& caller, const Request& request) {
    const auto query = Form::parse_query(request.query);
    const auto limit = limit_of(query);
    if (!limit) return bad_limit();
    const auto branch = house.cases.narrowed(caller.branch, query.get("branch"));
    if (!branch) return nowhere();
    const auto stage = query.has("stage") ? query.get("stage") : std::string_view("open");
    const auto found = house.cases.list(caller.actor, *branch, stage, query.get("after"), *limit);
    if (!found) return problem(found.error());
    const auto now = house.clock.now();
    json all = {{"cases", json::array()}, {"next", text_or_null(found->next)}, {"now", format_moment(now)}, {"counts", counts_json(found->counts)}};
    for (const auto& line : found->lines) all["cases"].push_back(line_json(line, now));
    return answer(all);
}

Response people(const CaseHouse& house, const Caller& caller, const Request& request) {
    if (const auto view = house.cases.view(caller.actor, caller.branch, request.part("case")); !view) return problem(view.error());
    json all = {{"people", json::array()}};
    for (const auto& one : house.cases.colleagues(caller.actor, caller.branch, request.part("case"))) {
        all["people"].push_back({{"email", one.email}, {"name", one.name}, {"role", one.role}});
    }
    return answer(all);
}

// A moment of the body: absent or null is 0; nothing where it is no moment.
std::optional<Seconds> moment_of(const json& body, const char* name) {
    const auto found = body.find(name);
    if (found == body.end() || found->is_null()) return 0;
    if (!found->is_string()) return std::nullopt;
    return parse_moment(found->get<std::string>());
}

Response bad_moment(const char* name) { return Response::problem(422, "moment", std::string(name) + " is a moment, 2026-11-27T10:00:00Z, or null", name); }

Response call(const CaseHouse& house, const Caller& caller, const Request& request) {
    const auto body = object_of(request);
    if (!body) return problem(body.error());
    const auto at = moment_of(*body, "at"), back_at = moment_of(*body, "back_at");
    if (!at) return bad_moment("at");
    if (!back_at) return bad_moment("back_at");
    const auto noted = house.cases.note_call(caller.actor, caller.branch, request.part("case"), text_of(*body, "call"), text_of(*body, "outcome"), text_of(*body, "note"), *at, *back_at);
    if (!noted) return problem(noted.error());
    return shown(house, caller, request, *noted ? 201 : 200);
}

recover::Closing closing_of(const json& body) { return {text_of(body, "cause"), text_of(body, "done"), text_of(body, "satisfied")}; }

// An act that answers with the case as it is now.
using CaseAct = std::function<Result<void>(const CaseHouse&, const Caller&, std::string_view id, const json& body)>;
Act acting(const CaseHouse& house, CaseAct act) {
    return [house, act = std::move(act)](const Caller& caller, const Request& request) {
        const auto body = request.body.empty() ? Result<json>(json::object()) : object_of(request);
        if (!body) return problem(body.error());
        const auto done = act(house, caller, request.part("case"), *body);
        return done ? shown(house, caller, request) : problem(done.error());
    };
}

json cause_json(const recover::RootCause& cause) { return {{"key", cause.key}, {"labels", cause.labels}, {"packaged", cause.packaged}, {"active", cause.active}}; }

Response causes(const CaseHouse& house) {
    json all = {{"causes", json::array()}};
    for (const auto& cause : house.causes.list()) all["causes"].push_back(cause_json(cause));
    return answer(all);
}

Response replace_causes(const CaseHouse& house, const Caller& caller, const Request& request) {
    const auto body = object_of(request);
    if (!body) return problem(body.error());
    const auto list = body->find("causes");
    if (list == body->end() || !list->is_array()) return Response::problem(422, "causes", "send {\"causes\": [{\"key\": ..., \"labels\": {...}, \"active\": true}]}", "causes");
    std::vector<recover::RootCause> wanted;
    for (const auto& one : *list) {
        if (!one.is_object()) return Response::problem(422, "causes", "each cause is an object", "causes");
        recover::RootCause cause;
        cause.key = text_of(one, "key");
        cause.active = !one.contains("active") || flag_of(one, "active");
        if (const auto labels = one.find("labels"); labels != one.end() && labels->is_object()) {
            for (const auto& [language, words] : labels->items()) {
                if (words.is_string()) cause.labels[language] = words.get<std::string>();
            }
        }
        wanted.push_back(std::move(cause));
    }
    const auto done = house.causes.replace(caller.actor, wanted);
    return done ? causes(house) : problem(done.error());
}

json week_json(const recover::Today::Week& week) {
    return {{"reviews", week.reviews}, {"average", week.rated == 0 ? json(nullptr) : json(static_cast<double>(week.stars) / static_cast<double>(week.rated))},
            {"unhappy", week.unhappy}, {"cases", week.cases}, {"called_in_time", week.called_in_time}, {"answered", week.answered}};
}

Response today(const CaseHouse& house, const Caller& caller, const Request& request) {
    const auto query = Form::parse_query(request.query);
    const auto branch = house.cases.narrowed(caller.branch, query.get("branch"));
    if (!branch) return nowhere();
    const auto found = house.cases.today(caller.actor, *branch);
    if (!found) return problem(found.error());
    const auto waiting = house.inbox.waiting(caller.actor, *branch);
    const auto now = house.clock.now();
    json all = {{"now", format_moment(now)}, {"counts", counts_json(found->counts)},
                {"cases", json::array()}, {"arrived", json::array()}, {"unanswered", json::array()}, {"unanswered_count", waiting.unanswered_count},
                {"week", week_json(found->week)}, {"week_before", week_json(found->week_before)}, {"surveys", json::array()}};
    for (const auto& line : found->next) all["cases"].push_back(line_json(line, now));
    for (const auto& line : waiting.arrived) all["arrived"].push_back(inbox_json(line));
    for (const auto& line : waiting.unanswered) all["unanswered"].push_back(inbox_json(line));
    for (const auto& [id, survey] : found->answers) {
        auto one = survey_json(survey);
        one["case"] = id;
        all["surveys"].push_back(std::move(one));
    }
    return answer(all);
}

}  // namespace

void case_routes(Gate& gate, CaseHouse house) {
    const auto with = [&](Response (*act)(const CaseHouse&, const Caller&, const Request&)) -> Act {
        return [house, act](const Caller& caller, const Request& request) { return act(house, caller, request); };
    };
    gate.get("/api/v1/today", Permission::cases_read, with(today));
    gate.get("/api/v1/cases", Permission::cases_read, with(list));
    gate.get("/api/v1/cases/{case}", Permission::cases_read, [house](const Caller& caller, const Request& request) { return shown(house, caller, request); });
    gate.get("/api/v1/cases/{case}/people", Permission::cases_read, with(people));
    gate.post("/api/v1/cases/{case}/calls", Permission::cases_work, with(call));
    gate.post("/api/v1/cases/{case}/plan", Permission::cases_work, acting(house, [](const CaseHouse& in, const Caller& caller, std::string_view id, const json& body) -> Result<void> {
        const auto at = moment_of(body, "at");
        if (!at) return invalid("moment", "at is a moment, 2026-11-27T10:00:00Z, or null", "at");
        return in.cases.plan(caller.actor, caller.branch, id, *at, text_of(body, "what"));
    }));
    gate.post("/api/v1/cases/{case}/handover", Permission::cases_work, acting(house, [](const CaseHouse& in, const Caller& caller, std::string_view id, const json& body) {
        return in.cases.hand_over(caller.actor, caller.branch, id, text_of(body, "to"), text_of(body, "note"));
    }));
    gate.post("/api/v1/cases/{case}/cause", Permission::cases_work, acting(house, [](const CaseHouse& in, const Caller& caller, std::string_view id, const json& body) {
        return in.cases.set_cause(caller.actor, caller.branch, id, closing_of(body));
    }));
    gate.post("/api/v1/cases/{case}/close", Permission::cases_work, acting(house, [](const CaseHouse& in, const Caller& caller, std::string_view id, const json& body) {
        return in.cases.close(caller.actor, caller.branch, id, closing_of(body));
    }));
    gate.post("/api/v1/cases/{case}/reopen", Permission::cases_work, acting(house, [](const CaseHouse& in, const Caller& caller, std::string_view id, const json&) {
        return in.cases.reopen(caller.actor, caller.branch, id);
    }));
    gate.get("/api/v1/root-causes", Permission::cases_read, [house](const Caller&, const Request&) { return causes(house); });
    gate.put("/api/v1/root-causes", Permission::settings_manage, with(replace_causes));
}

}  // namespace verbatim::api
