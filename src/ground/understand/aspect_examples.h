// Sentences whose targets are labelled, as the aspect sets give them (docs/formats.md): a target is a place of the text ("start",
// "end" in code points, or the "term" found in the text) or the whole of it, its category, and what is said of it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::understand {

struct Target {
    std::string term, category, polarity;  // polarity: positive, negative, neutral, or "" where it is not said
    std::size_t start = 0, end = 0;        // code points; end 0: the whole text
};

struct AspectExample {
    std::string lang, domain, text;
    std::string same;  // equal for translations of one sentence: an "id" that ends in its language is the same but for that
    std::vector<Target> targets;
    bool has_categories = false;  // one target at least names its category, or the form always does and there is none
};

inline constexpr std::size_t most_targets = 200;

// One JSON object a line. false where it is none; `why` says so.
bool read_aspects(std::string_view line, AspectExample& example, std::string& why);

// "food quality" and "FOOD#QUALITY" are one category.
std::string category_name(std::string_view written);

}  // namespace verbatim::understand
