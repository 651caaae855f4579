#include "app/server/aspects_batch.h"

#include "app/server/files.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <stdexcept>

namespace verbatim::server {

using namespace understand;
using nlohmann::json;

namespace {

// What the polarity's model says of the clause is a second opinion: it knows words the labelled sentences do not have.
constexpr double clause_weight = 0.3;
// The sets that are learned from label sentences; a short text is one, as it was there.
constexpr std::uint32_t one_sentence = 250;  // code points

std::string thousandths(double value) {
    const double rounded = std::round(value * 1000) / 1000;
    return json(rounded == 0 ? 0.0 : rounded).dump();
}

}  // namespace

bool AspectsBatch::holds_model(const std::string& folder) { return !folder.empty() && std::filesystem::exists(std::filesystem::path(folder) / "aspects.model"); }

AspectsBatch::AspectsBatch(const std::string& folder, const Understanding& understanding) : understanding_(understanding) {
    if (!holds_model(folder)) return;
    auto read = Aspects::read(read_file((std::filesystem::path(folder) / "aspects.model").string()));
    if (!read.ok()) throw std::runtime_error(folder + "/aspects.model: " + read.error().message);
    aspects_ = std::move(*read);
}

// Of the clause the target stands in; of the whole text where it stands nowhere.
std::string AspectsBatch::unlearned(const Tokens& tokens, const Target& target, double& degree) const {
    constexpr double says_little = 0.2;
    thread_local Scratch scratch;
    std::vector<Clause> clauses;
    clauses_of(tokens, clauses);
    std::size_t begin = 0, end = tokens.all.size();
    for (const Clause& clause : clauses)
        if (target.end > target.start && tokens.all[clause.end - 1].end > target.start && tokens.all[clause.begin].begin <= target.start) {
            begin = clause.begin;
            end = clause.end;
        }
    degree = understanding_.polarity().of(tokens, begin, end, scratch);
    return degree > says_little ? "positive" : degree < -says_little ? "negative" : "neutral";
}

void AspectsBatch::answer(const AspectExample& asked, const std::string& lang, std::string& row) const {
    thread_local Tokens tokens;
    tokenize(asked.text, tokens);
    row += ",\"aspects\":[";
    bool first = true;
    for (const Target& target : asked.targets) {
        double degree = 0;
        std::string polarity = unlearned(tokens, target, degree);
        if (aspects_) polarity = aspects_->polarity(tokens, lang, asked.domain, target, &degree, clause_weight * degree);
        row += first ? "{" : ",{";
        first = false;
        if (!target.term.empty()) row += "\"term\":" + json(target.term).dump() + ",";
        if (!target.category.empty()) row += "\"category\":" + json(target.category).dump() + ",";
        if (target.end > target.start) row += "\"start\":" + std::to_string(target.start) + ",\"end\":" + std::to_string(target.end) + ",";
        row += "\"polarity\":\"" + polarity + "\",\"degree\":" + thousandths(degree) + "}";
    }
    row += "]";
}

std::vector<ThemeSpan> AspectsBatch::themes(std::string_view text, const std::string& lang, const std::string& domain) const {
    thread_local Tokens tokens, part;
    std::vector<ThemeSpan> spans;
    std::vector<Aspects::Found> found;
    tokenize(text, tokens);
    const auto look = [&](const Tokens& words, std::size_t start, std::size_t end) {
        aspects_->categories(words, lang, domain, found);
        for (const auto& one : found) {
            double degree = 0;
            aspects_->polarity(words, lang, domain, {"", one.category, "", 0, 0}, &degree);
            spans.push_back({one.category, degree, start, end});
        }
    };
    if (tokens.all.empty()) return spans;
    if (tokens.code_points <= one_sentence) {
        look(tokens, 0, tokens.code_points);
        return spans;
    }
    std::vector<Clause> clauses;
    clauses_of(tokens, clauses);
    for (std::size_t c = 0; c < clauses.size();) {
        std::size_t last = c;
        while (last + 1 < clauses.size() && clauses[last + 1].sentence == clauses[c].sentence) ++last;
        part.all.assign(tokens.all.begin() + clauses[c].begin, tokens.all.begin() + clauses[last].end);
        part.letters = tokens.letters;
        part.shouting = tokens.shouting;
        look(part, part.all.front().begin, part.all.back().end);
        c = last + 1;
    }
    return spans;
}

}  // namespace verbatim::server
