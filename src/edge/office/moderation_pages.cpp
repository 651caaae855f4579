// /moderate/{token}: words with what was found in them, a notice, or a complaint, and what may be decided (norms MOD-1 to
// MOD-15). The stars are not shown: nobody can judge words by them.
#include "edge/office/desk.h"
#include "record/reviews/reviews.h"
#include "record/reviews/segments.h"

namespace verbatim::office {
namespace {

using http::Form;
using http::Request;
using http::Response;

json finding_data(const std::string& findings) {
    json all = json::array();
    for (const auto& finding : json::parse(findings)) {
        all.push_back({{"REASON", finding.value("reason", "")}, {"CONFIDENCE", finding.value("confidence", 0.0)}, {"TEXT", finding.value("text", "")}});
    }
    return all;
}

std::vector<std::string_view> decisions_of(const moderate::View& view) {
    if (view.kind == "notice") return {"keep", "remove"};
    if (view.kind == "complaint") return {"uphold", "overturn"};
    if (view.kind == "reply" || view.overdue || view.review.customer.empty()) return {"publish", "refuse"};
    return {"publish", "refuse", "rephrase"};
}

void put_affair(json& data, const moderate::View& view) {
    if (view.notice) {
        data["NOTICE"] = {{"SOURCE", view.notice->source}, {"AT", view.notice->at}, {"REASON", view.notice->reason}, {"EXPLANATION", view.notice->explanation},
                          {"PUBLIC", view.kind == "notice"}};
    }
    if (view.complaint) {
        data["COMPLAINT"] = {{"SOURCE", view.complaint->source}, {"AT", view.complaint->at}, {"EXPLANATION", view.complaint->explanation}};
        if (view.statement) {
            data["DECISION"] = {{"AT", view.statement->restriction_at}, {"REASON", view.statement->grounds.reason}, {"EXPLANATION", view.statement->grounds.explanation}};
        } else if (view.notice) {
            data["DECISION"] = {{"AT", view.notice->decided_at}, {"REASON", ""}, {"EXPLANATION", view.notice->answer}};
        }
    }
    if (view.first) data["FIRST"] = {{"REASON", view.first->reason}, {"EXPLANATION", view.first->explanation}};
}

Response moderation_page(const Desk& desk, const Request& request, std::string_view done, const moderate::Verdict& typed, const std::string& field, const std::string& code, int status) {
    const auto view = desk.house.moderate.view(request.part("token"));
    const auto& locale = desk.locale(request);
    if (!view) return desk.failure(locale, view.error());
    if (done.empty() && view->link != links::State::open) {
        return desk.message(locale, 410, view->link == links::State::superseded || view->link == links::State::used ? "decided" : "link_" + std::string(links::to_word(view->link)));
    }
    auto data = desk.frame(locale);
    const bool words = view->kind != "notice" && view->kind != "complaint";
    data["KIND"] = view->kind;
    data["WORDS"] = words;
    data["SUBJECT"] = view->site_name;
    data["SERVICE"] = view->review.content.service;
    data["EXPERIENCE_ON"] = view->review.content.experience_on;
    data["LANG"] = view->lang.empty() ? "und" : view->lang;
    data["DONE"] = done;
    data["OVERDUE"] = view->overdue;
    data["LAPSED"] = view->lapsed;
    data["VERSION"] = view->version;
    data["TITLE_SEGMENTS"] = json::parse(reviews::segments(view->title, view->findings, "title"));
    data["SEGMENTS"] = json::parse(reviews::segments(view->body, view->findings, "body"));
    data["FINDINGS"] = finding_data(view->findings);
    data["DECIDE_BY"] = view->decide_by != 0 ? view->decide_by : view->submitted_at;
    data["POLICY_VERSION"] = desk.options.policy;
    data["DECISIONS"] = json::array();
    for (const auto decision : decisions_of(*view)) data["DECISIONS"].push_back({{"CODE", decision}, {"SELECTED", typed.decision == decision}});
    data["REASONS"] = json::array();
    // A complaint of an author gives no new reason: the decision stands or falls.
    if (!view->complaint || view->complaint->source == "notifier") {
        const auto& proposed = typed.reason.empty() && view->first ? view->first->reason : typed.reason;
        for (const auto reason : reviews::reasons()) data["REASONS"].push_back({{"CODE", reason}, {"SELECTED", proposed == reason}});
    }
    data["TICK"] = view->kind == "notice" && view->notice && !view->notice->email.empty() ? "unfounded" : words && view->kind != "reply" && !view->review.customer.empty() ? "abuse" : "";
    data["TICKED"] = typed.abuse || typed.unfounded;
    data["MARKS"] = view->standing.marks;
    data["NEXT"] = view->next == conduct::Effect::Kind::warned ? "warned" : view->next == conduct::Effect::Kind::suspended ? "suspended" : "";
    data["MUST_DECLARE"] = view->must_declare;
    data["VALUES"] = {{"decision", typed.decision}, {"reason", typed.reason}, {"explanation", typed.explanation}, {"law", typed.law}};
    data["ACTION_URL"] = request.path;
    put_affair(data, *view);
    put_problem(data, field, code);
    return desk.page("moderate", locale, data, status);
}

// Which field of the form an expected failure belongs to; empty where the page cannot be shown again.
std::pair<std::string, std::string> place_of(const Error& error) {
    if (error.code == "decision_unknown") return {"decision", "decision_missing"};
    if (error.code == "reason_unknown") return {"reason", "reason_missing"};
    if (error.code == "language") return {"reads", "reads_missing"};
    if (error.code == "explanation_missing" || error.code == "too_long") return {"explanation", error.code};
    if (error.code == "too_late_to_reword" || error.code == "no_author" || error.code == "words_changed") return {"decision", error.code};
    return {};
}

Response decide(const Desk& desk, const Request& request) {
    const auto& locale = desk.locale(request);
    const auto form = Form::parse(request);
    if (!form) return desk.message(locale, 400, "bad_request");
    if (request.field("Sec-Fetch-Site") == "cross-site") return desk.message(locale, 403, "forbidden");
    moderate::Verdict typed;
    typed.decision = form->get("decision");
    typed.reason = form->get("reason");
    typed.explanation = form->get("explanation");
    typed.law = form->get("law");
    typed.reads = !form->get("reads").empty();
    typed.abuse = !form->get("abuse").empty() && typed.decision == "refuse";
    typed.unfounded = !form->get("unfounded").empty() && typed.decision == "keep";
    if (const auto version = form->get("version"); !version.empty() && version.size() < 9 && version.find_first_not_of("0123456789") == std::string::npos) {
        typed.version = std::stoi(std::string(version));
    }
    const auto token = request.part("token");
    const auto before = desk.house.moderate.view(token);
    if (before && before->link == links::State::open && (before->kind == "notice" || before->kind == "complaint")) typed.version = 0;
    const auto decided = desk.house.moderate.decide(token, typed);
    if (!decided) {
        if (const auto [field, code] = place_of(decided.error()); !field.empty()) return moderation_page(desk, request, {}, typed, field, code, 422);
        if (decided.error().kind == ErrorKind::gone || decided.error().kind == ErrorKind::conflict) return desk.message(locale, 410, "link_used");
        return desk.failure(locale, decided.error());
    }
    const auto after = desk.house.moderate.view(token);
    const bool first_opinion = after && after->first && (typed.decision == "refuse" || typed.decision == "remove");
    return moderation_page(desk, request, first_opinion ? "proposed" : std::string_view(typed.decision), typed, {}, {}, 200);
}

}  // namespace

void moderation_routes(http::Router& router, const Desk& desk) {
    router.get("/moderate/{token}", [desk](const Request& request) { return moderation_page(desk, request, {}, {}, {}, {}, 200); });
    router.post("/moderate/{token}", [desk](const Request& request) { return decide(desk, request); });
}

}  // namespace verbatim::office
