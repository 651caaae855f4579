#include "life/evidence/law.h"

#include <charconv>
#include <set>
#include <stdexcept>

namespace {

// The layout of cmake/embed.cmake's tables.
struct EmbeddedText {
    const char* name;
    const char* bytes;
    std::uint64_t size;
    const char* hash;
};

}  // namespace

extern "C" {
extern const EmbeddedText verbatim_law[];
extern const std::uint64_t verbatim_law_count;
}

namespace verbatim::evidence {
namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

std::string_view next_word(std::string_view& text) {
    text = trimmed(text);
    const auto word = text.substr(0, text.find(' '));
    text = trimmed(text.substr(word.size()));
    return word;
}

bool whole_number(std::string_view text, std::int64_t& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && end == text.data() + text.size();
}

// "query NAME [= N | <= N | >= N]"
bool read_evidence(std::string_view text, Requirement& into) {
    const auto means = next_word(text);
    if (means != "query" && means != "check") return false;
    into.means = means == "query" ? Means::query : Means::check;
    into.name = next_word(text);
    if (into.name.empty()) return false;
    const auto bound = next_word(text);
    if (bound.empty()) return true;
    if (bound == "=") into.bound = Bound::equal;
    else if (bound == "<=") into.bound = Bound::at_most;
    else if (bound == ">=") into.bound = Bound::at_least;
    else return false;
    return whole_number(text, into.limit);
}

// "administrator, every 12 months: what"
bool read_duty(std::string_view text, Requirement& into) {
    const auto comma = text.find(", every ");
    const auto colon = text.find(" months: ");
    if (comma == std::string_view::npos || colon == std::string_view::npos || colon < comma) return false;
    std::int64_t months = 0;
    if (!whole_number(text.substr(comma + 8, colon - comma - 8), months) || months < 1 || months > 120) return false;
    into.who = trimmed(text.substr(0, comma));
    into.every_months = static_cast<int>(months);
    into.what = trimmed(text.substr(colon + 9));
    return !into.who.empty() && !into.what.empty();
}

std::vector<std::string> read_list(std::string_view text) {
    std::vector<std::string> list;
    while (!text.empty()) {
        const auto comma = text.find(',');
        const auto one = trimmed(text.substr(0, comma));
        if (!one.empty()) list.emplace_back(one);
        if (comma == std::string_view::npos) break;
        text.remove_prefix(comma + 1);
    }
    return list;
}

std::string what_is_missing(const Requirement& one) {
    if (one.clause.empty()) return "has no clause";
    if (one.asks.empty()) return "does not say what it asks";
    if (one.how.empty()) return "does not say how the platform does it";
    if (one.means == Means::none && one.who.empty()) return "has neither evidence nor a named duty";
    return {};
}

}  // namespace

std::string Requirement::expects() const {
    const auto number = std::to_string(limit);
    switch (bound) {
        case Bound::equal: return "= " + number;
        case Bound::at_most: return "<= " + number;
        case Bound::at_least: return ">= " + number;
        case Bound::none: break;
    }
    return {};
}

Result<std::vector<Requirement>> read_law(std::string_view text, std::string_view file) {
    std::vector<Requirement> all;
    int line_number = 0;
    const auto fault = [&](const std::string& why) { return invalid("law", std::string(file) + ":" + std::to_string(line_number) + ": " + why); };
    const auto finished = [&]() -> std::string {
        if (all.empty()) return {};
        const auto missing = what_is_missing(all.back());
        return missing.empty() ? missing : all.back().id + " " + missing;
    };
    while (!text.empty()) {
        const auto end = text.find('\n');
        const auto line = trimmed(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        ++line_number;
        if (line.starts_with("### ")) {
            if (const auto missing = finished(); !missing.empty()) return fault(missing);
            all.emplace_back();
            all.back().id = trimmed(line.substr(4));
            continue;
        }
        if (!line.starts_with("- ") || all.empty()) continue;  // prose between the requirements
        const auto colon = line.find(": ");
        if (colon == std::string_view::npos) return fault("write \"- name: text\"");
        const auto name = line.substr(2, colon - 2);
        const auto value = trimmed(line.substr(colon + 2));
        auto& one = all.back();
        if (name == "clause") one.clause = value;
        else if (name == "asks") one.asks = value;
        else if (name == "how") one.how = value;
        else if (name == "tests") one.tests = read_list(value);
        else if (name == "evidence") {
            if (!read_evidence(value, one)) return fault("evidence is \"query NAME\" or \"check NAME\", then perhaps \"= N\", \"<= N\" or \">= N\"");
        } else if (name == "duty") {
            if (!read_duty(value, one)) return fault("duty is \"WHO, every N months: WHAT\"");
        } else {
            return fault("\"" + std::string(name) + "\" is none of clause, asks, how, evidence, duty, tests");
        }
    }
    if (const auto missing = finished(); !missing.empty()) return fault(missing);
    return all;
}

const std::vector<Requirement>& shipped_law() {
    static const std::vector<Requirement> all = [] {
        std::vector<Requirement> law;
        std::set<std::string> ids;
        for (std::uint64_t i = 0; i < verbatim_law_count; ++i) {
            auto part = read_law({verbatim_law[i].bytes, verbatim_law[i].size}, verbatim_law[i].name);
            if (!part) throw std::logic_error(part.error().message);
            for (auto& one : *part) {
                if (!ids.insert(one.id).second) throw std::logic_error(one.id + " stands twice in docs/law");
                law.push_back(std::move(one));
            }
        }
        return law;
    }();
    return all;
}

}  // namespace verbatim::evidence
