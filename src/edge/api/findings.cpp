#include "edge/api/findings.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "edge/api/answers.h"

namespace verbatim::api {
namespace {

using analyse::Findings;
using http::Request;
using http::Response;
using nlohmann::json;

json finding_json(const analyse::Finding& f) {
    return {{"id", f.id}, {"about", f.about}, {"about_name", f.about_name}, {"title", f.title}, {"text", f.text}, {"state", f.state}, {"outcome", text_or_null(f.outcome)},
            {"author", f.author_name}, {"version", f.version}, {"created_at", moment(f.created_at)}, {"updated_at", moment(f.updated_at)}, {"sent_at", moment(f.sent_at)},
            {"closed_at", moment(f.closed_at)}, {"reviews", f.reviews}, {"recipients", f.recipients}, {"seen", f.seen}, {"answered", f.answered}, {"manages", f.manages}};
}

json letters_json(const analyse::Letters& letters) {
    json out = {{"told", 0}, {"held_back", json::array()}, {"languages_missing", json::array()}};
    for (const auto& [outcome, count] : letters.by_outcome) {
        if (outcome == "queued") out["told"] = count;
        else out["held_back"].push_back({{"reason", outcome}, {"count", count}});
    }
    for (const auto& [language, count] : letters.languages_missing) out["languages_missing"].push_back({{"language", language}, {"count", count}});
    return out;
}

Response show(const Findings& findings, const Actor& actor, std::string_view id, int status = 200) {
    const auto view = findings.view(actor, id);
    if (!view) return problem(view.error());
    json out = {{"finding", finding_json(view->finding)}, {"reviews", json::array()}, {"recipients", json::array()}, {"words", json::object()}, {"history", json::array()},
                {"letters", view->finding.outcome == "changed" ? letters_json(view->letters) : json(nullptr)}};
    for (const auto& said : view->reviews) {
        out["reviews"].push_back({{"id", said.review}, {"subject", said.subject}, {"subject_name", said.subject_name}, {"service", said.service}, {"title", text_or_null(said.title)},
                                  {"body", said.body}, {"lang", said.lang}, {"experience_on", text_or_null(said.experience_on)}, {"rating", said.rating ? json(*said.rating) : json(nullptr)},
                                  {"published_at", moment(said.published_at)}});
    }
    for (const auto& one : view->recipients) {
        out["recipients"].push_back({{"person", one.person}, {"name", one.name}, {"role", one.role}, {"branch", one.branch}, {"sent_at", moment(one.sent_at)}, {"seen_at", moment(one.seen_at)},
                                     {"answered_at", moment(one.answered_at)}, {"answer", text_or_null(one.answer)}, {"changed", text_or_null(one.changed)}, {"self", one.self}});
    }
    for (const auto& [language, words] : view->words) out["words"][language] = words;
    for (const auto& step : view->steps) out["history"].push_back({{"at", moment(step.at)}, {"by", step.actor}, {"step", step.step}, {"detail", text_or_null(step.detail)}});
    return answer(out, status);
}

Response list(const Findings& findings, const Actor& actor, const Request& request) {
    const auto query = http::Form::parse_query(request.query);
    const auto limit = limit_of(query, 50, 100);
    if (!limit) return bad_limit(100);
    const auto page = findings.list(actor, query.get("state"), query.get("after"), *limit);
    if (!page) return problem(page.error());
    json out = {{"findings", json::array()}, {"next", text_or_null(page->next)}};
    for (const auto& one : page->findings) out["findings"].push_back(finding_json(one));
    return answer(out);
}

std::vector<std::string> texts_of(const json& object, const char* name) {
    std::vector<std::string> all;
    const auto found = object.find(name);
    if (found == object.end() || !found->is_array()) return all;
    for (const auto& one : *found) {
        if (one.is_string()) all.push_back(one.get<std::string>());
    }
    return all;
}

std::map<std::string, std::string> words_of(const json& object) {
    std::map<std::string, std::string> words;
    const auto found = object.find("words");
    if (found == object.end() || !found->is_object()) return words;
    for (const auto& [language, text] : found->items()) {
        if (text.is_string()) words[language] = text.get<std::string>();
    }
    return words;
}

analyse::Draft draft_of(const json& body) { return {text_of(body, "about"), text_of(body, "title"), text_of(body, "text"), texts_of(body, "reviews")}; }

int version_of(const json& body) {
    const auto found = body.find("version");
    return found != body.end() && found->is_number_integer() ? found->get<int>() : 0;
}

Response people(const Findings& findings, const Actor& actor, const Request& request) {
    const auto query = http::Form::parse_query(request.query);
    const auto limit = limit_of(query, 100, 200);
    if (!limit) return bad_limit(200);
    std::int64_t after = 0;
    if (const auto text = query.get("after"); !text.empty()) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), after);
        if (error != std::errc() || end != text.data() + text.size()) return Response::problem(422, "after_unknown", "this is no place in the list", "after");
    }
    const auto all = findings.people(actor, request.part("finding"), after, *limit);
    if (!all) return problem(all.error());
    json out = {{"people", json::array()}, {"next", static_cast<int>(all->size()) == *limit ? json(std::to_string(all->back().person)) : json(nullptr)}};
    for (const auto& one : *all) out["people"].push_back({{"person", one.person}, {"name", one.name}, {"role", one.role}, {"branch", one.branch}});
    return answer(out);
}

