// /again/{token}: the second survey, ten days after a case was closed. A GET changes nothing: mail scanners follow links.
#include <charconv>

#include "edge/site/frame.h"

namespace verbatim::site {
namespace {

using http::Form;
using http::Request;
using http::Response;

struct Typed {
    std::string rating, solved, words;
};

Response show(const Desk& desk, const Request& request, const Typed& typed, const Error* problem, bool done) {
    const auto page = desk.house.win_back.page(request.part("token"));
    const auto& locale = desk.locale_for(request, page ? page->locale : std::string());
    if (!page) return desk.failure(locale, page.error());
    if (!done && page->link != links::State::open) return desk.message(locale, 410, "link_" + std::string(links::to_word(page->link)));
    auto data = desk.frame(locale, {});
    data["NOINDEX"] = true;
    data["SUBJECT"] = page->site_name;
    data["SUBMITTED_AT"] = page->reviewed_at;
    data["ACTION_URL"] = request.path;
    data["DONE"] = done;
    data["VALUES"] = {{"rating", typed.rating}, {"solved", typed.solved}, {"words", typed.words}};
    data["ERROR"] = json::object();
    data["ERRORS"] = json::array();
    if (problem != nullptr) {
        data["ERROR"][problem->field] = problem->code;
        data["ERRORS"].push_back({{"FIELD", problem->field}, {"CODE", problem->code}});
    }
    auto response = desk.page("again", locale, data, problem != nullptr ? 422 : 200);
    return keep_private(response);
}

Response answered(const Desk& desk, const Request& request) {
    if (from_elsewhere(request)) return desk.message(desk.locale_for(request, {}), 403, "forbidden");
    const auto form = Form::parse(request);
    if (!form) return desk.message(desk.locale_for(request, {}), 400, "bad_request");
    const Typed typed{std::string(form->get("rating")), std::string(form->get("solved")), std::string(form->get("words"))};
    int rating = 0;
    std::from_chars(typed.rating.data(), typed.rating.data() + typed.rating.size(), rating);
    const auto kept = desk.house.win_back.answer(request.part("token"), rating, typed.solved, typed.words);
    if (kept) return show(desk, request, {}, nullptr, true);
    const auto& error = kept.error();
    if (error.kind == ErrorKind::invalid) return show(desk, request, typed, &error, false);
    return desk.failure(desk.locale_for(request, {}), error);
}

}  // namespace

void again_routes(http::Router& router, const Desk& desk) {
    router.get("/again/{token}", [desk](const Request& request) { return show(desk, request, {}, nullptr, false); });
    router.post("/again/{token}", [desk](const Request& request) { return answered(desk, request); });
}

}  // namespace verbatim::site
