#include "life/moderate/brand_rules.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ground/formats/utf8.h"
#include "ground/text/folded.h"
#include "record/editions/editions.h"
#include "record/reviews/reviews.h"

namespace verbatim::moderate {
namespace {

using nlohmann::json;
using storage::Tx;

constexpr std::size_t most_words = 500, longest_word = 60;

std::size_t code_points_before(std::string_view utf8, std::size_t byte) { return code_points(utf8.substr(0, byte)); }

}  // namespace

std::vector<std::string> rule_names() { return {"words", "reasons"}; }
std::string packaged_rule(std::string_view name) { return name == "words" ? R"({"words":[]})" : R"({"off":[]})"; }
std::vector<std::string> detected_reasons() { return {"insult", "hate", "threat", "obscene", "name", "personal_data", "link", "spam"}; }

Result<std::string> check_rule(std::string_view name, std::string_view given) {
    if (given.size() > 128 * 1024) return invalid("too_long", "that is too much", "body");
    const auto body = json::parse(given, nullptr, false);
    const std::string member = name == "words" ? "words" : "off";
    if (!body.is_object() || body.size() != 1 || !body.contains(member) || !body[member].is_array()) return invalid("json", "a rule is {\"" + member + "\":[...]}", member);
    json kept = json::array();
    if (name == "words") {
        if (body[member].size() > most_words) return invalid("too_many", "at most 500 words", member);
        for (const auto& one : body[member]) {
            if (!one.is_object() || one.size() != 2 || !one.contains("text") || !one["text"].is_string() || !one.contains("reason") || !one["reason"].is_string()) {
                return invalid("json", "a word is {\"text\":\"...\",\"reason\":\"...\"}", member);
            }
            const auto& text = one["text"].get_ref<const std::string&>();
            const auto& reason = one["reason"].get_ref<const std::string&>();
            if (!valid_utf8(text) || code_points(text) > longest_word || text::folded(text).find_first_of("abcdefghijklmnopqrstuvwxyz0123456789") == std::string::npos) {
                return invalid("word", "a word is 1 to 60 characters with a letter or a digit", member);
            }
            if (!reviews::is_reason(reason)) return invalid("reason_unknown", "the reason must be one of the public list", member);
            kept.push_back({{"text", text}, {"reason", reason}});
        }
    } else {
        const auto all = detected_reasons();
        for (const auto& one : body[member]) {
            if (!one.is_string() || std::find(all.begin(), all.end(), one.get<std::string>()) == all.end()) return invalid("reason_unknown", "that is no reason the detectors look for", member);
            if (std::find(kept.begin(), kept.end(), one) == kept.end()) kept.push_back(one);
        }
    }
    return json{{member, kept}}.dump();
}

BrandRules brand_rules(Tx& tx) {
    BrandRules rules;
    if (const auto words = editions::body(tx, "rule", "words")) {
        const auto body = json::parse(*words);
        for (const auto& one : body["words"]) rules.words.push_back({text::folded(one["text"].get<std::string>()), one["reason"].get<std::string>()});
    }
    if (const auto off = editions::body(tx, "rule", "reasons")) {
        const auto body = json::parse(*off);
        rules.off = body["off"].get<std::vector<std::string>>();
    }
    return rules;
}

void apply(const BrandRules& rules, std::string_view utf8, std::string_view field, json& findings) {
    if (!rules.off.empty() && !findings.empty()) {
        json left = json::array();
        for (auto& finding : findings) {
            const bool off = finding.value("field", "") == field && std::find(rules.off.begin(), rules.off.end(), finding.value("reason", "")) != rules.off.end();
            if (!off) left.push_back(std::move(finding));
        }
        findings = std::move(left);
    }
    if (rules.words.empty() || utf8.empty() || !valid_utf8(utf8)) return;
    text::Folded folded;
    text::fold(utf8, folded);
    for (const auto& word : rules.words) {
        for (auto at = folded.chars.find(word.folded); at != std::string::npos; at = folded.chars.find(word.folded, at + 1)) {
            const auto end = at + word.folded.size();
            if (!text::starts_word(folded, at) || !text::ends_word(folded, end)) continue;
            const auto from = folded.offset(at), to = folded.end_offset(end);
            findings.push_back({{"field", field}, {"reason", word.reason}, {"start", code_points_before(utf8, from)}, {"end", code_points_before(utf8, to)},
                                {"text", std::string(utf8.substr(from, to - from))}, {"confidence", 1.0}, {"rule", "brand.word"}});
        }
    }
}

}  // namespace verbatim::moderate
