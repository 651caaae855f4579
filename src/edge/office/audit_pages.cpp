#include "edge/office/audit.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "ground/base/calendar.h"

namespace verbatim::office {
namespace {

using http::Form;
using http::Request;
using http::Response;
using nlohmann::json;

struct Typed {
    std::string duty, on, note;
};

struct Door {
    Audit audit;

    const render::Locale& locale(const Request& request) const { return audit.renderer.negotiate(request.field("Accept-Language")); }

    json frame(const render::Locale& language) const {
        const auto root = "/" + language.language();
        return {{"BRAND", audit.brand}, {"OPERATOR", audit.operator_name.empty() ? audit.brand : audit.operator_name}, {"HOME_URL", root + "/"},
                {"RULES_URL", root + "/rules"}, {"TRANSPARENCY_URL", root + "/transparency"}, {"NOINDEX", true}, {"LANGUAGES", json::array()}};
    }

    Response guarded(Response response, const render::Locale& language) const {
        response.with("Cache-Control", "no-store").with("Referrer-Policy", "no-referrer").with("X-Robots-Tag", "noindex").with("Content-Language", language.tag());
        return response;
    }

    Response message(const Request& request, int status, std::string_view kind) const {
        const auto& language = locale(request);
        auto data = frame(language);
        data["KIND"] = kind;
        data["STATUS"] = status;
        return guarded(Response::html(audit.renderer.html("message", language, data), status), language);
    }

    Response failure(const Request& request, const Error& error) const {
        return error.kind == ErrorKind::gone ? message(request, 410, error.code) : message(request, 404, "not_found");
    }

    // Today's report where one was made, else made now: an auditor who opens the link never finds nothing.
    std::string report() const {
        if (const auto kept = audit.evidence.newest()) return kept->report;
        audit.evidence.keep_today();
        return audit.evidence.newest()->report;
    }

    Response page(const Request& request, const Actor& actor, std::string_view done, const Typed& typed, const Error* problem, int status) const {
        const auto& language = locale(request);
        const auto found = json::parse(report());
        auto data = frame(language);
        data["HOLDER"] = actor.id;
        data["MADE_AT"] = parse_moment(found.at("generated_at").get<std::string>()).value_or(0);
        data["ENTRIES"] = found.at("log").at("entries");
        data["MET"] = found.at("counts").at("met");
        data["NOT_MET"] = found.at("counts").at("not_met");
        data["COUNTS"] = json::array();
        for (const char* code : {"met", "not_met", "not_measured", "nothing_yet", "figure", "duty_done", "duty_overdue", "duty_missing"})
            data["COUNTS"].push_back({{"CODE", code}, {"COUNT", found.at("counts").at(code)}});
        data["ACTION_URL"] = request.path;
        data["DONE"] = done;
        data["GROUPS"] = json::array();
        data["DUTIES"] = json::array();
        data["OPEN"] = json::array();  // what an auditor asks first
        std::string group;
        for (const auto& one : found.at("requirements")) {
            const auto id = one.at("id").get<std::string>();
            if (const auto prefix = id.substr(0, id.find('-')); prefix != group) {
                group = prefix;
                data["GROUPS"].push_back({{"GROUP", group}, {"REQUIREMENTS", json::array()}});
            }
            json row = {{"ID", id}, {"CLAUSE", one.at("clause")}, {"ASKS", one.at("asks")}, {"HOW", one.at("how")}};
            if (const auto& shown = one.at("evidence"); !shown.is_null()) {
                row["EVIDENCE"] = {{"RESULT", shown.at("result")}, {"SAYS", shown.at("says")}, {"EXPECTS", shown.at("expects")}, {"SQL", shown.value("sql", "")},
                                   {"BAD", shown.at("result") == "not_met" || shown.at("result") == "not_measured"}};
                if (row["EVIDENCE"]["BAD"] == true) data["OPEN"].push_back({{"ID", id}});
                // 0 is a figure too, and the best one: whether there is any is told apart.
                if (!shown.at("value").is_null()) row["EVIDENCE"]["COUNTED"] = {{"VALUE", shown.at("value")}};
                if (!shown.at("of").is_null()) row["EVIDENCE"]["AMONG"] = {{"OF", shown.at("of")}};
            }
            if (const auto& duty = one.at("duty"); !duty.is_null()) {
                row["DUTY"] = {{"WHO", duty.at("who")}, {"WHAT", duty.at("what")}, {"MONTHS", duty.at("every_months")}};
                row["DUTY"]["PROOFS"] = json::array();
                data["DUTIES"].push_back({{"ID", id}, {"WHAT", duty.at("what")}, {"SELECTED", typed.duty == id}});
            }
            data["GROUPS"].back()["REQUIREMENTS"].push_back(std::move(row));
        }
        // Proofs as they are now, not as of the report: what somebody just laid down must be there.
        for (const auto& proof : audit.evidence.proofs()) {
            for (auto& part : data["GROUPS"]) {
                for (auto& row : part["REQUIREMENTS"]) {
                    if (row["ID"] != proof.duty || !row.contains("DUTY")) continue;
                    row["DUTY"]["PROOFS"].push_back({{"ON", proof.happened_on}, {"BY", proof.by}, {"NOTE", proof.note}, {"FILE", proof.file_name},
                                                     {"URL", proof.file_name.empty() ? "" : request.path + "/proof/" + std::to_string(proof.id)}});
                }
            }
        }
        data["VALUES"] = {{"duty", typed.duty}, {"on", typed.on}, {"note", typed.note}};
        data["ERROR"] = json::object();
        data["ERRORS"] = json::array();
        if (problem != nullptr) {
            data["ERROR"][problem->field] = problem->code;
            data["ERRORS"].push_back({{"FIELD", problem->field}, {"CODE", problem->code}});
        }
        return guarded(Response::html(audit.renderer.html("audit", language, data), status), language);
    }

