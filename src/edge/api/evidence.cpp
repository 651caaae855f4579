#include "edge/api/evidence.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "edge/api/answers.h"

namespace verbatim::api {
namespace {

using http::Request;
using http::Response;
using nlohmann::json;

using Show = Response (*)(const AuditDoors&, const Caller&, const Request&);

// The report is about the whole brand and cannot be cut to a branch.
Response whole_brand_only() { return Response::problem(403, "whole_brand", "the evidence is about the whole brand; your role reaches a part of it"); }

json proof_json(const evidence::Proof& proof) {
    return {{"id", proof.id}, {"duty", proof.duty}, {"on", proof.happened_on}, {"by", proof.by}, {"note", proof.note}, {"file", text_or_null(proof.file_name)},
            {"sha256", text_or_null(proof.digest)}, {"kept_at", format_moment(proof.kept_at)}};
}

// Today's report where one was kept, else made now: who asks never finds nothing.
evidence::Evidence::Kept newest(const AuditDoors& doors) {
    if (auto kept = doors.evidence.newest()) return std::move(*kept);
    doors.evidence.keep_today();
    return *doors.evidence.newest();
}

Response report(const AuditDoors& doors, const Caller&, const Request&) {
    const auto kept = newest(doors);
    const auto found = json::parse(kept.report);
    json out = {{"day", kept.day}, {"generated_at", found.at("generated_at")}, {"program", found.at("program")}, {"period", found.at("period")}, {"counts", found.at("counts")}, {"requirements", json::array()}};
    for (const auto& one : found.at("requirements")) {
        json row = {{"id", one.at("id")}, {"clause", one.at("clause")}, {"asks", one.at("asks")}, {"how", one.at("how")}, {"tests", one.at("tests")}, {"evidence", nullptr}, {"duty", nullptr}};
        if (const auto& shown = one.at("evidence"); !shown.is_null()) {
            row["evidence"] = {{"kind", shown.at("kind")}, {"result", shown.at("result")}, {"value", shown.at("value")}, {"of", shown.at("of")}, {"expects", shown.at("expects")},
                               {"says", shown.at("says")}, {"sql", shown.contains("sql") ? shown.at("sql") : json(nullptr)}};
        }
        if (const auto& duty = one.at("duty"); !duty.is_null()) {
            row["duty"] = {{"who", duty.at("who")}, {"what", duty.at("what")}, {"every_months", duty.at("every_months")}, {"state", duty.at("state")}};
        }
        out["requirements"].push_back(std::move(row));
    }
    // Proofs as they are now, not as of the report: what somebody just laid down is there.
    out["proofs"] = json::array();
    for (const auto& proof : doors.evidence.proofs()) out["proofs"].push_back(proof_json(proof));
    return answer(out);
}

Response measure(const AuditDoors& doors, const Caller& caller, const Request& request) {
    doors.evidence.keep_today();
    return report(doors, caller, request);
}

Response history(const AuditDoors& doors, const Caller&, const Request& request) {
    const auto query = http::Form::parse_query(request.query);
    const auto limit = limit_of(query, 60, 400);
    if (!limit) return bad_limit(400);
    const auto days = doors.evidence.history(query.get("requirement"), query.get("after"), *limit);
    json out = {{"days", json::array()}, {"next", nullptr}};
    for (const auto& one : days) {
        out["days"].push_back({{"day", one.day}, {"result", one.result}, {"value", one.value ? json(*one.value) : json(nullptr)}, {"of", one.of ? json(*one.of) : json(nullptr)}});
    }
    if (days.size() == static_cast<std::size_t>(*limit)) out["next"] = days.back().day;
    return answer(out);
}

Response file(std::string body, const char* type, const std::string& name) {
    Response response;
    response.content_type = type;
    response.body = std::move(body);
    response.with("Content-Disposition", "attachment; filename=\"" + name + "\"").with("X-Content-Type-Options", "nosniff");
    return response;
}

Response report_json(const AuditDoors& doors, const Caller&, const Request&) {
    auto kept = newest(doors);
    return file(std::move(kept.report), "application/json", "evidence-" + kept.day + ".json");
}
Response report_pdf(const AuditDoors& doors, const Caller&, const Request&) {
    const auto kept = newest(doors);
    return file(evidence::Evidence::to_pdf(kept.report), "application/pdf", "evidence-" + kept.day + ".pdf");
}
Response report_note(const AuditDoors& doors, const Caller&, const Request&) {
    auto kept = newest(doors);
    return file(std::move(kept.note), "text/plain; charset=utf-8", "evidence-" + kept.day + ".note");
}

Response statements(const AuditDoors& doors, const Caller&, const Request& request) {
    const auto query = http::Form::parse_query(request.query);
    auto lines = doors.evidence.statements(query.get("month"));
    if (!lines) return problem(lines.error());
    return file(std::move(*lines), "application/x-ndjson", "statements-" + std::string(query.get("month")) + ".jsonl");
}

Response lay_down(const AuditDoors& doors, const Caller& caller, const Request& request) {
    const auto form = http::Form::parse(request);
    if (!form) return Response::problem(400, "form", "send multipart/form-data with duty, on, note and file");
    evidence::NewProof given{std::string(form->get("duty")), std::string(form->get("on")), std::string(form->get("note")), {}, {}, {}};
    for (const auto& [name, upload] : form->uploads) {
        if (name != "file" || upload.bytes.empty()) continue;
        given.file_name = upload.file_name;
        given.content_type = upload.content_type;
        given.bytes = upload.bytes;
    }
    const auto kept = doors.evidence.keep_proof(caller.actor, given);
    if (!kept) return problem(kept.error());
    for (const auto& proof : doors.evidence.proofs()) {
        if (proof.id == *kept) return answer(proof_json(proof), 201);
    }
    return nowhere();
}

Response proof_file(const AuditDoors& doors, const Caller&, const Request& request) {
    const auto text = request.part("proof");
    std::int64_t id = 0;
    const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), id);
    const auto found = bad == std::errc() && end == text.data() + text.size() ? doors.evidence.proof_file(id) : std::nullopt;
    if (!found || found->bytes.empty()) return nowhere();
    // Whatever it is, a browser saves it and does not run it.
    return file(found->bytes, "application/octet-stream", "proof-" + std::to_string(id) + (found->content_type == "application/pdf" ? ".pdf" : found->content_type == "image/png" ? ".png" : found->content_type == "image/jpeg" ? ".jpg" : ""));
}

