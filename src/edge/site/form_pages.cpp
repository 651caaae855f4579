// The review form, by personal link and spontaneous, and the receipt (norms COL-3, COL-8, COL-9, AUT-2, AUT-3, INC-5). GET
// never records; what was typed is never lost.
#include "edge/site/form_data.h"
#include "life/collect/questionnaire.h"
#include "edge/site/frame.h"

namespace verbatim::site {
namespace {

using http::Form;
using http::Request;
using http::Response;

Response form_page(const Desk& desk, const render::Locale& locale, const collect::FormContext& context, const std::string& action, const collect::Submission& typed,
                   const std::vector<collect::Problem>& problems, int status) {
    auto data = desk.frame(locale, {});
    const bool personal = !context.invitation.empty();
    data["ACTION_URL"] = action;
    data["PERSONAL"] = personal;
    data["ERROR_TITLE"] = !problems.empty();
    data["SERVICE"] = context.service;
    data["EXPERIENCE_ON"] = context.experience_on;
    data["SITE"] = {{"NAME", context.site_name}, {"CITY", context.site_city}};
    data["INCENTIVE"] = context.incentive;
    if (context.asks_vehicle) data["PRODUCT"] = {{"NAME", context.product_name}};
    data["SERVICES"] = json::array();
    for (const auto& service : context.services) {
        data["SERVICES"].push_back({{"VALUE", service}, {"FIRST", data["SERVICES"].empty()}, {"SELECTED", typed.service == service}});
    }
    put_typed(data, locale.tag(), context.criteria, typed, problems);
    const auto words = collect::form_words(context.service);
    data["ASKS_RECOMMEND"] = words.recommend;
    data["DECLARATION"] = words.terms.declaration.empty() ? std::string() : collect::label_in(words.terms.declaration, locale.tag());
    data["SIGNATURE_NAME"] = context.first_name.empty() ? "" : context.first_name + context.initial;
    data["BODY_MAX"] = collect::body_limit;
    data["TERMS_VERSION"] = words.terms.version;
    data["DECIDE_DAYS"] = desk.options.decide_days;
    auto response = desk.page("form", locale, data, status);
    return keep_private(response);
}

json receipt_data(const collect::Receipt& receipt) {
    return {{"REVIEW", receipt.review}, {"SALT", receipt.salt}, {"COMMITMENT", receipt.commitment}, {"LEAF", receipt.leaf}};
}

Response thanks_page(const Desk& desk, const render::Locale& locale, const std::string& site_name, bool contact_me, const collect::Receipt& receipt) {
    auto data = desk.frame(locale, {});
    const auto me = "/me/" + receipt.author_token;
    data["ME_URL"] = me;
    data["DECIDE_BY"] = receipt.decide_by;
    data["SUBMITTED_AT"] = desk.house.clock.now();
    data["CONTACT_ME"] = contact_me;
    data["CONFIRM"] = receipt.confirm;
    data["SITE"] = {{"NAME", site_name}};
    data.update(receipt_data(receipt));
    data["RECEIPT_URL"] = me + "/receipt.json";
    data["PROOF_URL"] = me + "/proof.tlog-proof";
    if (!receipt.vehicle.empty()) {
        data["PRODUCT_RECEIPT"] = receipt_data(receipt.vehicle.front());
        data["PRODUCT_RECEIPT"].update({{"PRODUCT", receipt.vehicle.front().product_name}, {"LOG_INDEX", ""}, {"DECIDE_BY", receipt.decide_by},
                                        {"SUBMITTED_AT", data["SUBMITTED_AT"]}, {"RECEIPT_URL", me + "/receipt.json?of=" + receipt.vehicle.front().review},
                                        {"PROOF_URL", me + "/proof.tlog-proof?of=" + receipt.vehicle.front().review}});
    }
    data["LOG_INDEX"] = "";
    auto response = desk.page("thanks", locale, data);
    return keep_private(response);
}

Response personal_form(const Desk& desk, const Request& request) {
    const auto context = desk.house.collect.form(request.part("token"));
    if (!context) return desk.failure(desk.locale_for(request, {}), context.error());
    const auto& locale = desk.locale_for(request, context->locale);
    if (context->link != links::State::open) {
        auto response = desk.message(locale, 410, "link_" + std::string(links::to_word(context->link)));
        return keep_private(response);
    }
    collect::Submission typed;
    const auto query = Form::parse_query(request.query);
    // The star in the mail only pre-fills; mail scanners follow links.
    if (const auto star = query.get("n"); star.size() == 1 && star[0] >= '1' && star[0] <= '5') typed.rating = star;
    return form_page(desk, locale, *context, request.path, typed, {}, 200);
}

// Problems are 422 with everything typed kept; a link that is not open is 410 (contract "Forms").
Response answer_page(const Desk& desk, const render::Locale& locale, const std::string& action, const collect::Submission& typed, const collect::Answer& answer) {
    const auto& context = answer.context;
    if (answer.error) {
        if (answer.error->code == "already_reviewed") return form_page(desk, locale, context, action, typed, {{"rating", "already_reviewed"}}, 409);
        auto response = desk.failure(locale, *answer.error);
        return keep_private(response);
    }
    if (!answer.problems.empty()) return form_page(desk, locale, context, action, typed, answer.problems, 422);
    return thanks_page(desk, locale, context.site_name, !typed.contact_me.empty(), *answer.receipt);
}

// Who sends from the house's own machine is a proxy that is not trusted (http.trusted_proxies) and would make all visitors one.
std::string device_of(const Request& request) {
    const auto& from = request.remote;
    if (from.empty() || from.rfind("127.", 0) == 0 || from == "::1") return {};
    return from + "\n" + std::string(request.field("User-Agent"));
}

Response personal_post(const Desk& desk, const Request& request) {
    const auto form = Form::parse(request);
    if (!form || from_elsewhere(request)) return desk.message(desk.locale_for(request, {}), form ? 403 : 400, form ? "forbidden" : "bad_request");
    auto typed = submission_of(*form);
    typed.device = device_of(request);
    const auto answer = desk.house.collect.submit(request.part("token"), typed);
    return answer_page(desk, desk.locale_for(request, answer.context.locale), request.path, typed, answer);
}

// The form keeps the reader's language when it comes back with errors.
std::string spontaneous_action(const Request& request, const render::Locale& locale) { return request.path + "?lang=" + locale.tag(); }

Response spontaneous_form(const Desk& desk, const Request& request) {
    const auto& locale = desk.locale_for(request, Form::parse_query(request.query).get("lang"));
    const auto context = desk.house.collect.spontaneous_form(request.part("site"), locale.tag());
    if (!context) return desk.failure(locale, context.error());
    return form_page(desk, locale, *context, spontaneous_action(request, locale), {}, {}, 200);
}

Response spontaneous_post(const Desk& desk, const Request& request) {
    const auto& locale = desk.locale_for(request, Form::parse_query(request.query).get("lang"));
    const auto form = Form::parse(request);
    if (!form || from_elsewhere(request)) return desk.message(locale, form ? 403 : 400, form ? "forbidden" : "bad_request");
    auto typed = submission_of(*form);
    typed.device = device_of(request);
    return answer_page(desk, locale, spontaneous_action(request, locale), typed, desk.house.collect.submit_spontaneous(request.part("site"), locale.tag(), typed));
}

}  // namespace

void form_routes(http::Router& router, const Desk& desk) {
    router.get("/r/{token}", [desk](const Request& request) { return personal_form(desk, request); });
    router.post("/r/{token}", [desk](const Request& request) { return personal_post(desk, request); });
    router.get("/review/{site}", [desk](const Request& request) { return spontaneous_form(desk, request); });
    router.post("/review/{site}", [desk](const Request& request) { return spontaneous_post(desk, request); });
}

}  // namespace verbatim::site
