// Reading and filling in sentences.
#include <algorithm>
#include <array>

#include "app/demo/content.h"

namespace verbatim::demo {
namespace {

constexpr std::string_view slots[] = {"adviser", "model", "dealer", "email", "phone", "days", "weeks", "hours", "minutes", "price", "distance", "e", "oa"};

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\r')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

// Why the braces of a sentence are wrong, or nothing.
std::string brace_fault(std::string_view text) {
    std::size_t at = 0;
    while ((at = text.find_first_of("{}", at)) != std::string_view::npos) {
        if (text[at] == '}') return "a closing brace without an opening one";
        const std::size_t end = text.find_first_of("{}", at + 1);
        if (end == std::string_view::npos || text[end] == '{') return "an open brace";
        const std::string_view inside = text.substr(at + 1, end - at - 1);
        if (inside.find('|') == std::string_view::npos && std::find(std::begin(slots), std::end(slots), inside) == std::end(slots)) return "unknown {" + std::string(inside) + "}";
        at = end + 1;
    }
    return {};
}

// Calls each(section, line number, text) for what is not blank, comment or heading; returns the first fault.
template <class Head, class Each>
Result<void> read_lines(std::string_view text, Head head, Each each) {
    std::string section;
    std::size_t number = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = trim(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        ++number;
        const auto fault = [&](const std::string& why) { return invalid("bad_sentences", "line " + std::to_string(number) + ": " + why); };
        if (line.empty() || line.front() == '#') continue;
        if (line.front() == '[') {
            if (line.back() != ']') return fault("a heading that does not end in ]");
            section = line.substr(1, line.size() - 2);
            if (!head(section)) return fault("section " + section + " twice");
            continue;
        }
        if (section.empty()) return fault("text before the first section");
        const std::string why = each(section, line);
        if (!why.empty()) return fault(why);
    }
    return {};
}

std::string thousands(int thousand, std::string_view separator) { return std::to_string(thousand) + std::string(separator) + "000"; }

std::string distance(const Scene& scene, Dice& dice) {
    const int thousand = dice.between(6, 90);
    if (scene.lang == "en") return thousands(thousand, ",") + (scene.country == "GB" ? " miles" : " km");
    return thousands(thousand, scene.lang == "fr" ? " " : ".") + " km";
}

// An amount as the author's country pays, rounded as people tell it.
std::string price(const Scene& scene, Dice& dice) {
    const int euros = dice.between(4, 42) * 10;
    struct Currency {
        std::string_view country;
        int times;
        std::string_view en, other;
    };
    static constexpr Currency currencies[] = {{"PL", 4, "zloty", "zloty"}, {"SE", 10, "kronor", "kronor"}, {"DK", 7, "kroner", "kroner"}, {"NO", 11, "kroner", "kroner"},
                                              {"CZ", 25, "crowns", "Kronen"}, {"RO", 5, "lei", "lei"}};
    if (scene.country == "GB") return "£" + std::to_string(euros);
    if (scene.country == "CH") return std::to_string(euros) + (scene.lang == "de" ? " Franken" : scene.lang == "it" ? " franchi" : " francs");
    for (const Currency& currency : currencies) {
        if (scene.country == currency.country) return std::to_string(euros * currency.times) + " " + std::string(scene.lang == "en" ? currency.en : currency.other);
    }
    return std::to_string(euros) + (scene.lang == "de" ? " Euro" : scene.lang == "it" ? " euro" : " euros");
}

std::string slot(std::string_view name, const Scene& scene, Dice& dice) {
    if (name == "adviser") return scene.adviser;
    if (name == "model") return scene.model;
    if (name == "dealer") return scene.dealer;
    if (name == "email") return scene.email;
    if (name == "phone") return scene.phone;
    if (name == "days") return std::to_string(dice.between(2, 9));
    if (name == "weeks") return std::to_string(dice.between(2, 7));
    if (name == "hours") return std::to_string(dice.between(2, 4));
    if (name == "minutes") return std::to_string(dice.between(3, 9) * 5);
    if (name == "price") return price(scene, dice);
    if (name == "distance") return distance(scene, dice);
    if (name == "e") return scene.feminine ? "e" : "";
    return scene.feminine ? "a" : "o";  // "oa"
}

bool fits(const Sections::Line& line, const Scene& scene) {
    if (line.only == Sections::Line::Only::electric && !scene.electric) return false;
    if (line.only == Sections::Line::Only::fuel && scene.electric) return false;
    return !scene.adviser.empty() || line.text.find("{adviser}") == std::string::npos;
}

}  // namespace

Result<Sections> Sections::parse(std::string_view text) {
    Sections parsed;
    const Result<void> read = read_lines(
        text, [&](const std::string& section) { return parsed.sections_.try_emplace(section).second; },
        [&](const std::string& section, std::string_view line) -> std::string {
            Line entry;
            for (const auto& [tag, only] : {std::pair{" @fuel", Line::Only::fuel}, std::pair{" @electric", Line::Only::electric}}) {
                if (line.ends_with(tag)) {
                    entry.only = only;
                    line.remove_suffix(std::string_view(tag).size());
                }
            }
            entry.text = line;
            parsed.sections_[section].push_back(entry);
            return brace_fault(line);
        });
    if (!read) return read.error();
    return parsed;
}

Result<Sections> Sections::parse_words(std::string_view text) {
    Sections parsed;
    const Result<void> read = read_lines(
        text, [&](const std::string& section) { return parsed.sections_.try_emplace(section).second; },
        [&](const std::string& section, std::string_view line) -> std::string {
            while (!line.empty()) {
                const std::size_t comma = std::min(line.find(','), line.size());
                const std::string_view word = trim(line.substr(0, comma));
                if (!word.empty()) parsed.sections_[section].push_back({std::string(word), Line::Only::any});
                line.remove_prefix(std::min(comma + 1, line.size()));
            }
            return {};
        });
    if (!read) return read.error();
    return parsed;
}

const std::vector<Sections::Line>& Sections::lines(std::string_view section) const {
    static const std::vector<Line> none;
    const auto found = sections_.find(std::string(section));
    return found == sections_.end() ? none : found->second;
}

std::string fill(std::string_view sentence, const Scene& scene, Dice& dice) {
    std::string text;
    while (!sentence.empty()) {
        const std::size_t open = std::min(sentence.find('{'), sentence.size());
        text += sentence.substr(0, open);
        sentence.remove_prefix(open);
        if (sentence.empty()) break;
        const std::size_t close = sentence.find('}');
        std::string_view inside = sentence.substr(1, close - 1);
        sentence.remove_prefix(close + 1);
        if (inside.find('|') == std::string_view::npos) {
            text += slot(inside, scene, dice);
            continue;
        }
        std::vector<std::string_view> forms;
        for (std::size_t bar = 0; bar != std::string_view::npos;) {
            bar = inside.find('|');
            forms.push_back(inside.substr(0, bar));
            if (bar != std::string_view::npos) inside.remove_prefix(bar + 1);
        }
        text += dice.pick(forms);
    }
    return text;
}

std::string say(const Sections& sections, std::string_view section, const Scene& scene, Dice& dice, std::vector<const Sections::Line*>* taken) {
    std::vector<const Sections::Line*> choice;
    for (const Sections::Line& line : sections.lines(section)) {
        if (fits(line, scene) && (!taken || std::find(taken->begin(), taken->end(), &line) == taken->end())) choice.push_back(&line);
    }
    if (choice.empty()) return {};
    const Sections::Line* line = dice.pick(choice);
    if (taken) taken->push_back(line);
    return fill(line->text, scene, dice);
}

}  // namespace verbatim::demo
