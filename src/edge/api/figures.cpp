#include "edge/api/figures.h"

#include "edge/api/answers.h"
#include "edge/api/figures_json.h"
#include "ground/formats/csv.h"

namespace verbatim::api {
namespace {

using http::Form;
using http::Request;
using http::Response;
using nlohmann::json;
using oversee::Ask;
using oversee::Line;
using oversee::Lines;
using oversee::Oversee;

Result<Ask> ask_of(const Form& query) {
    Ask ask;
    ask.branch = query.get("branch");
    ask.service = query.get("service");
    ask.product = query.get("model");
    ask.compare = query.get("compare");
    if (const auto about = query.get("about"); !about.empty()) {
        if (about != "site" && about != "product") return invalid("about_unknown", "about is site or product", "about");
        ask.about = about == "site" ? oversee::About::site : oversee::About::product;
    }
    if (query.has("from") || query.has("to")) {
        const auto from = figures::parse_month(query.get("from")), to = figures::parse_month(query.get("to"));
        if (!from || !to) return invalid("month_wrong", "from and to are months like 2026-11, both or none", from ? "to" : "from");
        ask.period = oversee::Period{*from, *to};
    }
    return ask;
}

json line_json(const Line& line) {
    json out = compared_json(line.figures);
    out["key"] = line.key;
    out["name"] = line.name;
    out["branch"] = text_or_null(line.branch);
    return out;
}

// RFC 9110 section 12.5.1, as far as it decides between the two forms there are.
bool wants_csv(const Request& request) {
    const auto accept = request.field("Accept");
    return request.path.ends_with(".csv") || (accept.find("text/csv") != std::string_view::npos && accept.find("application/json") == std::string_view::npos);
}

std::string row_of(const std::vector<std::string>& fields) {
    const std::vector<std::string_view> views(fields.begin(), fields.end());
    return csv_row(views);
}

Response csv(std::string body, std::string_view name) {
    Response response;
    response.content_type = "text/csv; charset=utf-8; header=present";
    response.body = std::move(body);
    response.with("Content-Disposition", "attachment; filename=\"" + std::string(name) + ".csv\"").with("Cache-Control", "private, no-store");
    return response;
}

// A spreadsheet takes what begins with = + - @ for a formula; keys and names come from files of others.
std::string harmless(const std::string& text) { return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos ? "'" + text : text; }

std::string lines_csv(const Lines& lines) {
    std::vector<std::string> head = {"rank", lines.dimension, "name"};
    const auto columns = figures_columns();
    head.insert(head.end(), columns.begin(), columns.end());
    if (lines.asked.compare) {
        for (const auto& column : columns) head.push_back("before_" + column);
    }
    std::string body = row_of(head);
    for (const auto& line : lines.lines) {
        std::vector<std::string> fields = {line.rank == 0 ? "" : std::to_string(line.rank), harmless(line.key), harmless(line.name)};
        const auto add = [&](const oversee::Cell& cell) {
            const auto values = figures_fields(cell);
            fields.insert(fields.end(), values.begin(), values.end());
        };
        add(line.figures.now);
        if (line.figures.before) add(*line.figures.before);
        body += row_of(fields);
    }
    return body;
}

Response lines_answer(const Request& request, const Lines& lines, std::string_view name, const std::function<json(const Line&)>& one) {
    if (wants_csv(request)) return csv(lines_csv(lines), name);
    json out = {{"asked", asked_json(lines.asked)}, {"dimension", lines.dimension}, {"lines", json::array()}, {"total", lines.total}, {"next", text_or_null(lines.next)}};
    for (const auto& line : lines.lines) out["lines"].push_back(one(line));
    return answer(out);
}

Response summary(const Oversee& oversee, const Caller& caller, const Request& request) {
    const auto query = Form::parse_query(request.query);
    const auto ask = ask_of(query);
    if (!ask) return problem(ask.error());
    const auto found = oversee.summary(caller.branch, *ask);
    if (!found) return problem(found.error());
    if (wants_csv(request)) {
        Lines lines;
        lines.asked = found->asked;
        lines.dimension = "branch";
        Line line;
        line.key = found->asked.branch;
        line.name = found->name;
        line.figures = found->figures;
        lines.lines.push_back(std::move(line));
        return csv(lines_csv(lines), "summary");
    }
    json out = compared_json(found->figures);
    out["asked"] = asked_json(found->asked);
    out["name"] = found->name;
    out["criteria"] = json::array();
    const auto mean = [](const figures::Marks& marks) { return marks.count > 0 ? json(std::round(10'000.0 * static_cast<double>(marks.sum) / static_cast<double>(marks.count)) / 10'000) : json(nullptr); };
    for (const auto& one : found->criteria) {
        out["criteria"].push_back({{"criterion", one.criterion}, {"count", one.now.count}, {"mean", mean(one.now)},
                                   {"before_count", one.before ? json(one.before->count) : json(nullptr)}, {"before_mean", one.before ? mean(*one.before) : json(nullptr)}});
    }
    return answer(out);
}

Response series(const Oversee& oversee, const Caller& caller, const Request& request) {
    const auto ask = ask_of(Form::parse_query(request.query));
    if (!ask) return problem(ask.error());
    const auto found = oversee.series(caller.branch, *ask);
    if (!found) return problem(found.error());
    return lines_answer(request, *found, "series", line_json);
}

Response by(const Oversee& oversee, const Caller& caller, const Request& request, bool ranking) {
    const auto query = Form::parse_query(request.query);
    const auto ask = ask_of(query);
    if (!ask) return problem(ask.error());
    const auto limit = limit_of(query, 50, 500);
    if (!limit) return bad_limit(500);
    const oversee::Page page{std::string(query.get("sort")), std::string(query.get("after")), *limit};
    std::string dimension(query.get("dimension"));
    if (dimension.empty() && ranking) dimension = "site";
    const auto found = ranking ? oversee.ranking(caller.branch, *ask, dimension, page) : oversee.by(caller.branch, *ask, dimension, page);
    if (!found) return problem(found.error());
    return lines_answer(request, *found, ranking ? "ranking" : "by-" + found->dimension, [&](const Line& line) {
        json out = line_json(line);
        if (ranking) out["rank"] = line.rank == 0 ? json(nullptr) : json(line.rank);
        return out;
    });
}

Response moved(const Oversee& oversee, const Caller& caller, const Request& request) {
    const auto query = Form::parse_query(request.query);
    const auto ask = ask_of(query);
    if (!ask) return problem(ask.error());
    const auto limit = limit_of(query, 20, 200);
    if (!limit) return bad_limit(200);
    const auto found = oversee.moved(caller.branch, *ask, *limit);
    if (!found) return problem(found.error());
    json out = {{"asked", asked_json(found->asked)}, {"lines", json::array()}, {"tested", found->total}};
    for (const auto& line : found->lines) {
        const auto now = stats::stars_of(line.figures.now.stars()), before = stats::stars_of(line.figures.before->stars());
        const auto stars = [](const stats::Stars5& one) { return json{{"count", one.count}, {"mean", one.mean}, {"interval", {one.interval.low, one.interval.high}}}; };
        out["lines"].push_back({{"dimension", line.dimension}, {"key", line.key}, {"name", line.name}, {"branch", text_or_null(line.branch)}, {"service", text_or_null(line.service)},
                                {"now", stars(*now)}, {"before", stars(*before)}, {"change", difference_json(*line.change)}});
    }
    return answer(out);
}

Response words(const Oversee& oversee, const Caller& caller, const Request& request) {
    const auto query = Form::parse_query(request.query);
    const auto ask = ask_of(query);
    if (!ask) return problem(ask.error());
    oversee::WordsWish wish;
    const auto limit = limit_of(query, 20, 100);
    if (!limit) return bad_limit(100);
    wish.limit = *limit;
    wish.after = query.get("after");
    if (const auto stars = query.get("stars"); !stars.empty()) {
        const auto star = [](std::string_view text) { return text.size() == 1 && text[0] >= '1' && text[0] <= '5' ? text[0] - '0' : 0; };
        wish.from_stars = star(stars.substr(0, 1));
        wish.to_stars = stars.size() == 1 ? wish.from_stars : stars.size() == 3 && stars[1] == '-' ? star(stars.substr(2)) : 0;
    }
    const auto sort = query.get("sort");
    if (!sort.empty() && sort != "newest" && sort != "lowest") return problem(invalid("sort_unknown", "sort is newest or lowest", "sort"));
    wish.lowest_first = sort == "lowest";
    const auto found = oversee.words(caller.branch, *ask, wish);
    if (!found) return problem(found.error());
    json out = {{"asked", asked_json(found->asked)}, {"reviews", json::array()}, {"next", text_or_null(found->next)}};
    for (const auto& word : found->words) {
        out["reviews"].push_back({{"review", word.review}, {"subject", word.subject}, {"subject_name", word.subject_name}, {"service", word.service},
                                  {"rating", word.rating ? json(*word.rating) : json(nullptr)}, {"title", word.title}, {"body", word.body}, {"lang", text_or_null(word.lang)},
                                  {"experience_on", text_or_null(word.experience_on)}, {"published_at", moment(word.published_at)}});
    }
    return answer(out);
}

}  // namespace

void figure_routes(Gate& gate, const Oversee& oversee) {
    const auto add = [&gate](const std::string& name, bool as_csv, const Act& act) {
        gate.get("/api/v1/figures/" + name, Permission::figures_read, act);
        if (as_csv) gate.get("/api/v1/figures/" + name + ".csv", Permission::figures_read, act);
    };
    add("summary", true, [&oversee](const Caller& caller, const Request& request) { return summary(oversee, caller, request); });
    add("series", true, [&oversee](const Caller& caller, const Request& request) { return series(oversee, caller, request); });
    add("by", true, [&oversee](const Caller& caller, const Request& request) { return by(oversee, caller, request, false); });
    add("ranking", true, [&oversee](const Caller& caller, const Request& request) { return by(oversee, caller, request, true); });
    add("moved", false, [&oversee](const Caller& caller, const Request& request) { return moved(oversee, caller, request); });
    add("words", false, [&oversee](const Caller& caller, const Request& request) { return words(oversee, caller, request); });
}

}  // namespace verbatim::api