Response log_state(const AuditDoors& doors, const Caller&, const Request&) {
    const auto checkpoint = doors.log.checkpoint();
    json out = {{"key", doors.log.verifier_key()}, {"checkpoint", checkpoint ? json(*checkpoint) : json(nullptr)}, {"size", 0}, {"witnesses", json::array()}, {"quorum", nullptr}, {"replays", json::array()}};
    if (checkpoint) {  // C2SP tlog-checkpoint: origin, size, root hash
        const auto first = checkpoint->find('\n');
        const auto second = checkpoint->find('\n', first + 1);
        std::int64_t size = 0;
        std::from_chars(checkpoint->data() + first + 1, checkpoint->data() + second, size);
        out["size"] = size;
    }
    if (doors.witnesses != nullptr) {
        for (const auto& one : doors.witnesses->standing()) out["witnesses"].push_back({{"name", one.name}, {"size", one.size}, {"at", moment(one.at)}, {"trouble", text_or_null(one.trouble)}});
        if (const auto quorum = doors.witnesses->quorum()) out["quorum"] = {{"size", quorum->size}, {"at", format_moment(quorum->at)}};
    }
    for (const auto& night : doors.publish.replays({}, 30)) {
        out["replays"].push_back({{"day", night.day}, {"at", format_moment(night.at)}, {"log_size", night.log_size}, {"pages", night.pages}, {"same", night.same}, {"figures_sha256", night.figures_digest},
                                  {"pages_sha256", night.pages_digest}, {"report", night.report}});
    }
    return answer(out);
}

}  // namespace

void evidence_routes(Gate& gate, AuditDoors doors) {
    const auto guarded = [doors](Show show) -> Act {
        return [doors, show](const Caller& caller, const Request& request) { return caller.branch == "*" ? show(doors, caller, request) : whole_brand_only(); };
    };
    gate.get("/api/v1/evidence", Permission::evidence_read, guarded(report));
    gate.post("/api/v1/evidence", Permission::evidence_keep, guarded(measure));
    gate.get("/api/v1/evidence/history", Permission::evidence_read, guarded(history));
    gate.get_noted("/api/v1/evidence/report.json", Permission::evidence_read, guarded(report_json));
    gate.get_noted("/api/v1/evidence/report.pdf", Permission::evidence_read, guarded(report_pdf));
    gate.get("/api/v1/evidence/report.note", Permission::evidence_read, guarded(report_note));
    gate.get_noted("/api/v1/evidence/statements", Permission::evidence_read, guarded(statements));
    gate.post("/api/v1/evidence/proofs", Permission::evidence_keep, guarded(lay_down));
    gate.get("/api/v1/evidence/proofs/{proof}", Permission::evidence_read, guarded(proof_file));
    gate.get("/api/v1/evidence/log", Permission::evidence_read, guarded(log_state));
}

}  // namespace verbatim::api
