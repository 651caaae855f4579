#include "edge/api/imports.h"

#include "edge/api/answers.h"
#include "ground/formats/csv.h"

namespace verbatim::api {
namespace {

using http::Form;
using http::Request;
using http::Response;
using imports::Import;
using imports::Imports;
using nlohmann::json;

json import_json(const Import& one) {
    return {{"id", one.id}, {"kind", one.kind}, {"file_name", one.file_name}, {"by", one.by}, {"state", one.state}, {"at", moment(one.at)}, {"started_at", moment(one.started_at)}, {"ended_at", moment(one.ended_at)},
            {"total", one.total}, {"counts", {{"read", one.counts.read}, {"taken", one.counts.taken}, {"already", one.counts.already}, {"rejected", one.counts.rejected}}}, {"why", text_or_null(one.why)}};
}

json whole_json(const Import& one) {
    auto out = import_json(one);
    out["rejections"] = json::array();
    for (const auto& rejection : one.rejections) out["rejections"].push_back({{"line", rejection.line}, {"why", rejection.why}});
    out["rows"] = json::array();
    for (const auto& row : one.rows) {
        json fields = json::object();
        for (const auto& [name, value] : row) fields[name] = value;
        out["rows"].push_back(std::move(fields));
    }
    return out;
}

// Whoever brings people gives them roles, any role: that is the administrator's alone.
bool may_bring(const Caller& caller, std::string_view kind) { return kind != "people" || caller.actor.role == "admin"; }
Response not_yours() { return Response::problem(403, "people_are_the_administrators", "people are brought by an administrator"); }

Response rejections_csv(const Import& one) {
    std::string body = "line,reason\r\n";
    for (const auto& rejection : one.rejections) {
        const auto line = std::to_string(rejection.line);
        const std::string_view fields[] = {line, rejection.why};
        body += csv_row(fields);
    }
    Response response;
    response.content_type = "text/csv; charset=utf-8; header=present";
    response.body = std::move(body);
    response.with("Content-Disposition", "attachment; filename=\"rejected.csv\"").with("Cache-Control", "private, no-store");
    return response;
}

Response preview(const Imports& imports, const Caller& caller, const Request& request) {
    const auto form = Form::parse(request);
    if (!form) return problem(form.error());
    const auto file = std::find_if(form->uploads.begin(), form->uploads.end(), [](const auto& upload) { return upload.first == "file"; });
    if (file == form->uploads.end()) return Response::problem(422, "file_missing", "send multipart/form-data with `kind` and `file`", "file");
    if (!may_bring(caller, form->get("kind"))) return not_yours();
    const auto one = imports.preview(caller.actor, form->get("kind"), file->second.file_name, file->second.bytes);
    return one ? answer(whole_json(*one), 201) : problem(one.error());
}

}  // namespace

void import_routes(Gate& gate, std::shared_ptr<const Imports> imports) {
    constexpr auto manage = Permission::settings_manage;  // a file knows no branch: it may name any point of sale
    gate.get("/api/v1/imports", manage, [imports](const Caller& caller, const Request&) {
        json out = {{"imports", json::array()}, {"kinds", json::array()}, {"next", nullptr}};
        for (const auto& kind : imports->kinds()) {
            if (may_bring(caller, kind)) out["kinds"].push_back(kind);
        }
        for (const auto& one : imports->list(50)) out["imports"].push_back(import_json(one));
        return answer(out);
    });
    gate.post("/api/v1/imports", manage, [imports](const Caller& caller, const Request& request) { return preview(*imports, caller, request); });
    gate.get("/api/v1/imports/{import}", manage, [imports](const Caller&, const Request& request) {
        const auto one = imports->find(request.part("import"));
        return one ? answer(whole_json(*one)) : nowhere();
    });
    gate.get("/api/v1/imports/{import}/rejections.csv", manage, [imports](const Caller&, const Request& request) {
        const auto one = imports->find(request.part("import"));
        return one ? rejections_csv(*one) : nowhere();
    });
    gate.post("/api/v1/imports/{import}/start", manage, [imports](const Caller& caller, const Request& request) {
        const auto looked_at = imports->find(request.part("import"));
        if (looked_at && !may_bring(caller, looked_at->kind)) return not_yours();
        const auto one = imports->start(caller.actor, request.part("import"));
        if (one) return answer(import_json(*one), 202);
        return one.error().kind == ErrorKind::not_found ? nowhere() : problem(one.error());
    });
}

}  // namespace verbatim::api
