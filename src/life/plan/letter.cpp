#include "life/plan/letter.h"

#include <utility>

namespace verbatim::plan {

Result<Letter> write_letter(const Plan& plan, const Template& words, std::string_view language, const LetterFacts& facts) {
    const std::string* line = words.subject(language);
    Letter letter{{}, std::string(line ? language : std::string_view(plan.fallback))};
    if (!line) line = words.subject(plan.fallback);
    if (!line) return Error{ErrorKind::not_found, "no_words", "the template " + words.name + " has no words in " + letter.language, {}};
    const std::pair<std::string_view, const std::string*> variables[] = {
        {"brand", &facts.brand}, {"dealer", &facts.dealer}, {"first_name", &facts.first_name}, {"model", &facts.model}, {"date", &facts.date}, {"year", &facts.year}};
    for (std::size_t at = 0; at < line->size();) {
        const auto open = line->find('{', at);
        letter.subject += line->substr(at, open == std::string::npos ? std::string::npos : open - at);
        if (open == std::string::npos) break;
        const auto close = line->find('}', open);
        const auto name = std::string_view(*line).substr(open + 1, close == std::string::npos ? std::string::npos : close - open - 1);
        const std::string* value = nullptr;
        for (const auto& [key, text] : variables)
            if (key == name) value = text;
        if (!value || value->empty()) return Error{ErrorKind::invalid, "no_words", "nothing is known for {" + std::string(name) + "} of the template " + words.name, std::string(name)};
        letter.subject += *value;
        at = close + 1;
    }
    return letter;
}

}  // namespace verbatim::plan
