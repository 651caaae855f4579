// The transparency page and its downloads (norms MOD-1, MOD-2, MOD-4, PUB-1, COL-7, SUP-1, NOT-7). All three are one text: the
// figures counted from the public log. Each number on the page names its place in transparency.json (data-row, data-figure),
// so that anyone can hold the page against his own count.
#include <algorithm>

#include "edge/site/frame.h"
#include "ground/base/calendar.h"

namespace verbatim::site {
namespace {

using http::Request;
using http::Response;
using http::ShopWindow;
using ordered = nlohmann::ordered_json;

constexpr int keep_seconds = 20;
constexpr std::size_t months_shown = 24;
constexpr std::size_t sites_shown = 300;  // the others are in the download

std::string upper(std::string_view name) {
    std::string out(name);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return out;
}

// A row's members under their names in capitals; rates as numbers, what is not known as nothing.
json row_data(const std::string& path, const ordered& row) {
    json data = {{"PATH", path}};
    for (const auto& [name, value] : row.items()) {
        if (value.is_structured()) continue;
        if (value.is_null()) data[upper(name)] = "";
        else if (name == "refusal_rate") data["REFUSAL_RATE"] = std::stod(value.get<std::string>());
        else data[upper(name)] = value;
    }
    return data;
}

json table_data(const ordered& figures, const char* name) {
    json rows = json::array();
    for (std::size_t i = 0; i < figures[name].size(); ++i) rows.push_back(row_data(std::string(name) + "/" + std::to_string(i), figures[name][i]));
    return rows;
}

json share_of(std::int64_t part, std::int64_t whole) { return whole == 0 ? json("") : json(static_cast<double>(part) / static_cast<double>(whole)); }

// Norm MOD-2: the same for the unhappy as for the happy.
json refused_share(const ordered& stars, int from, int to) {
    std::int64_t refused = 0, decided = 0;
    for (const auto& row : stars) {
        const auto star = row["stars"].get<int>();
        if (star < from || star > to) continue;
        refused += row["refused"].get<std::int64_t>();
        decided += row["refused"].get<std::int64_t>() + row["published"].get<std::int64_t>();
    }
    return share_of(refused, decided);
}

// Columns of a picture 100 high, the newest month at the right; the numbers stand in the table below it.
json month_columns(const json& months) {
    std::int64_t most = 1;
    for (const auto& month : months) most = std::max(most, month["RECEIVED"].get<std::int64_t>());
    json columns = json::array();
    int x = 0;
    for (const auto& month : months) {
        const auto height = [&](std::int64_t count) { return count == 0 ? std::int64_t{0} : std::max<std::int64_t>(1, count * 100 / most); };
        const auto all = height(month["RECEIVED"].get<std::int64_t>()), refused = height(month["REFUSED"].get<std::int64_t>());
        columns.push_back({{"X", x}, {"Y", 100 - all}, {"HEIGHT", all}, {"REFUSED_Y", 100 - refused}, {"REFUSED_HEIGHT", refused}});
        x += 10;
    }
    return columns;
}

json page_data(const Desk& desk, const render::Locale& locale, const ordered& figures) {
    auto data = desk.frame(locale, "/transparency");
    data["SIZE"] = figures["log"]["size"];
    data["AS_OF"] = parse_moment(figures["as_of"].get<std::string>()).value_or(0);
    data["TOTAL"] = row_data("total", figures["total"]);
    data["LOW_RATE"] = refused_share(figures["by_star"], 1, 2);
    data["HIGH_RATE"] = refused_share(figures["by_star"], 4, 5);
    data["MEDIAN"] = data["TOTAL"]["DELAY_P50"];
    data["MAX_DAYS"] = figures["declared"]["max_delay_days"];

    data["BY_STAR"] = table_data(figures, "by_star");
    double highest = 0;
    for (const auto& row : data["BY_STAR"]) highest = std::max(highest, row["REFUSAL_RATE"].is_number() ? row["REFUSAL_RATE"].get<double>() : 0.0);
    for (auto& row : data["BY_STAR"]) row["BAR"] = highest > 0 && row["REFUSAL_RATE"].is_number() ? row["REFUSAL_RATE"].get<double>() / highest : 0.0;
    data["BY_REASON"] = table_data(figures, "by_reason");
    auto months = table_data(figures, "by_month");
    if (months.size() > months_shown) months.erase(months.begin(), months.end() - static_cast<std::ptrdiff_t>(months_shown));
    for (auto& month : months) month["FIRST_DAY"] = month["MONTH"].get<std::string>() + "-01";
    if (months.size() > 1) data["CHART"] = {{"COLUMNS", month_columns(months)}, {"WIDTH", months.size() * 10}, {"FROM", months.front()["FIRST_DAY"]}, {"TO", months.back()["FIRST_DAY"]}};
    std::reverse(months.begin(), months.end());
    data["BY_MONTH"] = std::move(months);
    data["BY_COUNTRY"] = table_data(figures, "by_country");
    auto sites = table_data(figures, "by_site");
    data["SITES"] = {{"COUNT", sites.size()}};
    if (sites.size() > sites_shown) {
        data["SITES"]["MORE"] = sites.size() - sites_shown;
        sites.erase(sites.begin() + static_cast<std::ptrdiff_t>(sites_shown), sites.end());
    }
    std::map<std::string, std::int64_t> pressed;
    for (const auto& one : figures["declared"]["pressure"]) pressed[one["site"].get<std::string>()] = one["reports"].get<std::int64_t>();
    for (auto& site : sites) {
        site["URL"] = "/" + locale.tag() + "/sites/" + site["SITE"].get<std::string>();
        if (const auto found = pressed.find(site["SITE"].get<std::string>()); found != pressed.end()) site["PRESSED"] = found->second;
    }
    data["BY_SITE"] = std::move(sites);
    data["BY_SUBJECT"] = table_data(figures, "by_subject");
    for (auto& row : data["BY_SUBJECT"]) {
        const auto code = row["SUBJECT"].get<std::string>().substr(row["SUBJECT"].get<std::string>().find(':') + 1);
        const auto product = desk.house.publish.product(code);
        row["NAME"] = product ? product->name : code;
        row["URL"] = "/" + locale.tag() + "/products/" + code;
    }

    const auto& asked = figures["asked"];
    if (asked["eligible"].get<std::int64_t>() > 0) {
        data["ASKED"] = row_data("asked", asked);
        data["ASKED"]["SUPPRESSED"] = json::array();
        for (const auto& [reason, count] : asked["suppressed"].items()) data["ASKED"]["SUPPRESSED"].push_back({{"REASON", reason}, {"COUNT", count}});
    }
    data["NOTICES"] = figures["notices"]["received"];
    data["APPEALS"] = figures["appeals"]["received"];
    const auto outcome = [&](const char* word) { return figures["outcomes"].contains(word) ? json(figures["outcomes"][word]) : json(0); };
    data["OVERTURNED"] = outcome("overturned");
    data["GATHERED"] = table_data(figures, "gathered");
    bool all_hold = true;
    for (const auto& sum : figures["sums"]) all_hold = all_hold && sum["holds"].get<bool>();
    data["SUMS_HOLD"] = all_hold;
    data["LOG_URL"] = desk.options.base_url;
    return data;
}

// One number a line, named by its place: what a spreadsheet turns into any table it likes.
std::string csv(const ordered& figures) {
    std::string out = "table,row,measure,value\r\n";
    const auto cell = [](std::string text) {
        if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) text.insert(text.begin(), '\'');  // a formula to some spreadsheets
        if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
        std::string quoted = "\"";
        for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
        return quoted + "\"";
    };
    const auto text_of = [](const ordered& value) { return value.is_string() ? value.get<std::string>() : value.is_null() ? std::string() : value.dump(); };
    const auto line = [&](const std::string& table, const std::string& row, const std::string& measure, const ordered& value) {
        out += cell(table) + "," + cell(row) + "," + cell(measure) + "," + cell(text_of(value)) + "\r\n";
    };
    const auto object = [&](const std::string& table, const std::string& row, const ordered& members, std::string_view but) {
        for (const auto& [name, value] : members.items()) {
            if (name == but) continue;
            if (!value.is_structured()) line(table, row, name, value);
            else for (const auto& [inner, count] : value.items()) if (!count.is_structured()) line(table, row, name + ":" + inner, count);
        }
    };
    for (const auto& [name, value] : figures.items()) {
        if (name == "declared") continue;  // nothing that is counted
        if (value.is_object()) object(name, "", value, "");
        else if (!value.is_array()) line(name, "", "", value);
        else for (const auto& row : value) if (!row.empty()) object(name, text_of(row.front()), row, row.begin().key());
    }
    return out;
}

}  // namespace

