#include "edge/api/reports.h"

#include "edge/api/answers.h"

namespace verbatim::api {
namespace {

using http::Request;
using http::Response;

Response show(const report::Reports& reports, const Caller& caller, const Request& request, bool pdf) {
    const auto query = http::Form::parse_query(request.query);
    std::optional<int> month;
    if (query.has("month")) {
        month = figures::parse_month(query.get("month"));
        if (!month) return problem(invalid("month_wrong", "a month, like 2026-10", "month"));
    }
    const auto made = reports.make(caller.branch, request.part("branch"), month);
    if (!made) return problem(made.error());
    if (!pdf) return Response::json(reports.to_json(*made));
    Response response;
    response.content_type = "application/pdf";
    response.body = reports.to_pdf(*made, query.get("lang"));
    std::string name = "report-";
    for (const char c : made->branch == "*" ? std::string("all") : made->branch) name += c == ':' || c == '"' || c == '\\' ? '-' : c;
    response.with("Content-Disposition", "attachment; filename=\"" + name + "-" + figures::format_month(made->month) + ".pdf\"").with("Cache-Control", "private, no-store");
    return response;
}

}  // namespace

void report_routes(Gate& gate, const report::Reports& reports) {
    gate.get("/api/v1/reports/{branch}", Permission::figures_read, [&reports](const Caller& caller, const Request& request) { return show(reports, caller, request, false); });
    gate.get("/api/v1/reports/{branch}/pdf", Permission::figures_read, [&reports](const Caller& caller, const Request& request) { return show(reports, caller, request, true); });
}

}  // namespace verbatim::api
