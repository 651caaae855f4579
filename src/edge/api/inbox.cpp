#include "edge/api/inbox.h"

#include <charconv>

#include "edge/api/answers.h"
#include "edge/api/inbox_json.h"
#include "ground/formats/csv.h"

namespace verbatim::api {

using nlohmann::json;

json reply_json(const reviews::Reply& reply) {
    return {{"id", reply.id}, {"body", reply.body}, {"author", reply.author}, {"staff", reply.staff}, {"state", reply.state}, {"submitted_at", format_moment(reply.submitted_at)},
            {"published_at", moment(reply.published_at)}};
}

json inbox_json(const reply::InboxLine& line) {
    const auto& review = line.review;
    const auto& content = review.content;
    json marks = json::array();
    for (const auto& [start, end] : line.snippet.marks) marks.push_back({start, end});
    return {{"id", review.id}, {"subject", content.subject}, {"subject_name", line.subject_name}, {"service", text_or_null(content.service)}, {"origin", review.origin},
            {"source", text_or_null(review.source)}, {"state", reviews::to_word(review.state)}, {"rating", content.rating ? json(*content.rating) : json(nullptr)},
            {"title", text_or_null(content.title)}, {"excerpt", line.snippet.text}, {"marks", marks}, {"cut_before", line.snippet.cut_before}, {"cut_after", line.snippet.cut_after},
            {"lang", text_or_null(content.lang)}, {"author", text_or_null(review.signature)}, {"product_name", text_or_null(line.product_name)},
            {"adviser_name", text_or_null(line.adviser_name)}, {"experience_on", text_or_null(content.experience_on)}, {"submitted_at", format_moment(review.submitted_at)},
            {"published_at", moment(review.published_at)}, {"proven", line.proven}, {"in_case", line.in_case}, {"reply", line.reply ? json(line.reply->state) : json(nullptr)}};
}

namespace {

using http::Form;
using http::Request;
using http::Response;

std::vector<std::string> list_of(std::string_view text) {
    std::vector<std::string> all;
    while (!text.empty() && all.size() < 20) {
        const auto one = text.substr(0, text.find(','));
        text.remove_prefix(std::min(text.size(), one.size() + 1));
        if (!one.empty()) all.emplace_back(one);
    }
    return all;
}

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

Result<reply::InboxQuery> query_of(const Form& form) {
    reply::InboxQuery query;
    auto& wanted = query.wanted;
    wanted.words = form.get("q");
    if (wanted.words.size() > 400) return invalid("too_long", "look for at most 400 characters", "q");
    for (const auto& one : list_of(form.get("stars"))) {
        const auto stars = number_of(one);
        if (!stars || *stars < 0 || *stars > 5) return invalid("stars", "stars are 1 to 5 (0: none given), joined by commas", "stars");
        wanted.stars.push_back(static_cast<int>(*stars));
    }
    wanted.services = list_of(form.get("service"));
    wanted.languages = list_of(form.get("lang"));
    wanted.states = list_of(form.get("state"));
    wanted.origins = list_of(form.get("origin"));
    query.product = form.get("product");
    if (form.has("adviser")) {
        const auto adviser = number_of(form.get("adviser"));
        if (!adviser || *adviser < 1) return invalid("adviser", "adviser is a person's number", "adviser");
        query.adviser = *adviser;
    }
    const auto flag = [&](const char* name, std::optional<bool>& into) -> Result<void> {
        const auto text = form.get(name);
        if (text.empty()) return {};
        if (text != "yes" && text != "no") return invalid(name, std::string(name) + " is yes or no", name);
        into = text == "yes";
        return {};
    };
    if (const auto good = flag("replied", wanted.replied); !good) return good.error();
    if (const auto good = flag("case", wanted.in_case); !good) return good.error();
    const auto day = [&](const char* name, Seconds& into) -> Result<void> {
        const auto text = form.get(name);
        if (text.empty()) return {};
        const auto moment = parse_moment(text);
        if (!moment) return invalid(name, std::string(name) + " is a day or a moment, 2026-11-27", name);
        into = *moment;
        return {};
    };
    if (const auto good = day("from", wanted.from); !good) return good.error();
    if (const auto good = day("until", wanted.until); !good) return good.error();
    const auto order = form.get("order");
    if (order == "oldest") wanted.order = reviews::Order::oldest;
    else if (order == "lowest") wanted.order = reviews::Order::lowest;
    else if (!order.empty() && order != "newest") return invalid("order", "order is newest, oldest or lowest", "order");
    wanted.after = form.get("after");
    return query;
}

// A cell that a spreadsheet would take for a formula begins with an apostrophe: customers' words run nowhere.
std::string cell(std::string text) {
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) text.insert(text.begin(), '\'');
    return text;
}

std::string csv_line(const std::vector<std::string>& cells) {
    std::vector<std::string_view> fields(cells.begin(), cells.end());
    return csv_row(fields);
}

Response search(const InboxHouse& house, const Caller& caller, const Request& request) {
    const auto form = Form::parse_query(request.query);
    const auto limit = limit_of(form);
    if (!limit) return bad_limit();
    auto query = query_of(form);
    if (!query) return problem(query.error());
    query->wanted.limit = *limit;
    const auto branch = house.inbox.narrowed(caller.branch, form.get("branch"));
    if (!branch) return nowhere();
    const auto found = house.inbox.search(caller.actor, *branch, *query);
    if (!found) return problem(found.error());
    json all = {{"reviews", json::array()}, {"next", text_or_null(found->next)}};
    for (const auto& line : found->lines) all["reviews"].push_back(inbox_json(line));
    return answer(all);
}

// The filtered list as a file, a page at a time, so that neither side holds more: `Link: <...>; rel="next"` (RFC 8288) says where it
// goes on. The heading stands on the first page alone, so pages put together are one file.
Response as_csv(const InboxHouse& house, const Caller& caller, const Request& request) {
    constexpr int page = 1000;
    const auto form = Form::parse_query(request.query);
    auto query = query_of(form);
    if (!query) return problem(query.error());
    query->wanted.limit = page;
    const auto branch = house.inbox.narrowed(caller.branch, form.get("branch"));
    if (!branch) return nowhere();
    const auto found = house.inbox.search(caller.actor, *branch, *query);
    if (!found) return problem(found.error());
    std::string out;
    if (query->wanted.after.empty()) {
        out = csv_line({"id", "submitted_at", "published_at", "state", "subject", "name", "service", "model", "adviser", "origin", "lang", "rating", "title", "body", "experience_on", "author",
                        "in_case", "reply_state", "reply"});
    }
    for (const auto& line : found->lines) {
        const auto& review = line.review;
        const auto& content = review.content;
        out += csv_line({review.id, format_moment(review.submitted_at), review.published_at == 0 ? "" : format_moment(review.published_at), std::string(reviews::to_word(review.state)),
                         content.subject, line.subject_name, content.service, line.product_name, line.adviser_name, review.origin, content.lang,
                         content.rating ? std::to_string(*content.rating) : "", cell(content.title), cell(content.body), content.experience_on, cell(review.signature), line.in_case ? "yes" : "no",
                         line.reply ? line.reply->state : "", cell(line.reply ? line.reply->body : "")});
    }
    auto response = Response::text(std::move(out));
    response.content_type = "text/csv; charset=utf-8; header=present";
    response.with("Content-Disposition", "attachment; filename=\"reviews.csv\"");
    if (!found->next.empty()) {
        std::string address = "/api/v1/reviews.csv?after=" + found->next;
        for (const auto& [name, value] : form.values) {
            if (name == "after") continue;
            address += "&" + name + "=";
            for (const unsigned char c : value) {
                constexpr std::string_view digits = "0123456789ABCDEF";
                if (std::isalnum(c) != 0) address += static_cast<char>(c);
                else address += std::string("%") + digits[c >> 4] + digits[c & 15];
            }
        }
        response.with("Link", "<" + address + ">; rel=\"next\"");
    }
    return response;
}

Response details(const InboxHouse& house, const Caller& caller, const Request& request) {
    const auto found = house.inbox.details(caller.actor, caller.branch, request.part("review"));
    if (!found) return problem(found.error());
    const auto& review = found->line.review;
    const auto& content = review.content;
    json all = inbox_json(found->line);
    all["reply"] = found->line.reply ? reply_json(*found->line.reply) : json(nullptr);
    all["body"] = content.body;
    all["criteria"] = json::array();
    for (const auto& [code, value] : content.criteria) all["criteria"].push_back({{"code", code}, {"value", value}});
    all["recommend"] = content.recommend ? json(*content.recommend) : json(nullptr);
    all["reason"] = text_or_null(review.reason);
    all["decide_by"] = moment(review.decide_by);
    all["updated_at"] = moment(review.updated_at);
    all["contact_me"] = review.contact_me;
    all["site"] = text_or_null(found->site);
    all["site_name"] = text_or_null(found->site_name);
    all["timezone"] = text_or_null(found->timezone);
    all["incentive"] = text_or_null(found->incentive);
    all["correction_waits"] = found->draft_waits;
    all["visited_on"] = text_or_null(found->visited_on);
    all["registered_on"] = text_or_null(found->registered_on);
    all["together"] = found->together;
    const auto case_id = house.cases.of_review(review.id);
    const bool works_with_customers = access::may(caller.actor.role, Permission::cases_read);
    all["case"] = works_with_customers ? text_or_null(case_id) : json(nullptr);
    // Whoever calls customers may know who wrote; nobody else needs to.
    all["customer"] = works_with_customers && !found->customer_name.empty()
        ? json({{"name", found->customer_name}, {"phone", text_or_null(found->customer_phone)}, {"email", text_or_null(found->customer_email)}}) : json(nullptr);
    all["history"] = json::array();
    for (const auto& step : found->history) {
        // Details of moderation may quote words that are not public; the step itself is no secret.
        all["history"].push_back({{"at", format_moment(step.at)}, {"step", step.step}, {"actor", step.actor.substr(0, step.actor.find(':'))}});
    }
    all["versions"] = json::array();
    for (const auto& version : found->versions) {
        all["versions"].push_back({{"version", version.version}, {"title", text_or_null(version.content.title)}, {"body", version.content.body},
                                   {"rating", version.content.rating ? json(*version.content.rating) : json(nullptr)}, {"until", format_moment(version.until)}});
    }
    return answer(all);
}

json template_json(const reply::Template& one) {
    return {{"id", one.id}, {"situation", one.situation}, {"lang", one.lang}, {"title", text_or_null(one.title)}, {"body", one.body}, {"packaged", one.packaged}, {"active", one.active},
            {"branch", one.branch}};
}

Response help(const InboxHouse& house, const Caller& caller, const Request& request) {
    const auto found = house.answers.help(caller.actor, caller.branch, request.part("review"));
    if (!found) return problem(found.error());
    json all = {{"situation", found->situation}, {"signals", found->signals}, {"troll", found->troll}, {"templates", json::array()}};
    for (const auto& one : found->templates) all["templates"].push_back(template_json(one));
    return answer(all);
}

Response send(const InboxHouse& house, const Caller& caller, const Request& request) {
    const auto body = object_of(request);
    if (!body) return problem(body.error());
    const auto sent = house.answers.send(caller.actor, caller.branch, request.part("review"), text_of(*body, "body"), house.replies);
    if (!sent) return problem(sent.error());
    return answer({{"reply", *sent}}, 201);
}

Response check(const InboxHouse& house, const Caller& caller, const Request& request) {
    const auto body = object_of(request);
    if (!body) return problem(body.error());
    const auto report = house.answers.check(caller.actor, caller.branch, text_of(*body, "review"), text_of(*body, "body"));
    if (!report) return problem(report.error());
    json all = {{"would_be_held", report->would_be_held}, {"advice", json::array()}};
    for (const auto& one : report->advice) {
        all["advice"].push_back({{"rule", one.rule}, {"held", one.held}, {"start", one.start}, {"end", one.end}, {"text", text_or_null(one.text)}});
    }
    return answer(all);
}

Response templates(const InboxHouse& house, const Caller& caller, const Request& request) {
    const auto query = Form::parse_query(request.query);
    json all = {{"templates", json::array()}, {"situations", reply::situations()}};
    for (const auto& one : house.answers.list(caller.actor, caller.branch, query.get("lang"), query.get("situation"), query.get("active") == "yes")) all["templates"].push_back(template_json(one));
    return answer(all);
}

Response save(const InboxHouse& house, const Caller& caller, const Request& request) {
    const auto body = object_of(request);
    if (!body) return problem(body.error());
    const bool made = request.part("template").empty();
    reply::Template wanted{std::string(request.part("template")), text_of(*body, "situation"), text_of(*body, "lang"), text_of(*body, "title"), text_of(*body, "body"), false,
                           !body->contains("active") || flag_of(*body, "active"), {}};
    const auto kept = house.answers.save(caller.actor, caller.branch, wanted);
    if (!kept) return problem(kept.error());
    return answer({{"id", *kept}}, made ? 201 : 200);
}

Response remove(const InboxHouse& house, const Caller& caller, const Request& request) {
    const auto gone = house.answers.remove(caller.actor, caller.branch, request.part("template"));
    if (!gone) return problem(gone.error());
    return answer({{"id", request.part("template")}});
}

}  // namespace

void inbox_routes(Gate& gate, InboxHouse house) {
    const auto with = [&](Response (*act)(const InboxHouse&, const Caller&, const Request&)) -> Act {
        return [house, act](const Caller& caller, const Request& request) { return act(house, caller, request); };
    };
    gate.get("/api/v1/reviews", Permission::reviews_read, with(search));
    gate.get_noted("/api/v1/reviews.csv", Permission::reviews_export, with(as_csv));
    gate.get("/api/v1/reviews/{review}/details", Permission::reviews_read, with(details));
    gate.get("/api/v1/reviews/{review}/help", Permission::reviews_answer, with(help));
    gate.post("/api/v1/reviews/{review}/reply", Permission::reviews_answer, with(send));
    gate.post("/api/v1/tone-check", Permission::reviews_answer, with(check));
    gate.get("/api/v1/reply-templates", Permission::templates_read, with(templates));
    gate.post("/api/v1/reply-templates", Permission::templates_manage, with(save));
    gate.put("/api/v1/reply-templates/{template}", Permission::templates_manage, with(save));
    gate.del("/api/v1/reply-templates/{template}", Permission::templates_manage, with(remove));
}

}  // namespace verbatim::api
