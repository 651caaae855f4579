// /{locale}/reviews/{id}/notice: anyone reports a public review, without an account (norm MOD-11; DSA art. 16).
// /contest/{token}: the author of refused or removed words, or a notifier, contests the decision (norm MOD-12; DSA art. 20).
#include "edge/site/frame.h"

namespace verbatim::site {
namespace {

using http::Form;
using http::Request;
using http::Response;

void put_problem(json& data, const std::string& field, const std::string& code) {
    data["ERROR"] = json::object();
    data["ERRORS"] = json::array();
    if (field.empty()) return;
    data["ERROR"][field] = code;
    data["ERRORS"].push_back({{"FIELD", field}, {"CODE", code}});
}

std::string review_address(const Desk& desk, const render::Locale& locale, std::string_view id) {
    return desk.options.base_url + "/" + locale.tag() + "/reviews/" + std::string(id);
}

Response notice_page(const Desk& desk, const Request& request, const render::Locale& locale, const moderate::Moderate::Report& typed, const moderate::Notice* done,
                     const std::string& field, const std::string& code, int status) {
    const auto line = desk.house.publish.review(request.part("id"));
    if (!line) {
        const auto ended = desk.house.publish.ended(request.part("id"));
        return ended ? desk.message(locale, 410, "review_" + *ended) : desk.message(locale, 404, "not_found");
    }
    auto data = desk.frame(locale, {});
    const auto here = "/" + locale.tag() + "/reviews/" + line->id;
    data["SUBJECT"] = line->subject_name;
    data["TITLE"] = line->title;
    data["BODY"] = line->body;
    data["LANG"] = line->lang.empty() ? "und" : line->lang;
    data["DECIDE_DAYS"] = desk.options.decide_days;
    data["ACTION_URL"] = here + "/notice";
    data["REVIEW_URL"] = here;
    data["REASONS"] = json::array();
    for (const auto reason : reviews::reasons()) data["REASONS"].push_back({{"CODE", reason}, {"SELECTED", typed.reason == reason}});
    data["VALUES"] = {{"url", review_address(desk, locale, line->id)}, {"explanation", typed.explanation}, {"name", typed.name}, {"email", typed.email},
                      {"good_faith", typed.good_faith ? "yes" : ""}};
    data["DONE"] = done != nullptr;
    if (done != nullptr) {
        data["NUMBER"] = done->id;
        data["DECIDE_BY"] = done->decide_by;
        data["MAILED"] = !done->email.empty();
    }
    put_problem(data, field, code);
    auto response = desk.page("notice", locale, data, status);
    return keep_private(response);
}

Response send_notice(const Desk& desk, const Request& request, const render::Locale& locale) {
    const auto form = Form::parse(request);
    if (!form || from_elsewhere(request)) return desk.message(locale, form ? 403 : 400, form ? "forbidden" : "bad_request");
    moderate::Moderate::Report typed;
    typed.review = request.part("id");
    typed.reason = form->get("reason");
    typed.explanation = form->get("explanation");
    typed.name = form->get("name");
    typed.email = form->get("email");
    typed.good_faith = !form->get("good_faith").empty();
    typed.url = review_address(desk, locale, typed.review);
    typed.locale = locale.tag();
    const auto kept = desk.house.moderate.report(Actor::visitor(), typed);
    if (kept) return notice_page(desk, request, locale, {}, &*kept, {}, {}, 200);
    const auto& error = kept.error();
    if (error.kind == ErrorKind::invalid) return notice_page(desk, request, locale, typed, nullptr, error.field, error.code, 422);
    return desk.failure(locale, error);
}

Response contest_page(const Desk& desk, const Request& request, bool done, const std::string& typed, const std::string& field, const std::string& code, int status) {
    const auto found = desk.house.moderate.contestable(request.part("token"));
    if (!found) {
        auto response = desk.failure(desk.locale_for(request, {}), found.error());
        return keep_private(response);
    }
    const auto& locale = desk.locale_for(request, found->locale);
    const auto& content = found->review.content;
    auto data = desk.frame(locale, {});
    data["SOURCE"] = found->statement ? "author" : "notifier";
    data["SUBJECT"] = found->subject_name;
    // A notifier reads again what is public; an author their own words.
    const bool readable = found->statement || found->review.state == reviews::State::published;
    data["TITLE"] = readable ? content.title : "";
    data["BODY"] = readable ? content.body : "";
    data["LANG"] = content.lang.empty() ? "und" : content.lang;
    data["DECIDED_AT"] = found->statement ? found->statement->restriction_at : found->notice->decided_at;
    data["REASON"] = found->statement ? found->statement->grounds.reason : "";
    data["EXPLANATION"] = found->statement ? found->statement->grounds.explanation : found->notice->answer;
    data["OPEN"] = found->open;
    data["OVER"] = !found->open && !found->complaint;
    data["UNTIL"] = found->until;
    data["DONE"] = done;
    data["ACTION_URL"] = request.path;
    data["VALUES"] = {{"explanation", typed}};
    if (const auto& complaint = found->complaint) data["COMPLAINT"] = complaint_data(*complaint);
    put_problem(data, field, code);
    auto response = desk.page("contest", locale, data, status);
    return keep_private(response);
}

Response contest(const Desk& desk, const Request& request) {
    const auto form = Form::parse(request);
    if (!form || from_elsewhere(request)) return desk.message(desk.locale_for(request, {}), form ? 403 : 400, form ? "forbidden" : "bad_request");
    const std::string why(form->get("explanation"));
    const auto kept = desk.house.moderate.contest(request.part("token"), why);
    if (kept) return contest_page(desk, request, true, {}, {}, {}, 200);
    const auto& error = kept.error();
    if (error.kind == ErrorKind::invalid) return contest_page(desk, request, false, why, "explanation", error.code, 422);
    if (error.kind == ErrorKind::not_found) {
        auto response = desk.failure(desk.locale_for(request, {}), error);
        return keep_private(response);
    }
    return contest_page(desk, request, false, why, {}, {}, status_of(error.kind));  // made already, or too late: the page says so
}

}  // namespace

json complaint_data(const moderate::Complaint& complaint) {
    return {{"WORDS", complaint.explanation}, {"OUTCOME", complaint.outcome}, {"ANSWER", complaint.answer}, {"DECIDE_BY", complaint.decide_by}, {"ENDED_AT", complaint.decided_at}};
}

void notice_routes(http::Router& router, const Desk& desk) {
    const auto with_locale = [desk](Response (*handler)(const Desk&, const Request&, const render::Locale&)) {
        return [desk, handler](const Request& request) {
            const auto* locale = desk.locale_of(request);
            return locale ? handler(desk, request, *locale) : desk.message(desk.locale_for(request, {}), 404, "not_found");
        };
    };
    router.get("/{locale}/reviews/{id}/notice", with_locale([](const Desk& d, const Request& request, const render::Locale& locale) {
                   return notice_page(d, request, locale, {}, nullptr, {}, {}, 200);
               }));
    router.post("/{locale}/reviews/{id}/notice", with_locale(send_notice));
    router.get("/contest/{token}", [desk](const Request& request) { return contest_page(desk, request, false, {}, {}, {}, 200); });
    router.post("/contest/{token}", [desk](const Request& request) { return contest(desk, request); });
}

}  // namespace verbatim::site
