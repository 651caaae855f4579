// /case/{token}: the words, the customer, the clock; note a call, propose a public reply, close (norms SUP-1, SUP-5).
#include <cstdlib>

#include "edge/office/desk.h"
#include "life/collect/questionnaire.h"

namespace verbatim::office {
namespace {

using http::Form;
using http::Request;
using http::Response;

struct Typed {
    std::string outcome, note, reply, report_reason, report;
};

json words_data(const recover::View& view, const render::Locale& locale) {
    const auto& content = view.review.content;
    json criteria = json::array();
    for (const auto& [code, value] : content.criteria) criteria.push_back({{"CODE", code}, {"LABEL", collect::own_label(code, locale.tag())}, {"VALUE", value}});
    json data = {{"RATING", content.rating ? json(*content.rating) : json("")}, {"TITLE", content.title}, {"BODY", content.body},
                 {"LANG", content.lang.empty() ? "und" : content.lang}, {"SERVICE", content.service}, {"EXPERIENCE_ON", content.experience_on},
                 {"MODEL", view.product_name}, {"CRITERIA", criteria}, {"RECOMMEND", content.recommend ? json(*content.recommend) : json("")},
                 {"STATE", view.review_public}};
    data["URL"] = view.review.state == reviews::State::published ? "/" + locale.language() + "/reviews/" + view.review.id : "";
    return data;
}

Response case_page(const Desk& desk, const Request& request, std::string_view done, const Typed& typed, const std::string& field, const std::string& code, int status) {
    const auto view = desk.house.recover.view(request.part("token"));
    const auto& locale = desk.locale(request);
    if (!view) return desk.failure(locale, view.error());
    if (view->link != links::State::open) return desk.message(locale, 410, "link_" + std::string(links::to_word(view->link)));
    auto data = desk.frame(locale);
    const auto& record = view->record;
    const auto left = record.due_at - view->now;
    data["SUBJECT"] = view->site_name;
    if (!view->timezone.empty()) data["TIMEZONE"] = view->timezone;  // the site's own hours
    data["OPENED_AT"] = record.opened_at;
    data["DUE_AT"] = record.due_at;
    data["CLOSED_AT"] = record.closed_at != 0 ? json(record.closed_at) : json("");
    // Late stays late: a first call after the time does not undo it.
    data["LATE"] = record.breached || (record.first_call_at == 0 ? left < 0 : record.first_call_at > record.due_at);
    data["SECONDS_LEFT"] = std::abs(left);
    const auto whole = record.due_at - record.opened_at;
    data["SHARE_LEFT"] = left <= 0 || whole <= 0 ? 0.0 : static_cast<double>(left) / static_cast<double>(whole);
    data["DONE"] = done;
    data["CUSTOMER"] = {{"NAME", view->customer_name}, {"PHONE", view->customer_phone}};
    data["CONTACT_ME"] = view->review.contact_me;
    data["REVIEW"] = words_data(*view, locale);
    data["CALLS"] = json::array();
    for (const auto& call : view->calls) data["CALLS"].push_back({{"OUTCOME", call.outcome}, {"AT", call.at}, {"BY", call.by}, {"NOTE", call.note}});
    if (view->reply) data["REPLY"] = {{"BODY", view->reply->body}, {"STATE", view->reply->state}};
    data["MAY_REPLY"] = !view->reply;
    // A free, reasoned report of doubtful authenticity (norm SUP-2); it hides nothing (SUP-4).
    data["MAY_REPORT"] = view->review.state == reviews::State::published;
    data["REPORTED_AT"] = "";
    for (const auto& step : desk.house.moderate.reported_by(view->holder, view->record.review)) data["REPORTED_AT"] = step;
    data["REASONS"] = json::array();
    for (const auto reason : reviews::reasons()) data["REASONS"].push_back({{"CODE", reason}, {"SELECTED", typed.report_reason == reason}});
    data["VALUES"] = {{"outcome", typed.outcome}, {"note", typed.note}, {"reply", typed.reply}, {"report", typed.report}};
    data["ACTION_URL"] = request.path;
    put_problem(data, field, code);
    return desk.page("case", locale, data, status);
}

Response act(const Desk& desk, const Request& request) {
    const auto& locale = desk.locale(request);
    const auto form = Form::parse(request);
    if (!form) return desk.message(locale, 400, "bad_request");
    if (request.field("Sec-Fetch-Site") == "cross-site") return desk.message(locale, 403, "forbidden");
    const auto token = request.part("token");
    const Typed typed{std::string(form->get("outcome")), std::string(form->get("note")), std::string(form->get("reply")),
                      std::string(form->get("report_reason")), std::string(form->get("report"))};
    const auto answer = [&](const Error& error, const std::string& code) {
        return error.kind == ErrorKind::invalid ? case_page(desk, request, {}, typed, error.field, code, 422) : desk.failure(locale, error);
    };
    if (form->has("reply")) {
        const auto actor = desk.house.recover.holder(token);
        if (!actor) return desk.failure(locale, actor.error());
        const auto view = desk.house.recover.view(token);
        if (!view) return desk.failure(locale, view.error());
        const auto proposed = desk.house.reply.propose(*actor, view->record.review, typed.reply, view->site_name);
        if (!proposed) return answer(proposed.error(), proposed.error().code == "reply_empty" ? "reply_missing" : proposed.error().code);
        return case_page(desk, request, "replied", {}, {}, {}, 200);
    }
    if (form->has("report")) {
        const auto actor = desk.house.recover.holder(token);
        if (!actor) return desk.failure(locale, actor.error());
        const auto view = desk.house.recover.view(token);
        if (!view) return desk.failure(locale, view.error());
        moderate::Moderate::Report report;
        report.review = view->record.review;
        report.reason = typed.report_reason;
        report.explanation = typed.report;
        report.url = desk.options.base_url + "/" + locale.language() + "/reviews/" + report.review;
        report.name = view->site_name;
        report.locale = locale.tag();
        const auto reported = desk.house.moderate.report(*actor, report);
        if (reported) return case_page(desk, request, "reported", {}, {}, {}, 200);
        const auto& error = reported.error();
        if (error.kind == ErrorKind::invalid) return case_page(desk, request, {}, typed, error.field == "reason" ? "report_reason" : "report", error.code, 422);
        return desk.failure(locale, error);
    }
    if (form->has("close")) {
        const auto closed = desk.house.recover.close(token);
        if (closed) return case_page(desk, request, "closed", {}, {}, {}, 200);
        if (closed.error().code == "call_first") return case_page(desk, request, {}, typed, "outcome", "outcome_missing", 409);
        return desk.failure(locale, closed.error());
    }
    const auto noted = desk.house.recover.note_call(token, typed.outcome, typed.note);
    if (!noted) return answer(noted.error(), noted.error().code);
    return case_page(desk, request, "noted", {}, {}, {}, 200);
}

}  // namespace

void case_routes(http::Router& router, const Desk& desk) {
    router.get("/case/{token}", [desk](const Request& request) { return case_page(desk, request, {}, {}, {}, {}, 200); });
    router.post("/case/{token}", [desk](const Request& request) { return act(desk, request); });
}

}  // namespace verbatim::office
