#include "edge/api/settings.h"

#include "edge/api/answers.h"
#include "life/collect/questionnaire.h"
#include "life/moderate/brand_rules.h"
#include "record/network/settings.h"
#include "record/reviews/reviews.h"

namespace verbatim::api {
namespace {

using editions::Document;
using editions::Shelf;
using http::Request;
using http::Response;
using nlohmann::json;

struct Family {
    std::string path, list, part, kind;  // "/api/v1/questionnaires", "questionnaires", "questionnaire", "questionnaire"
    std::function<void(json& one)> about = {};   // adds what else is known of one
    std::function<void(json& all)> around = {};  // and of all
};

json document_json(const Family& family, const Document& document) {
    json one = {{"name", document.name}, {"edition", document.edition.number}, {"changed_at", moment(document.edition.at)}, {"changed_by", text_or_null(document.edition.by)},
                {"body", json::parse(document.body)}, {"packaged", json::parse(document.packaged)}};
    if (family.about) family.about(one);
    return one;
}

Response shown(const Family& family, const Document& document) {
    auto response = answer(document_json(family, document));
    response.with("ETag", "\"" + std::to_string(document.edition.number) + "\"");
    return response;
}

Response shown(const Family& family, const Result<Document>& result) {
    if (result) return shown(family, *result);
    if (result.error().kind == ErrorKind::not_found) return nowhere();
    if (result.error().code == "changed_meanwhile") return Response::problem(412, result.error().code, result.error().message);
    return problem(result.error());
}

// The edition the caller saw, from If-Match; -1 without one; nothing where it is none.
std::optional<int> expected(const Request& request) {
    auto text = request.field("If-Match");
    if (text.empty() || text == "*") return -1;
    if (text.size() < 3 || text.front() != '"' || text.back() != '"' || text.size() > 11) return std::nullopt;
    int number = 0;
    for (const char c : text.substr(1, text.size() - 2)) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + (c - '0');
    }
    return number;
}

Response bad_match() { return Response::problem(400, "if_match", "If-Match carries the ETag you read", "If-Match"); }

void add(Gate& gate, const std::shared_ptr<const Shelf>& shelf, Family given) {
    const auto family = std::make_shared<const Family>(std::move(given));
    constexpr auto read = Permission::settings_read, manage = Permission::settings_manage;
    const auto one = family->path + "/{" + family->part + "}";
    gate.get(family->path, read, [shelf, family](const Caller&, const Request&) {
        json out = {{family->list, json::array()}, {"next", nullptr}};
        for (const auto& document : shelf->list(family->kind)) out[family->list].push_back(document_json(*family, document));
        if (family->around) family->around(out);
        return answer(out);
    });
    gate.get(one, read, [shelf, family](const Caller&, const Request& request) {
        const auto document = shelf->find(family->kind, request.part(family->part));
        return document ? shown(*family, *document) : nowhere();
    });
    gate.put(one, manage, [shelf, family](const Caller& caller, const Request& request) {
        const auto version = expected(request);
        return version ? shown(*family, shelf->put(caller.actor, family->kind, request.part(family->part), request.body, *version)) : bad_match();
    });
    gate.del(one, manage, [shelf, family](const Caller& caller, const Request& request) {
        const auto version = expected(request);
        return version ? shown(*family, shelf->reset(caller.actor, family->kind, request.part(family->part), *version)) : bad_match();
    });
    gate.post(one + "/undo", manage, [shelf, family](const Caller& caller, const Request& request) {
        const auto version = expected(request);
        return version ? shown(*family, shelf->undo(caller.actor, family->kind, request.part(family->part), *version)) : bad_match();
    });
    gate.get(one + "/editions", read, [shelf, family](const Caller&, const Request& request) {
        const auto all = shelf->history(family->kind, request.part(family->part), 100);
        if (all.empty()) return nowhere();
        json out = {{"editions", json::array()}, {"next", nullptr}};
        for (const auto& edition : all) out["editions"].push_back({{"edition", edition.number}, {"at", moment(edition.at)}, {"by", text_or_null(edition.by)}, {"body", json::parse(edition.body)}});
        return answer(out);
    });
}

// What a setting is, and what it may hold.
void about_setting(json& one) {
    const auto key = one["name"].get<std::string>();
    for (const auto& known : network::known_settings()) {
        if (known.key != key) continue;
        one["what"] = known.what;
        one["kind"] = known.kind == network::SettingKind::number ? "number" : known.kind == network::SettingKind::choice ? "choice" : "text";
        if (known.kind == network::SettingKind::number) {
            one["least"] = known.least;
            one["most"] = known.most;
        }
        if (known.kind == network::SettingKind::choice) {
            one["choices"] = json::array();
            for (std::string_view rest = known.choices; !rest.empty();) {
                const auto bar = rest.find('|');
                one["choices"].push_back(rest.substr(0, bar));
                rest.remove_prefix(bar == std::string_view::npos ? rest.size() : bar + 1);
            }
        }
    }
}

}  // namespace

void settings_routes(Gate& gate, std::shared_ptr<const Shelf> shelf, const render::Renderer& renderer) {
    add(gate, shelf, {"/api/v1/settings", "settings", "setting", "setting", &about_setting});
    add(gate, shelf, {"/api/v1/questionnaires", "questionnaires", "questionnaire", "questionnaire", {}, [&renderer](json& all) {
        all["known"] = json::array();  // criteria that come with words of their own
        for (const auto& code : collect::known_criteria()) {
            json labels;
            for (const auto& tag : renderer.languages()) labels[tag] = renderer.locale(tag).text("criterion." + code);
            all["known"].push_back({{"code", code}, {"labels", std::move(labels)}});
        }
    }});
    add(gate, shelf, {"/api/v1/consent-texts", "texts", "text", "terms", [&renderer](json& one) {
        one["packaged_texts"] = json::object();
        for (const auto& tag : renderer.languages()) one["packaged_texts"][tag] = renderer.locale(tag).text("form.declaration");
    }});
    add(gate, shelf, {"/api/v1/moderation-rules", "rules", "rule", "rule", {}, [](json& all) {
        all["detected"] = moderate::detected_reasons();
        all["reasons"] = json::array();
        for (const auto reason : reviews::reasons()) all["reasons"].push_back(reason);
    }});
    add(gate, shelf, {"/api/v1/country-rules", "countries", "country", "country_rule"});
}

}  // namespace verbatim::api
