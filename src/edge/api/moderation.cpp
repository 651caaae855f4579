// What a moderator reads and decides. Equal treatment is for everybody to read.
#include <nlohmann/json.hpp>

#include "edge/api/answers.h"
#include "edge/api/doors.h"

namespace verbatim::api {
namespace {

using http::Request;
using http::Response;
using nlohmann::json;

constexpr int page_size = 100;

std::string cursor(Seconds at, const std::string& id) { return std::to_string(at) + ":" + id; }

json opinion_json(const moderate::Opinion& first) {
    return {{"moderator", first.moderator}, {"reason", first.reason}, {"explanation", first.explanation}, {"at", format_moment(first.at)}};
}

Response queue(const Doors& doors, const Caller& caller, const Request& request) {
    json all = {{"reviews", json::array()}, {"next", nullptr}};
    const auto waiting = doors.moderate.queue(page_size, http::Form::parse_query(request.query).get("after"), caller.branch);
    for (const auto& one : waiting) {
        json line = {{"id", one.review}, {"kind", one.correction ? "correction" : "review"}, {"lang", one.lang}, {"subject", one.subject}, {"submitted_at", format_moment(one.submitted_at)},
                     {"decide_by", moment(one.decide_by)}, {"published_overdue", one.overdue}, {"title", one.title}, {"body", one.body}, {"findings", json::parse(one.findings)}};
        if (one.first) line["first_opinion"] = opinion_json(*one.first);
        all["reviews"].push_back(std::move(line));
    }
    if (waiting.size() == page_size) all["next"] = cursor(waiting.back().submitted_at, waiting.back().review);
    return answer(all);
}

Response second_opinions(const Doors& doors, const Caller& caller, const Request&) {
    json all = {{"reviews", json::array()}};
    for (const auto& one : doors.moderate.queue(10 * page_size, {}, caller.branch)) {
        if (one.first) all["reviews"].push_back({{"id", one.review}, {"lang", one.lang}, {"subject", one.subject}, {"first_opinion", opinion_json(*one.first)}});
    }
    return answer(all);
}

// The state a list is about; only words of the register.
std::string_view wanted_state(const http::Form& query) {
    const auto state = query.get("state");
    return state == "decided" || state == "set_aside" ? state : std::string_view("open");
}

// Who reported is nobody's business but the moderators', who need no name to decide: the address stays out (norm MOD-13).
json notice_json(const moderate::Notice& notice) {
    return {{"id", notice.id}, {"review", notice.review}, {"source", notice.source}, {"reason", notice.reason}, {"explanation", notice.explanation}, {"url", notice.url},
            {"reachable", !notice.email.empty()}, {"state", notice.state}, {"at", format_moment(notice.at)}, {"decide_by", format_moment(notice.decide_by)},
            {"outcome", text_or_null(notice.outcome)}, {"answer", text_or_null(notice.answer)}, {"decided_at", moment(notice.decided_at)}, {"moderator", text_or_null(notice.moderator)}};
}

Response notices(const Doors& doors, const Caller& caller, const Request& request) {
    const auto query = http::Form::parse_query(request.query);
    const auto found = doors.moderate.notices(wanted_state(query), page_size, query.get("after"), caller.branch);
    json all = {{"notices", json::array()}, {"next", nullptr}};
    for (const auto& notice : found) all["notices"].push_back(notice_json(notice));
    if (found.size() == page_size) all["next"] = cursor(found.back().at, found.back().id);
    return answer(all);
}

Response complaints(const Doors& doors, const Caller& caller, const Request& request) {
    const auto query = http::Form::parse_query(request.query);
    const auto found = doors.moderate.complaints(wanted_state(query), page_size, query.get("after"), caller.branch);
    json all = {{"complaints", json::array()}, {"next", nullptr}};
    for (const auto& one : found) {
        all["complaints"].push_back({{"id", one.id}, {"review", one.review}, {"source", one.source}, {"reason", one.reason}, {"explanation", one.explanation}, {"state", one.state},
                                     {"at", format_moment(one.at)}, {"decide_by", format_moment(one.decide_by)}, {"outcome", text_or_null(one.outcome)},
                                     {"answer", text_or_null(one.answer)}, {"decided_at", moment(one.decided_at)}, {"moderator", text_or_null(one.moderator)}});
    }
    if (found.size() == page_size) all["next"] = cursor(found.back().at, found.back().id);
    return answer(all);
}

Response decisions(const Doors& doors, const Caller& caller, const Request& request) {
    json all = {{"decisions", json::array()}};
    for (const auto& one : doors.moderate.decisions(request.part("review"), caller.branch)) {
        all["decisions"].push_back({{"at", format_moment(one.at)}, {"ref", one.ref}, {"decision", one.decision}, {"reason", text_or_null(one.reason)}, {"final", one.final},
                                    {"moderator", one.moderator}, {"lang", one.lang}, {"languages", one.languages}, {"language_match", one.language_match}, {"policy", one.policy}});
    }
    return answer(all);
}

Response decide(const Doors& doors, const Caller& caller, const Request& request, const char* prefix, const char* part) {
    const auto body = object_of(request);
    if (!body) return Response::problem(400, "json", "send a JSON object with decision, reason and explanation");
    const auto text = [&](const char* name) { return text_of(*body, name); };
    const auto flag = [&](const char* name) { return flag_of(*body, name); };
    moderate::Verdict verdict;
    verdict.decision = text("decision");
    verdict.reason = text("reason");
    verdict.explanation = text("explanation");
    verdict.law = text("law");
    verdict.reads = flag("reads");
    verdict.abuse = flag("abuse") && verdict.decision == "refuse";
    verdict.unfounded = flag("unfounded") && verdict.decision == "keep";
    if (body->contains("version") && (*body)["version"].is_number_integer()) verdict.version = static_cast<int>((*body)["version"].get<std::int64_t>() & 0x7fffffff);
    const auto decided = doors.moderate.decide({caller.actor, caller.languages}, prefix + std::string(request.part(part)), verdict);
    if (!decided) return problem(decided.error());
    return answer({{part, request.part(part)}, {"decision", verdict.decision}});
}

json figure_json(const stats::StarFigure& figure) {
    // Delays are counted in minutes.
    const auto seconds = [](const std::optional<std::int64_t>& minutes) { return minutes ? json(*minutes * 60) : json(nullptr); };
    return {{"published", figure.published}, {"refused", figure.refused}, {"refusal_rate", figure.refusal_rate ? json(*figure.refusal_rate) : json(nullptr)},
            {"delay_p50_seconds", seconds(figure.p50)}, {"delay_p95_seconds", seconds(figure.p95)}, {"human_delay_p50_seconds", seconds(figure.human_p50)},
            {"human_delay_p95_seconds", seconds(figure.human_p95)}};
}

Response equality(const Doors& doors, const Request& request) {
    return doors.window.show(request, {"figures"}, 600, [&]() -> http::ShopWindow::Built {
        const auto fairness = doors.moderate.fairness();
        const auto& f = fairness.figures;
        json out = {{"from", format_moment(fairness.from)}, {"to", format_moment(fairness.to)}, {"by_star", json::array()}, {"low", figure_json(f.low)}, {"high", figure_json(f.high)},
                    {"refusal_test", {{"name", "Fisher's exact test, two-sided, one and two stars against four and five"}, {"p", f.refusal_p}, {"enough", f.refusal_enough}}},
                    {"delay_test", {{"name", "Mann-Whitney U test, two-sided, time until a human decided"}, {"p", f.delay_p}, {"enough", f.delay_enough}}},
                    {"threshold", stats::alert_threshold}, {"minimum", stats::alert_minimum}, {"alert", f.alert}};
        for (std::size_t i = 0; i < f.stars.size(); ++i) {
            auto line = figure_json(f.stars[i]);
            line["stars"] = i + 1;
            out["by_star"].push_back(std::move(line));
        }
        return {Response::json(out.dump()), {{"Cache-Control", "public, max-age=60"}, {"Access-Control-Allow-Origin", "*"}, {"X-Content-Type-Options", "nosniff"}}, request.query.empty()};
    });
}

}  // namespace

void moderation_routes(http::Router& router, Gate& gate, const Doors& doors) {
    const auto read = [&](const char* path, Response (*show)(const Doors&, const Caller&, const Request&)) {
        gate.get(path, Permission::moderation_read, [doors, show](const Caller& caller, const Request& request) { return show(doors, caller, request); });
    };
    const auto decision = [&](const char* path, const char* prefix, const char* part) {
        gate.post(path, Permission::moderation_decide, [=](const Caller& caller, const Request& request) { return decide(doors, caller, request, prefix, part); });
    };
    read("/api/v1/moderation/queue", queue);
    read("/api/v1/moderation/second-opinions", second_opinions);
    read("/api/v1/moderation/notices", notices);
    read("/api/v1/moderation/complaints", complaints);
    read("/api/v1/moderation/{review}/decisions", decisions);
    decision("/api/v1/moderation/{review}/decision", "", "review");
    decision("/api/v1/moderation/notices/{notice}/decision", "notice:", "notice");
    decision("/api/v1/moderation/complaints/{complaint}/decision", "complaint:", "complaint");
    decision("/api/v1/moderation/replies/{reply}/decision", "reply:", "reply");
    tray_routes(gate, doors);
    router.get("/api/v1/moderation/equality", [doors](const Request& request) { return equality(doors, request); });
}

}  // namespace verbatim::api