// A step of one finding that takes a body, then the finding as it stands now.
template <class F>
Act step(Findings& findings, F act) {
    return [&findings, act](const Caller& caller, const Request& request) {
        const auto body = object_of(request);
        if (!body) return problem(body.error());
        const auto id = request.part("finding");
        const Result<void> done = act(findings, caller.actor, id, *body);
        return done ? show(findings, caller.actor, id) : problem(done.error());
    };
}

}  // namespace

void finding_routes(Gate& gate, analyse::Findings& findings) {
    const std::string one = "/api/v1/findings/{finding}";
    gate.get("/api/v1/findings", Permission::findings_read, [&](const Caller& caller, const Request& request) { return list(findings, caller.actor, request); });
    gate.post("/api/v1/findings", Permission::findings_manage, [&](const Caller& caller, const Request& request) {
        const auto body = object_of(request);
        if (!body) return problem(body.error());
        const auto written = findings.write(caller.actor, draft_of(*body));
        return written ? show(findings, caller.actor, *written, 201) : problem(written.error());
    });
    gate.get(one, Permission::findings_read, [&](const Caller& caller, const Request& request) { return show(findings, caller.actor, request.part("finding")); });
    gate.patch(one, Permission::findings_manage, step(findings, [](Findings& f, const Actor& actor, std::string_view id, const json& body) {
        return f.rewrite(actor, id, version_of(body), draft_of(body));
    }));
    gate.del(one, Permission::findings_manage, [&](const Caller& caller, const Request& request) {
        const auto gone = findings.discard(caller.actor, request.part("finding"));
        return gone ? answer({{"discarded", request.part("finding")}}) : problem(gone.error());
    });
    gate.post(one + "/reviews", Permission::findings_manage, step(findings, [](Findings& f, const Actor& actor, std::string_view id, const json& body) {
        return f.add_reviews(actor, id, texts_of(body, "reviews"));
    }));
    gate.get(one + "/people", Permission::findings_manage, [&](const Caller& caller, const Request& request) { return people(findings, caller.actor, request); });
    gate.post(one + "/recipients", Permission::findings_manage, step(findings, [](Findings& f, const Actor& actor, std::string_view id, const json& body) {
        std::vector<std::int64_t> numbers;
        if (const auto found = body.find("people"); found != body.end() && found->is_array()) {
            for (const auto& number : *found) {
                if (number.is_number_integer()) numbers.push_back(number.get<std::int64_t>());
            }
        }
        return f.send(actor, id, numbers);
    }));
    gate.post(one + "/answer", Permission::findings_read, step(findings, [](Findings& f, const Actor& actor, std::string_view id, const json& body) {
        return f.answer(actor, id, text_of(body, "answer"), text_of(body, "changed"));
    }));
    gate.post(one + "/audience", Permission::findings_manage, [&](const Caller& caller, const Request& request) {
        const auto body = object_of(request);
        if (!body) return problem(body.error());
        const auto letters = findings.audience(caller.actor, request.part("finding"), words_of(*body));
        return letters ? answer(letters_json(*letters)) : problem(letters.error());
    });
    gate.post(one + "/close", Permission::findings_manage, step(findings, [](Findings& f, const Actor& actor, std::string_view id, const json& body) {
        return f.close(actor, id, text_of(body, "outcome"), words_of(body));
    }));
    gate.post(one + "/reopen", Permission::findings_manage, step(findings, [](Findings& f, const Actor& actor, std::string_view id, const json&) { return f.reopen(actor, id); }));
}

}  // namespace verbatim::api
