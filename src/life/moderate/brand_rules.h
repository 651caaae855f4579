// What a brand adds to the rule packs and takes from them: words of its own that bring a text before a human, and reasons it does not
// use. Both only decide what a human looks at; a reason is one of the public list, and none of them judges sentiment (norm MOD-3).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/result.h"

namespace verbatim::moderate {

struct BrandRules {
    struct Word {
        std::string folded, reason;
    };
    std::vector<Word> words;
    std::vector<std::string> off;
};
BrandRules brand_rules(storage::Tx& tx);
// Leaves out findings of reasons that are off, adds those of the brand's words.
void apply(const BrandRules& rules, std::string_view utf8, std::string_view field, nlohmann::json& findings);

// For record/editions: "words" {"words":[{"text","reason"}]} and "reasons" {"off":["language"]}.
std::vector<std::string> rule_names();
std::string packaged_rule(std::string_view name);
Result<std::string> check_rule(std::string_view name, std::string_view body);
// What the detectors look for, by reason: those that can be switched off.
std::vector<std::string> detected_reasons();

}  // namespace verbatim::moderate
