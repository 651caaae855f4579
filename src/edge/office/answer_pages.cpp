// /answer/{token}: a published review and the point of sale's answer to it (norms SUP-1, SUP-5).
#include "edge/office/desk.h"

namespace verbatim::office {
namespace {

using http::Form;
using http::Request;
using http::Response;

Response answer_page(const Desk& desk, const Request& request, bool done, const std::string& typed, const std::string& code, int status) {
    const auto& locale = desk.locale(request);
    const auto view = desk.house.reply.view(request.part("token"));
    if (!view) return desk.failure(locale, view.error());
    if (view->link != links::State::open) return desk.message(locale, 410, "link_" + std::string(links::to_word(view->link)));
    const auto& content = view->review.content;
    auto data = desk.frame(locale);
    data["SUBJECT"] = view->site_name;
    data["DONE"] = done;
    data["REVIEW"] = {{"RATING", content.rating ? json(*content.rating) : json("")}, {"TITLE", content.title}, {"BODY", content.body},
                      {"LANG", content.lang.empty() ? "und" : content.lang}, {"SERVICE", content.service}, {"EXPERIENCE_ON", content.experience_on},
                      {"URL", "/" + locale.language() + "/reviews/" + view->review.id}};
    if (view->reply) data["REPLY"] = {{"BODY", view->reply->body}, {"STATE", view->reply->state}};
    data["MAY_REPLY"] = !view->reply;
    data["VALUES"] = {{"reply", typed}};
    data["ACTION_URL"] = request.path;
    put_problem(data, code.empty() ? "" : "reply", code);
    auto response = desk.page("answer", locale, data, status);
    response.with("Cache-Control", "no-store");
    return response;
}

Response act(const Desk& desk, const Request& request) {
    const auto& locale = desk.locale(request);
    const auto form = Form::parse(request);
    if (!form) return desk.message(locale, 400, "bad_request");
    if (request.field("Sec-Fetch-Site") == "cross-site") return desk.message(locale, 403, "forbidden");
    const std::string typed(form->get("reply"));
    const auto answered = desk.house.reply.answer(request.part("token"), typed);
    if (answered) return answer_page(desk, request, true, {}, {}, 200);
    if (answered.error().kind != ErrorKind::invalid) return desk.failure(locale, answered.error());
    return answer_page(desk, request, false, typed, answered.error().code == "reply_empty" ? "reply_missing" : answered.error().code, 422);
}

}  // namespace

void answer_routes(http::Router& router, const Desk& desk) {
    router.get("/answer/{token}", [desk](const Request& request) { return answer_page(desk, request, false, {}, {}, 200); });
    router.post("/answer/{token}", [desk](const Request& request) { return act(desk, request); });
}

}  // namespace verbatim::office
