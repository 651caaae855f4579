#include "life/analyse/taught.h"

#include <algorithm>

#include "ground/crypto/crypto.h"
#include "ground/formats/utf8.h"
#include "ground/understand/meaning.h"
#include "ground/understand/teach.h"
#include "record/network/branches.h"

namespace verbatim::analyse {
namespace {

using storage::Tx;

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? std::string() : std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::vector<std::string> sentences_of(const std::vector<readings::Body>& bodies) {
    std::vector<std::string> all;
    for (const auto& one : bodies) {
        for (const auto& passage : understand::passages_of(one.body)) all.push_back(slice_code_points(one.body, passage.start, passage.end));
        if (all.size() >= understand::most_others) break;
    }
    return all;
}

}  // namespace

std::vector<readings::TaughtTheme> TaughtThemes::list() const {
    return db_.read([](Tx& tx) { return readings::taught_themes(tx, false); });
}

Result<TaughtNow> TaughtThemes::teach(const Actor& actor, std::string_view wanted, const std::vector<std::string>& given) const {
    TaughtNow out;
    out.theme.name = trimmed(wanted);
    if (out.theme.name.empty() || code_points(out.theme.name) > taught_name_limit || out.theme.name.find_first_of("\r\n") != std::string::npos) return invalid("name", "a name of 1 to 60 letters", "name");
    // Not kept: they may be words of customers, which must be gone when these are erased.
    std::vector<std::string> examples;
    for (const auto& one : given) {
        auto text = trimmed(one);
        if (code_points(text) > taught_example_limit) return invalid("examples", "an example is a sentence, of 500 letters at most", "examples");
        if (!text.empty() && std::find(examples.begin(), examples.end(), text) == examples.end()) examples.push_back(std::move(text));
    }
    if (examples.size() > understand::most_taught) return invalid("examples", "at most 500 examples", "examples");
    const auto now = clock_.now();
    const auto [all, own] = db_.read([&](Tx& tx) {
        return std::pair(readings::newest_bodies(tx, "*", 0, now, taught_others), readings::newest_bodies(tx, network::branch_of(actor), 0, now, taught_others));
    });
    auto machine = understand::teach(out.theme.name, examples, sentences_of(all));
    if (!machine) {
        auto error = machine.error();
        error.field = "examples";
        return error;
    }
    out.theme.id = "taught." + crypto::random_id(6);
    out.theme.author = actor.role;  // who it was stands in the trail
    out.theme.at = now;
    out.theme.number = static_cast<std::int64_t>(machine->examples);
    out.theme.found_again = static_cast<std::int64_t>(machine->found_again);
    out.theme.others = static_cast<std::int64_t>(machine->others);
    out.theme.false_finds = static_cast<std::int64_t>(machine->false_finds);
    out.theme.model = machine->write();
    const auto kept = db_.write([&](Tx& tx) { return readings::add_taught(tx, out.theme); });
    if (!kept) return kept.error();
    understand::Tokens tokens;
    std::vector<understand::ThemeSpan> spans;
    for (const auto& one : own) {
        understand::tokenize(one.body, tokens);
        spans.clear();
        understand::find_taught(*machine, tokens, spans);
        ++out.looked_at;
        if (spans.empty()) continue;
        ++out.found;
        if (out.finds.size() < taught_shown) out.finds.push_back({one.review, one.lang, one.body, spans[0].start, spans[0].end});
    }
    return out;
}

Result<void> TaughtThemes::remove(std::string_view id) const {
    if (!db_.write([&](Tx& tx) { return readings::remove_taught(tx, clock_.now(), id); })) return not_found("theme", "no such taught theme");
    return {};
}

}  // namespace verbatim::analyse
