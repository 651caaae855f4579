// /moderate/{token}: the words with what was found in them, and three decisions (norms MOD-1 to MOD-9). The stars are not
// shown: nobody can judge words by them.
#include "edge/office/desk.h"
#include "record/reviews/reviews.h"
#include "record/reviews/segments.h"

namespace verbatim::office {
namespace {

using http::Form;
using http::Request;
using http::Response;

struct Typed {
    std::string decision, reason, explanation;
};

Response moderation_page(const Desk& desk, const Request& request, std::string_view done, const Typed& typed, const std::string& field, const std::string& code, int status) {
    const auto view = desk.house.moderate.view(request.part("token"));
    const auto& locale = desk.locale(request);
    if (!view) return desk.failure(locale, view.error());
    if (done.empty() && view->link != links::State::open) {
        return desk.message(locale, 410, view->link == links::State::superseded || view->link == links::State::used ? "decided" : "link_" + std::string(links::to_word(view->link)));
    }
    auto data = desk.frame(locale);
    data["SUBJECT"] = view->site_name;
    data["SERVICE"] = view->review.content.service;
    data["EXPERIENCE_ON"] = view->review.content.experience_on;
    data["LANG"] = view->lang.empty() ? "und" : view->lang;
    data["DONE"] = done;
    data["TITLE_SEGMENTS"] = json::parse(reviews::segments(view->title, view->findings, "title"));
    data["SEGMENTS"] = json::parse(reviews::segments(view->body, view->findings, "body"));
    data["FINDINGS"] = json::array();
    for (const auto& finding : json::parse(view->findings)) {
        data["FINDINGS"].push_back({{"REASON", finding.value("reason", "")}, {"CONFIDENCE", finding.value("confidence", 0.0)}, {"TEXT", finding.value("text", "")}});
    }
    data["DECIDE_BY"] = view->decide_by != 0 ? view->decide_by : view->submitted_at;
    data["POLICY_VERSION"] = desk.options.policy;
    data["REASONS"] = json::array();
    for (const auto reason : reviews::reasons()) data["REASONS"].push_back({{"CODE", reason}, {"SELECTED", typed.reason == reason}});
    data["VALUES"] = {{"decision", typed.decision}, {"reason", typed.reason}, {"explanation", typed.explanation}};
    data["ACTION_URL"] = request.path;
    put_problem(data, field, code);
    return desk.page("moderate", locale, data, status);
}

Response decide(const Desk& desk, const Request& request) {
    const auto& locale = desk.locale(request);
    const auto form = Form::parse(request);
    if (!form) return desk.message(locale, 400, "bad_request");
    if (request.field("Sec-Fetch-Site") == "cross-site") return desk.message(locale, 403, "forbidden");
    const Typed typed{std::string(form->get("decision")), std::string(form->get("reason")), std::string(form->get("explanation"))};
    const auto ask_again = [&](const char* field, const char* code) { return moderation_page(desk, request, {}, typed, field, code, 422); };
    if (typed.decision != "publish" && typed.decision != "refuse" && typed.decision != "rephrase") return ask_again("decision", "decision_missing");
    if (typed.decision == "refuse" && !reviews::is_reason(typed.reason)) return ask_again("reason", "reason_missing");
    const auto decided = desk.house.moderate.decide(request.part("token"), typed.decision, typed.reason, typed.explanation);
    if (!decided) {
        if (decided.error().kind == ErrorKind::gone || decided.error().kind == ErrorKind::conflict) return desk.message(locale, 410, "link_used");
        return desk.failure(locale, decided.error());
    }
    return moderation_page(desk, request, typed.decision, typed, {}, {}, 200);
}

}  // namespace

void moderation_routes(http::Router& router, const Desk& desk) {
    router.get("/moderate/{token}", [desk](const Request& request) { return moderation_page(desk, request, {}, {}, {}, {}, 200); });
    router.post("/moderate/{token}", [desk](const Request& request) { return decide(desk, request); });
}

}  // namespace verbatim::office