    // The same moment in all three files: they are made from the kept report.
    Response file(const Request& request) const {
        const auto made = report();
        const auto name = request.part("file");
        Response response;
        if (name == "evidence.json") {
            response = Response::json(made);
        } else if (name == "evidence.pdf") {
            response.content_type = "application/pdf";
            response.body = evidence::Evidence::to_pdf(made);
        } else if (name == "evidence.note") {
            response = Response::text(audit.evidence.newest()->note);
        } else {
            return message(request, 404, "not_found");
        }
        response.with("Content-Disposition", "attachment; filename=\"" + std::string(name) + "\"");
        return guarded(std::move(response), locale(request));
    }

    Response proof(const Request& request) const {
        const auto text = request.part("id");
        std::int64_t id = 0;
        const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), id);
        const auto found = bad == std::errc() && end == text.data() + text.size() ? audit.evidence.proof_file(id) : std::nullopt;
        if (!found || found->bytes.empty()) return message(request, 404, "not_found");
        Response response;
        response.content_type = found->content_type;
        response.body = found->bytes;
        // A name may hold any letter: RFC 6266 wants those percent-encoded; the plain one is enough for a browser to save by.
        response.with("Content-Disposition", "attachment; filename=\"proof-" + std::to_string(id) + "\"").with("X-Content-Type-Options", "nosniff");
        return guarded(std::move(response), locale(request));
    }

    Response lay_down(const Request& request, const Actor& actor) const {
        if (request.field("Sec-Fetch-Site") == "cross-site") return message(request, 403, "forbidden");
        const auto form = Form::parse(request);
        if (!form) return message(request, 400, "bad_request");
        if (form->has("again")) {
            audit.evidence.keep_today();
            return page(request, actor, "measured", {}, nullptr, 200);
        }
        const Typed typed{std::string(form->get("duty")), std::string(form->get("on")), std::string(form->get("note"))};
        evidence::NewProof given{typed.duty, typed.on, typed.note, {}, {}, {}};
        for (const auto& [name, upload] : form->uploads) {
            if (name != "file" || upload.bytes.empty()) continue;
            given.file_name = upload.file_name;
            given.content_type = upload.content_type;
            given.bytes = upload.bytes;
        }
        const auto kept = audit.evidence.keep_proof(actor, given);
        if (kept) return page(request, actor, "kept", {}, nullptr, 200);
        if (kept.error().kind == ErrorKind::forbidden) return message(request, 403, "forbidden");
        return page(request, actor, {}, typed, &kept.error(), 422);
    }
};

}  // namespace

void audit_routes(http::Router& router, Audit audit) {
    const Door door{std::move(audit)};
    router.get("/audit/{token}", [door](const Request& request) {
        const auto actor = door.audit.evidence.actor_of(request.part("token"));
        return actor ? door.page(request, *actor, {}, {}, nullptr, 200) : door.failure(request, actor.error());
    });
    router.post("/audit/{token}", [door](const Request& request) {
        const auto actor = door.audit.evidence.actor_of(request.part("token"));
        return actor ? door.lay_down(request, *actor) : door.failure(request, actor.error());
    });
    router.get("/audit/{token}/{file}", [door](const Request& request) {
        const auto actor = door.audit.evidence.actor_of(request.part("token"));
        return actor ? door.file(request) : door.failure(request, actor.error());
    });
    router.get("/audit/{token}/proof/{id}", [door](const Request& request) {
        const auto actor = door.audit.evidence.actor_of(request.part("token"));
        return actor ? door.proof(request) : door.failure(request, actor.error());
    });
}

}  // namespace verbatim::office
