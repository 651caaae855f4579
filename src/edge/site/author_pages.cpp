// /me/{token}: the author's own space (norms AUT-1 to AUT-5, GDP-3, GDP-4).
#include "edge/site/form_data.h"
#include "edge/site/frame.h"
#include "life/collect/questionnaire.h"
#include "record/reviews/segments.h"

namespace verbatim::site {
namespace {

json labelled(json criteria, const render::Locale& locale) {
    for (auto& one : criteria) one["LABEL"] = collect::own_label(one["CODE"].get<std::string>(), locale.tag());
    return criteria;
}

using http::Form;
using http::Request;
using http::Response;
using reviews::State;

json receipt_data(const collect::AuthorView& view, const std::string& me) {
    json data = {{"REVIEW", view.review.id}, {"SUBMITTED_AT", view.review.submitted_at}, {"DECIDE_BY", view.review.decide_by}, {"COMMITMENT", view.review.commitment},
            {"SALT", view.salt}, {"LEAF", view.leaf}, {"LOG_INDEX", view.log_index ? json(*view.log_index) : json("")},
            {"RECEIPT_URL", me + "/receipt.json"}, {"PROOF_URL", view.log_index ? me + "/proof.tlog-proof" : ""},
            {"PUBLIC_PROOF_URL", view.review.public_entry ? me + "/proof.tlog-proof?leaf=published" : ""},
            {"BATCH_URL", view.review.origin == "invited" ? me + "/batch.json" : ""}};
    if (view.inclusion) {
        json seen = json::array();
        for (const auto& witness : view.inclusion->witnesses) seen.push_back({{"NAME", witness.name}, {"AT", witness.at}});
        data["INCLUSION"] = {{"SIZE", view.inclusion->size}, {"AT", view.inclusion->signed_at}, {"WITNESSES", std::move(seen)}};
    }
    return data;
}

Seconds state_since(const collect::AuthorView& view) {
    if (view.review.state == State::published) return view.review.updated_at != 0 ? view.review.updated_at : view.review.published_at;
    if (view.review.state == State::collected) return view.review.submitted_at;
    return view.history.empty() ? view.review.submitted_at : view.history.back().at;
}

// A refusal's step says "reason: what the moderator wrote"; the reason is shown in the reader's language beside it.
std::string moderators_words(const std::string& detail) {
    const auto colon = detail.find(": ");
    if (!reviews::is_reason(detail.substr(0, colon))) return detail;
    return colon == std::string::npos ? "" : detail.substr(colon + 2);
}

Response space_page(const Desk& desk, const Request& request, const collect::AuthorView& view, std::string_view done, const collect::Submission& typed,
                    const std::vector<collect::Problem>& problems, std::string_view open, int status) {
    const auto& locale = desk.locale_for(request, view.locale);
    const auto me = "/me/" + std::string(request.part("token"));
    auto data = desk.frame(locale, {});
    const auto& content = view.review.content;
    const auto state = view.review.state;
    data["SUBJECT"] = view.site_name.empty() ? view.product_name : view.site_name;
    data["SERVICE"] = content.service;
    data["EXPERIENCE_ON"] = content.experience_on;
    data["DONE"] = done;
    data["STATE"] = reviews::to_word(state);
    data["STATE_AT"] = state_since(view);
    data["ACTION_URL"] = me;
    data["MAY_ACT"] = state != State::erased;
    data["MAY_CORRECT"] = view.can_correct;
    data["MAY_WITHDRAW"] = view.can_withdraw;
    data["MAY_PRESS"] = true;
    data["OPEN"] = open;
    if (view.pressure) data["ASKED"] = {{"CAUSE", view.pressure->cause}, {"CONTACT", view.pressure->contact}, {"CONTACT_AT", view.pressure->contact_at}};
    data["CONSENTS"] = json::array();
    for (const auto& consent : view.consents) {
        data["CONSENTS"].push_back({{"PURPOSE", consent.purpose}, {"BASIS", consent.basis}, {"SOURCE", consent.source}, {"AT", consent.at},
                                    {"VERSION", consent.text_version == "dealer" ? "" : consent.text_version}});
    }
    const auto contestable = desk.house.moderate.contestable_of(view.review.id);
    data["MAY_CONTEST"] = contestable && contestable->open;
    if (contestable && contestable->complaint) data["COMPLAINT"] = complaint_data(*contestable->complaint);
    if (contestable && contestable->statement && (state == State::refused || state == State::removed)) {
        const auto& grounds = contestable->statement->grounds;
        data["REFUSAL"] = {{"REASON", grounds.reason}, {"EXPLANATION", grounds.explanation}, {"UNTIL", contestable->open ? json(contestable->until) : json("")}};
    } else if (state == State::refused) data["REFUSAL"] = {{"REASON", view.review.reason}, {"EXPLANATION", moderators_words(view.explanation)}};
    if (state == State::rephrase) data["REPHRASE_URL"] = me + "/rephrase";
    if (state != State::erased) {
        json review = {{"RATING", content.rating ? json(*content.rating) : json("")}, {"TITLE", content.title}, {"BODY", content.body},
                       {"LANG", content.lang.empty() ? "und" : content.lang}, {"CRITERIA", labelled(criteria_data(content.service, content.criteria), locale)}};
        review["URL"] = state == State::published ? "/" + locale.tag() + "/reviews/" + view.review.id : "";
        if (view.reply && view.reply->state == "published") {
            review["REPLY"] = {{"AUTHOR", view.reply->author}, {"BODY", view.reply->body}, {"PUBLISHED_AT", view.reply->published_at}, {"LANG", content.lang.empty() ? "und" : content.lang}};
        }
        data["REVIEW"] = std::move(review);
        if (!view.salt.empty()) data["RECEIPT"] = receipt_data(view, me);
    }
    data["VERSIONS"] = json::array();
    const auto add_version = [&](int number, Seconds at, std::string_view word, const reviews::Content& words) {
        data["VERSIONS"].push_back({{"NUMBER", number}, {"SUBMITTED_AT", at}, {"STATE", word}, {"RATING", words.rating ? json(*words.rating) : json("")},
                                    {"LANG", words.lang.empty() ? "und" : words.lang}, {"BODY", words.body}});
    };
    if (view.draft) add_version(view.draft->version, view.draft->submitted_at, view.draft->findings.empty() ? "collected" : "held", view.draft->content);
    for (const auto& version : view.versions) add_version(version.version, version.until, "replaced", version.content);
    auto shown = typed;
    if (open.empty()) {  // the correction starts from the words as they stand
        const auto& words = view.draft ? view.draft->content : content;
        shown.rating = words.rating ? std::to_string(*words.rating) : "";
        shown.title = words.title;
        shown.body = words.body;
    }
    put_typed(data, locale.tag(), view.criteria, shown, problems);
    auto response = desk.page("me", locale, data, status);
    return keep_private(response);
}

Response rephrase_page(const Desk& desk, const Request& request, const collect::AuthorView& view, const collect::Submission& typed,
                       const std::vector<collect::Problem>& problems, int status) {
    const auto& locale = desk.locale_for(request, view.locale);
    const auto& words = view.draft ? view.draft->content : view.review.content;
    auto data = desk.frame(locale, {});
    data["ACTION_URL"] = "/me/" + std::string(request.part("token"));
    data["LANG"] = words.lang.empty() ? "und" : words.lang;
    data["SEGMENTS"] = json::parse(reviews::segments(words.body, view.findings, "body"));
    data["REASONS"] = json::array();
    for (const auto& finding : json::parse(view.findings.empty() ? "[]" : view.findings)) {
        const json one = {{"CODE", finding.value("reason", "")}};
        if (std::find(data["REASONS"].begin(), data["REASONS"].end(), one) == data["REASONS"].end()) data["REASONS"].push_back(one);
    }
    data["EXPLANATION"] = moderators_words(view.explanation);
    data["BODY_MAX"] = collect::body_limit;
    auto shown = typed;
    if (problems.empty()) {
        shown.body = words.body;
        shown.title = words.title;
        shown.rating = words.rating ? std::to_string(*words.rating) : "";
    }
    data["RATING_VALUE"] = shown.rating;
    put_typed(data, locale.tag(), {}, shown, problems);
    auto response = desk.page("rephrase", locale, data, status);
    return keep_private(response);
}

Response after(const Desk& desk, const Request& request, const Result<void>& done, std::string_view word) {
    if (!done) {
        auto response = desk.failure(desk.locale_for(request, {}), done.error());
        return keep_private(response);
    }
    const auto view = desk.house.collect.author(request.part("token"));
    if (!view) return desk.message(desk.locale_for(request, {}), 200, "review_erased");  // everything is gone, the link with it
    return space_page(desk, request, *view, word, {}, {}, {}, 200);
}

Response correct(const Desk& desk, const Request& request, const Form& form) {
    const auto token = request.part("token");
    const auto view = desk.house.collect.author(token);
    if (!view) return desk.failure(desk.locale_for(request, {}), view.error());
    auto typed = submission_of(form);
    // What the form does not send stays as it was: a rewording changes the words alone.
    const auto& words = view->draft ? view->draft->content : view->review.content;
    if (!form.has("rating") && words.rating) typed.rating = std::to_string(*words.rating);
    if (!form.has("recommend") && words.recommend) typed.recommend = std::to_string(*words.recommend);
    if (!form.has("title")) typed.title = words.title;
    if (!form.has("body")) typed.body = words.body;
    for (const auto& [name, value] : words.criteria) typed.criteria.emplace(name, std::to_string(value));
    const auto answer = desk.house.collect.correct(token, typed);
    if (answer.error) return desk.failure(desk.locale_for(request, view->locale), *answer.error);
    if (!answer.problems.empty()) {
        return view->review.state == State::rephrase ? rephrase_page(desk, request, *view, typed, answer.problems, 422)
                                                     : space_page(desk, request, *view, {}, typed, answer.problems, "correct", 422);
    }
    return after(desk, request, {}, "corrected");
}

Response act(const Desk& desk, const Request& request) {
    const auto form = Form::parse(request);
    const auto& locale = desk.locale_for(request, {});
    if (!form) return desk.message(locale, 400, "bad_request");
    if (from_elsewhere(request)) return desk.message(locale, 403, "forbidden");
    const auto token = request.part("token");
    auto& collect = desk.house.collect;
    const auto action = form->get("action");
    if (action == "correct") return correct(desk, request, *form);
    if (action == "withdraw") return after(desk, request, collect.withdraw(token), "withdrawn");
    if (action == "erase") return after(desk, request, collect.erase(token), "erased");
    if (action == "export") {
        const auto all = collect.export_json(token);
        if (!all) return desk.failure(locale, all.error());
        auto response = Response::json(*all);
        response.with("Content-Disposition", "attachment; filename=\"my-data.json\"");
        return keep_private(response);
    }
    if (action == "pressure_answer") {
        const auto answered = collect.answer_pressure(token, form->get("answer"), form->get("what"));
        if (!answered && answered.error().kind == ErrorKind::invalid) {
            const auto view = collect.author(token);
            if (!view) return desk.failure(locale, view.error());
            return space_page(desk, request, *view, {}, {}, {{answered.error().field, answered.error().code}}, "answer", 422);
        }
        return after(desk, request, answered, "answered");
    }
    if (action == "pressure") {
        auto what = std::string(form->get("what"));
        if (what.empty()) what = form->get("body");
        if (what.empty()) {
            const auto view = collect.author(token);
            if (!view) return desk.failure(locale, view.error());
            return space_page(desk, request, *view, {}, {}, {{"what", "what_missing"}}, "pressure", 422);
        }
        return after(desk, request, collect.report_pressure(token, what), "pressure");
    }
    if (action == "contest") {
        const auto view = collect.author(token);
        if (!view) return desk.failure(locale, view.error());
        const auto kept = desk.house.moderate.contest_of(view->review.id, form->get("explanation"));
        if (kept) return space_page(desk, request, *view, "contested", {}, {}, {}, 200);
        if (kept.error().kind == ErrorKind::invalid) return space_page(desk, request, *view, {}, {}, {{"explanation", kept.error().code}}, "contest", 422);
        return desk.failure(locale, kept.error());
    }
    return desk.message(locale, 400, "bad_request");
}

}  // namespace

void author_routes(http::Router& router, const Desk& desk) {
    router.get("/me/{token}", [desk](const Request& request) {
        const auto view = desk.house.collect.author(request.part("token"));
        if (!view) return desk.failure(desk.locale_for(request, {}), view.error());
        return space_page(desk, request, *view, {}, {}, {}, {}, 200);
    });
    router.get("/me/{token}/rephrase", [desk](const Request& request) {
        const auto view = desk.house.collect.author(request.part("token"));
        if (!view) return desk.failure(desk.locale_for(request, {}), view.error());
        if (view->review.state != State::rephrase && !view->draft) return desk.message(desk.locale_for(request, view->locale), 409, "conflict");
        return rephrase_page(desk, request, *view, {}, {}, 200);
    });
    router.post("/me/{token}", [desk](const Request& request) { return act(desk, request); });
    router.get("/me/{token}/receipt.json", [desk](const Request& request) {
        const auto receipt = desk.house.collect.receipt_json(request.part("token"), Form::parse_query(request.query).get("of"));
        if (!receipt) return Response::problem(status_of(receipt.error().kind), receipt.error().code, receipt.error().message);
        auto response = Response::json(*receipt);
        response.with("Content-Disposition", "attachment; filename=\"receipt.json\"");
        return keep_private(response);
    });
    router.get("/me/{token}/batch.json", [desk](const Request& request) {
        const auto proof = desk.house.collect.batch_json(request.part("token"));
        if (!proof) return Response::problem(status_of(proof.error().kind), proof.error().code, proof.error().message);
        auto response = Response::json(*proof);
        response.with("Content-Disposition", "attachment; filename=\"batch.json\"");
        return keep_private(response);
    });
    router.get("/me/{token}/proof.tlog-proof", [desk](const Request& request) {
        const auto query = Form::parse_query(request.query);
        const bool published = query.get("leaf") == "published";
        const auto proof = desk.house.collect.proof(request.part("token"), query.get("of"), published ? collect::Collect::Leaf::published : collect::Collect::Leaf::collected);
        if (!proof) {
            auto response = Response::problem(status_of(proof.error().kind), proof.error().code, proof.error().message);
            if (proof.error().code == "not_yet") response.with("Retry-After", "1");
            return keep_private(response);
        }
        auto response = Response::text(*proof);
        response.with("Content-Disposition", published ? "attachment; filename=\"published.tlog-proof\"" : "attachment; filename=\"review.tlog-proof\"");
        return keep_private(response);
    });
}

}  // namespace verbatim::site
