#include "edge/api/plan_paper.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "edge/api/answers.h"

namespace verbatim::api {
namespace {

using http::Request;
using http::Response;
using nlohmann::json;

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

json run_json(const contact::ListedRun& one) {
    json parts = json::array();
    for (std::int64_t first = 1; first <= one.run.letters; first += plan::PaperDesk::letters_in_file)
        parts.push_back({{"first", first}, {"last", std::min(one.run.letters, first + plan::PaperDesk::letters_in_file - 1)}});
    return {{"id", std::to_string(one.run.number)}, {"letters", one.run.letters}, {"made_at", format_moment(one.run.at)}, {"made_by", one.by}, {"printed_at", moment(one.run.written_at.value_or(0))},
            {"forgotten_at", moment(plan::PaperDesk::forgotten_at(one.run).value_or(0))}, {"returned", one.returned}, {"files", parts}};
}

Response sent(const Result<plan::RunFile>& file) {
    if (!file) return problem(file.error());
    Response response;
    response.content_type = file->content_type;
    response.body = file->bytes;
    return std::move(response.with("Content-Disposition", "attachment; filename=\"" + file->name + "\""));
}

// A part of the address that is no number names no run.
template <class F>
Act with_run(std::shared_ptr<const plan::PaperDesk> desk, F act) {
    return [desk = std::move(desk), act](const Caller& caller, const Request& request) -> Response {
        return act(*desk, caller, request, whole_number(request.part("paper_run")).value_or(0));
    };
}

Response list(const plan::PaperDesk& desk, const Caller& caller, const Request& request) {
    const auto query = http::Form::parse_query(request.query);
    const auto limit = limit_of(query);
    if (!limit) return bad_limit();
    const auto after = query.get("after").empty() ? std::optional<std::int64_t>(0) : whole_number(query.get("after"));
    if (!after) return Response::problem(422, "after", "after is what `next` of the page before said", "after");
    const auto page = desk.list(caller.actor, *after, *limit);
    if (!page) return problem(page.error());
    json out = {{"waiting", page->waiting}, {"runs", json::array()}, {"next", page->next == 0 ? json(nullptr) : json(std::to_string(page->next))}};
    for (const auto& one : page->runs) out["runs"].push_back(run_json(one));
    return answer(out);
}

Response returned(const plan::PaperDesk& desk, const Caller& caller, const Request& request) {
    const auto body = object_of(request);
    if (!body) return problem(body.error());
    const auto rows = body->find("returns");
    if (rows == body->end() || !rows->is_array() || rows->empty() || rows->size() > plan::PaperDesk::most_returns)
        return Response::problem(422, "returns", "returns is a list of 1 to " + std::to_string(plan::PaperDesk::most_returns) + " letters that came back", "returns");
    std::vector<plan::ReturnRow> all;
    for (const auto& row : *rows) {
        plan::ReturnRow one{text_of(row.is_object() ? row : json::object(), "reference"), text_of(row.is_object() ? row : json::object(), "reason")};
        if (one.reference.empty() || one.reference.size() > 40) return Response::problem(422, "reference", "reference is the number in the letter's foot, as 12-00034", "returns");
        if (one.why.size() > plan::longest_reason) return Response::problem(422, "reason", "reason is longer than " + std::to_string(plan::longest_reason) + " bytes", "returns");
        all.push_back(std::move(one));
    }
    const auto back = desk.returned(caller.actor, all);
    return back ? answer({{"taken", back->taken}, {"already", back->already}, {"unknown", back->unknown}}) : problem(back.error());
}

}  // namespace

void plan_paper_routes(Gate& gate, std::shared_ptr<const plan::PaperDesk> desk) {
    using plan::PaperDesk;
    gate.get("/api/v1/plan/paper/runs", Permission::plan_manage, [desk](const Caller& caller, const Request& request) { return list(*desk, caller, request); });
    gate.post("/api/v1/plan/paper/runs", Permission::plan_manage, [desk](const Caller& caller, const Request&) {
        const auto made = desk->make(caller.actor);
        return made ? answer({{"run", run_json(*made)}}, 201) : problem(made.error());
    });
    gate.get_noted("/api/v1/plan/paper/runs/{paper_run}/letters.csv", Permission::plan_manage, with_run(desk, [](const PaperDesk& of, const Caller& caller, const Request&, std::int64_t run) { return sent(of.addresses(caller.actor, run)); }));
    gate.get_noted("/api/v1/plan/paper/runs/{paper_run}/letters.zip", Permission::plan_manage, with_run(desk, [](const PaperDesk& of, const Caller& caller, const Request& request, std::int64_t run) {
        const auto query = http::Form::parse_query(request.query);
        return sent(of.letters(caller.actor, run, query.get("first").empty() ? 1 : whole_number(query.get("first")).value_or(0)));
    }));
    gate.get_noted("/api/v1/plan/paper/runs/{paper_run}/manifest.json", Permission::plan_manage, with_run(desk, [](const PaperDesk& of, const Caller& caller, const Request&, std::int64_t run) { return sent(of.manifest(caller.actor, run)); }));
    gate.post("/api/v1/plan/paper/runs/{paper_run}/printed", Permission::plan_manage, with_run(desk, [](const PaperDesk& of, const Caller& caller, const Request&, std::int64_t run) {
        const auto told = of.printed(caller.actor, run);
        return told ? answer({{"run", run_json(*told)}}) : problem(told.error());
    }));
    gate.post("/api/v1/plan/paper/returns", Permission::plan_manage, [desk](const Caller& caller, const Request& request) { return returned(*desk, caller, request); });
}

}  // namespace verbatim::api
