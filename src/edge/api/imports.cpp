#include "edge/api/imports.h"

#include "edge/api/answers.h"

namespace verbatim::api {
namespace {

using http::Form;
using http::Request;
using http::Response;
using imports::Import;
using imports::Imports;
using nlohmann::json;

json import_json(const Import& one) {
    return {{"id", one.id}, {"kind", one.kind}, {"file_name", one.file_name}, {"by", one.by}, {"state", one.state}, {"at", moment(one.at)}, {"ended_at", moment(one.ended_at)},
            {"counts", {{"read", one.counts.read}, {"taken", one.counts.taken}, {"already", one.counts.already}, {"rejected", one.counts.rejected}}}, {"why", text_or_null(one.why)}};
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

Response preview(const Imports& imports, const Caller& caller, const Request& request) {
    const auto form = Form::parse(request);
    if (!form) return problem(form.error());
    const auto file = std::find_if(form->uploads.begin(), form->uploads.end(), [](const auto& upload) { return upload.first == "file"; });
    if (file == form->uploads.end()) return Response::problem(422, "file_missing", "send multipart/form-data with `kind` and `file`", "file");
    const auto one = imports.preview(caller.actor, form->get("kind"), file->second.file_name, file->second.bytes);
    return one ? answer(whole_json(*one), 201) : problem(one.error());
}

}  // namespace

void import_routes(Gate& gate, std::shared_ptr<const Imports> imports) {
    constexpr auto manage = Permission::settings_manage;  // a file knows no branch: it may name any point of sale
    gate.get("/api/v1/imports", manage, [imports](const Caller&, const Request&) {
        json out = {{"imports", json::array()}, {"kinds", imports->kinds()}, {"next", nullptr}};
        for (const auto& one : imports->list(50)) out["imports"].push_back(import_json(one));
        return answer(out);
    });
    gate.post("/api/v1/imports", manage, [imports](const Caller& caller, const Request& request) { return preview(*imports, caller, request); });
    gate.get("/api/v1/imports/{import}", manage, [imports](const Caller&, const Request& request) {
        const auto one = imports->find(request.part("import"));
        return one ? answer(whole_json(*one)) : nowhere();
    });
    gate.post("/api/v1/imports/{import}/start", manage, [imports](const Caller& caller, const Request& request) {
        const auto one = imports->start(caller.actor, request.part("import"));
        if (one) return answer(import_json(*one), 202);
        return one.error().kind == ErrorKind::not_found ? nowhere() : problem(one.error());
    });
}

}  // namespace verbatim::api