void figures_routes(http::Router& router, const Desk& desk) {
    router.get("/{locale}/transparency", [desk](const Request& request) {
        const auto* locale = desk.locale_of(request);
        if (locale == nullptr) return desk.message(desk.locale_for(request, {}), 404, "not_found");
        return desk.house.window.show(request, {"figures"}, keep_seconds, [&]() -> ShopWindow::Built {
            const auto figures = ordered::parse(*desk.house.figures());
            return {desk.page("transparency", *locale, page_data(desk, *locale, figures)), desk.options.page_fields, request.query.empty()};
        });
    });
    const std::vector<http::Field> for_all = {{"Cache-Control", "public, max-age=20"}, {"Access-Control-Allow-Origin", "*"}, {"X-Content-Type-Options", "nosniff"}};
    router.get("/transparency.json", [desk, for_all](const Request& request) {
        return desk.house.window.show(request, {"figures"}, keep_seconds, [&]() -> ShopWindow::Built { return {Response::json(*desk.house.figures()), for_all, request.query.empty()}; });
    });
    router.get("/transparency.csv", [desk, for_all](const Request& request) {
        return desk.house.window.show(request, {"figures"}, keep_seconds, [&]() -> ShopWindow::Built {
            Response response;
            response.content_type = "text/csv; charset=utf-8; header=present";
            response.body = csv(ordered::parse(*desk.house.figures()));
            return {std::move(response), for_all, request.query.empty()};
        });
    });
}

}  // namespace verbatim::site
