// What campaigns want and get: goals, splits and how they ended, lists of those who did not come.
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "edge/api/answers.h"
#include "edge/api/plan.h"
#include "ground/formats/csv.h"
#include "life/plan/retarget.h"
#include "life/plan/splits.h"

namespace verbatim::api {
namespace {

using http::Request;
using http::Response;
using nlohmann::json;

constexpr int page = 1000;

struct Span {
    Seconds from = 0, until = 0;
};
std::optional<Span> span_of(const http::Form& query) {
    const auto from = parse_moment(query.get("from")), until = parse_moment(query.get("until"));
    if (!from || !until) return std::nullopt;
    return Span{*from, *until};
}
Response no_span() { return Response::problem(422, "span", "from and until are days: 2026-11-01", "from"); }

Response splits(const plan::Run& run, const Caller& caller) {
    const auto all = run.splits(caller.actor);
    if (!all) return problem(all.error());
    json out = {{"splits", json::array()}};
    for (const auto& one : *all) {
        json variants = json::array();
        for (std::size_t i = 0; i < one.variants.size(); ++i) variants.push_back({{"id", one.variants[i]}, {"share", one.shares[i]}, {"people", one.people[i]}, {"conversions", one.conversions[i]}});
        out["splits"].push_back({{"campaign", one.campaign}, {"goal", one.goal}, {"within_days", one.within_days}, {"variants", variants}, {"evidence", std::exp(std::min(one.log_evidence, 700.0))}, {"ends_at_evidence", 1 / one.alpha},
                                 {"began_at", moment(one.began_at)}, {"counted_at", moment(one.counted_at)}, {"ended_at", moment(one.ended_at)},
                                 {"winner", one.winner < 0 ? json(nullptr) : json(one.variants[static_cast<std::size_t>(one.winner)])}, {"why", text_or_null(one.why)}});
    }
    return answer(out);
}

Response goals(const plan::Run& run, const Caller& caller, const Request& request) {
    const auto span = span_of(http::Form::parse_query(request.query));
    if (!span) return no_span();
    const auto all = run.goals(caller.actor, span->from, span->until);
    if (!all) return problem(all.error());
    json out = {{"goals", json::array()}};
    for (const auto& one : *all) {
        out["goals"].push_back({{"campaign", one.campaign}, {"variant", text_or_null(one.variant)}, {"goal", text_or_null(one.goal)}, {"within_days", one.goal.empty() ? json(nullptr) : json(one.within_days)}, {"letters", one.letters},
                                {"clicked", one.clicked}, {"reached", one.goal.empty() ? json(nullptr) : json(one.reached)}});
    }
    return answer(out);
}

// A spreadsheet takes what begins with = + - @ for a formula; numbers come from files of others.
std::string cell(const std::string& text) { return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos ? "'" + text : text; }

// A page at a time, as reviews.csv: the heading on the first alone, `Link: <...>; rel="next"` (RFC 8288) where there is more.
Response list(const plan::Run& run, const Caller& caller, const Request& request) {
    const auto query = http::Form::parse_query(request.query);
    const auto span = span_of(query);
    if (!span) return no_span();
    plan::ListWish wish;
    wish.from = span->from, wish.until = span->until, wish.campaign = query.get("campaign"), wish.limit = page;
    const auto did = query.get("did");
    if (!did.empty() && did != "clicked" && did != "not_clicked" && did != "anything") return Response::problem(422, "did", "did is clicked, not_clicked or anything", "did");
    wish.did = did == "not_clicked" ? plan::Did::not_clicked : did == "anything" ? plan::Did::anything : plan::Did::clicked;
    const auto lacks = plan::read_lacks(query.get("lacks"));
    if (!lacks) return Response::problem(422, "lacks", "lacks names some of visit, order, delivery, review, with commas", "lacks");
    wish.lacks = *lacks;
    const auto number = [&](std::string_view name, std::int64_t usual) {
        const auto text = query.get(name);
        std::int64_t value = usual;
        if (!text.empty()) std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
    };
    wish.days = static_cast<int>(std::clamp<std::int64_t>(number("days", 30), 1, 365));
    wish.after = std::max<std::int64_t>(0, number("after", 0));
    const auto found = run.list(caller.actor, wish);
    if (!found) return problem(found.error());
    std::string out;
    const auto line = [&out](std::initializer_list<std::string_view> fields) { out += csv_row({fields.begin(), fields.size()}); };
    if (wish.after == 0) line({"number", "campaign", "variant", "sent_at", "clicked"});
    for (const auto& one : found->people) line({cell(one.number), wish.campaign, one.variant, format_moment(one.at), one.clicked ? "yes" : "no"});
    auto response = Response::text(std::move(out));
    response.content_type = "text/csv; charset=utf-8; header=present";
    response.with("Content-Disposition", "attachment; filename=\"list.csv\"").with("Cache-Control", "private, no-store");
    if (found->next != 0) {
        // The campaign's id is letters, digits and _; the rest are words and days that were read above.
        response.with("Link", "</api/v1/plan/list.csv?after=" + std::to_string(found->next) + "&campaign=" + wish.campaign + "&did=" + std::string(did.empty() ? "clicked" : did) + "&lacks=" + std::string(query.get("lacks")) +
                                  "&days=" + std::to_string(wish.days) + "&from=" + format_moment(wish.from) + "&until=" + format_moment(wish.until) + ">; rel=\"next\"");
    }
    return response;
}

}  // namespace

void plan_goal_routes(Gate& gate, plan::Run& run) {
    gate.get("/api/v1/plan/splits", Permission::plan_read, [&run](const Caller& caller, const Request&) { return splits(run, caller); });
    gate.get("/api/v1/plan/goals", Permission::plan_read, [&run](const Caller& caller, const Request& request) { return goals(run, caller, request); });
    gate.get_noted("/api/v1/plan/list.csv", Permission::plan_manage, [&run](const Caller& caller, const Request& request) { return list(run, caller, request); });
}

}  // namespace verbatim::api
