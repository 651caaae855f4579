// The moderator's desk: what waits, of all kinds in one list, and one of it, whole. Never a star (norm MOD-2), never who reported (MOD-13).
#include <nlohmann/json.hpp>

#include "edge/api/answers.h"
#include "edge/api/doors.h"

namespace verbatim::api {
namespace {

using http::Request;
using http::Response;
using nlohmann::json;

moderate::Caller caller_of(const Caller& caller) { return {caller.actor, caller.languages}; }

Response waiting(const Doors& doors, const Caller& caller, const Request& request) {
    const auto query = http::Form::parse_query(request.query);
    const auto limit = limit_of(query, 30, 100);
    if (!limit) return bad_limit(100);
    moderate::Moderate::Wanted wanted{std::string(query.get("kind")), std::string(query.get("language")), query.get("mine") == "true"};
    const auto found = doors.moderate.tray(caller_of(caller), wanted, *limit, query.get("after"));
    json all = {{"waiting", json::array()}, {"next", text_or_null(found.next)}};
    for (const auto& one : found.items) {
        const auto colon = one.ref.find(':');
        all["waiting"].push_back({{"kind", one.kind}, {"about", one.ref.substr(0, colon)}, {"id", one.ref.substr(colon + 1)}, {"lang", one.lang}, {"subject", one.subject},
                                  {"subject_name", one.subject_name}, {"opening", one.opening}, {"submitted_at", format_moment(one.submitted_at)}, {"decide_by", moment(one.decide_by)},
                                  {"published_overdue", one.overdue}, {"second", one.second}, {"must_declare", one.must_declare}, {"barred", text_or_null(one.barred)}});
    }
    return answer(all);
}

Response summary(const Doors& doors, const Caller& caller, const Request& request) {
    // Midnight is the reader's: he says how far his clock is from UTC, in minutes.
    const auto query = http::Form::parse_query(request.query);
    const auto text = query.get("offset");
    int offset = 0;
    if (!text.empty()) {
        const bool negative = text.front() == '-';
        for (const char c : text.substr(negative ? 1 : 0)) {
            if (c < '0' || c > '9' || offset > 1000) return Response::problem(400, "offset", "offset is a number of minutes, -840 to 840", "offset");
            offset = offset * 10 + (c - '0');
        }
        if (negative) offset = -offset;
    }
    const auto now = doors.clock.now();
    const auto local = now + offset * 60;
    const auto tally = doors.moderate.tally(caller_of(caller), local - local % one_day - offset * 60);
    json kinds = {{"review", 0}, {"correction", 0}, {"reply", 0}, {"notice", 0}, {"complaint", 0}};
    std::int64_t all = 0;
    for (const auto& [kind, count] : tally.waiting) {
        kinds[kind] = count;
        all += count;
    }
    return answer({{"waiting", all}, {"kinds", kinds}, {"late", tally.late}, {"second", tally.second}, {"decided_today", tally.today}, {"decided_last_hour", tally.hour}});
}

// Each signal against what humans decided: a score asks, and is itself looked at.
Response signals(const Doors& doors, const Caller& caller) {
    json all = {{"signals", json::array()}};
    for (const auto& one : doors.moderate.signals(caller.actor)) {
        const auto decided = one.right + one.false_alarms;
        all["signals"].push_back({{"name", one.name}, {"raised", one.raised}, {"asked", one.asked}, {"right", one.right}, {"false_alarms", one.false_alarms},
                                  {"false_alarm_share", decided == 0 ? json(nullptr) : json(static_cast<double>(one.false_alarms) / static_cast<double>(decided))}});
    }
    return answer(all);
}

json findings_of(const std::string& findings) {
    json all = json::array();
    const auto list = json::parse(findings);
    for (const auto& one : list) {
        all.push_back({{"field", one.value("field", "body")}, {"reason", one.value("reason", "")}, {"start", one.value("start", 0)}, {"end", one.value("end", 0)}, {"text", one.value("text", "")},
                       {"confidence", one.value("confidence", 0.0)}, {"rule", one.value("rule", "")}});
    }
    return all;
}

json decisions_of(const moderate::View& view) {
    if (view.kind == "notice") return {"keep", "remove"};
    if (view.kind == "complaint") return {"uphold", "overturn"};
    if (view.kind == "reply" || view.overdue || view.review.customer.empty()) return {"publish", "refuse"};
    return {"publish", "refuse", "rephrase"};
}

Response view(const Doors& doors, const Caller& caller, const std::string& about, std::string_view id) {
    const auto found = doors.moderate.view(caller_of(caller), about + ":" + std::string(id));
    if (!found) return problem(found.error());
    const auto& view = *found;
    const bool words = view.kind != "notice" && view.kind != "complaint";
    json all = {{"about", about}, {"id", id}, {"kind", view.kind}, {"review", view.review.id}, {"lang", view.lang}, {"subject", view.review.content.subject}, {"subject_name", view.site_name},
                {"service", view.review.content.service}, {"experience_on", text_or_null(view.review.content.experience_on)}, {"title", view.title}, {"body", view.body}, {"version", view.version},
                {"findings", findings_of(view.findings)}, {"submitted_at", format_moment(view.submitted_at)}, {"decide_by", moment(view.decide_by)}, {"published_overdue", view.overdue},
                {"lapsed", view.lapsed}, {"must_declare", view.must_declare}, {"barred", text_or_null(view.barred)}, {"decided", text_or_null(view.decided)},
                {"decisions", decisions_of(view)}, {"reply_author", text_or_null(view.reply_author)}, {"first_opinion", nullptr}, {"notice", nullptr}, {"complaint", nullptr}, {"statement", nullptr},
                // What a tick counts against: the author, or who reported; nobody where neither is known.
                {"tick", view.kind == "notice" && view.notice && !view.notice->email.empty() ? json("unfounded") : words && view.kind != "reply" && !view.review.customer.empty() ? json("abuse") : json(nullptr)},
                {"marks", view.standing.marks},
                {"next_effect", view.next == conduct::Effect::Kind::warned ? json("warned") : view.next == conduct::Effect::Kind::suspended ? json("suspended") : json(nullptr)}};
    if (view.kind == "reply") all["review_words"] = {{"title", view.review.content.title}, {"body", view.review.content.body}, {"lang", view.review.content.lang}};
    if (view.first) all["first_opinion"] = {{"moderator", view.first->moderator}, {"reason", view.first->reason}, {"explanation", view.first->explanation}, {"at", format_moment(view.first->at)}};
    if (view.notice) {
        all["notice"] = {{"source", view.notice->source}, {"reason", view.notice->reason}, {"explanation", view.notice->explanation}, {"url", view.notice->url}, {"at", format_moment(view.notice->at)},
                         {"outcome", text_or_null(view.notice->outcome)}, {"answer", text_or_null(view.notice->answer)}, {"decided_at", moment(view.notice->decided_at)}};
    }
    if (view.complaint) {
        all["complaint"] = {{"source", view.complaint->source}, {"reason", view.complaint->reason}, {"explanation", view.complaint->explanation}, {"at", format_moment(view.complaint->at)},
                            {"outcome", text_or_null(view.complaint->outcome)}, {"answer", text_or_null(view.complaint->answer)}};
    }
    if (view.statement) {
        all["statement"] = {{"at", format_moment(view.statement->restriction_at)}, {"reason", view.statement->grounds.reason}, {"explanation", view.statement->grounds.explanation}};
    }
    return answer(all);
}

}  // namespace

void tray_routes(Gate& gate, const Doors& doors) {
    gate.get("/api/v1/moderation/waiting", Permission::moderation_read, [doors](const Caller& caller, const Request& request) { return waiting(doors, caller, request); });
    gate.get("/api/v1/moderation/summary", Permission::moderation_read, [doors](const Caller& caller, const Request& request) { return summary(doors, caller, request); });
    gate.get("/api/v1/moderation/signals", Permission::moderation_read, [doors](const Caller& caller, const Request&) { return signals(doors, caller); });
    struct Kind {
        const char *path, *about, *part;
    };
    for (const auto& kind : {Kind{"/api/v1/moderation/reviews/{review}", "review", "review"}, Kind{"/api/v1/moderation/replies/{reply}", "reply", "reply"},
                             Kind{"/api/v1/moderation/notices/{notice}", "notice", "notice"}, Kind{"/api/v1/moderation/complaints/{complaint}", "complaint", "complaint"}}) {
        gate.get(kind.path, Permission::moderation_read, [doors, kind](const Caller& caller, const Request& request) { return view(doors, caller, kind.about, request.part(kind.part)); });
    }
}

}  // namespace verbatim::api
