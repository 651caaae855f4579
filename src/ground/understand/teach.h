// A theme taught by examples: a product manager gives a name and some twenty sentences, and sees what it finds. One linear machine
// over words, pairs and pieces of words, and over what the words mean (meaning.h), against sentences of which the theme is not said.
#pragma once

#include "ground/understand/heads.h"
#include "ground/understand/themes.h"
#include "ground/understand/tokens.h"

#include <string>
#include <string_view>
#include <vector>

namespace verbatim::understand {

struct TaughtTheme {
    std::string name;
    Heads machine;         // one head
    float threshold = 0;
    // By leaving out each example in its turn: how many were still found, and how many of the other sentences are taken for it.
    std::size_t examples = 0, found_again = 0, others = 0, false_finds = 0;
    double recall() const { return examples == 0 ? 0 : static_cast<double>(found_again) / static_cast<double>(examples); }

    std::string write() const;
    static Result<TaughtTheme> read(std::string_view bytes);
};

inline constexpr std::size_t fewest_taught = 5, most_taught = 500, most_others = 5000;

// `others`: sentences of the platform's reviews, any; those that are like an example are left out by the machine itself. At least
// fewest_taught examples and a hundred others, else ErrorKind::invalid, code "too_few". Deterministic by seed.
Result<TaughtTheme> teach(std::string_view name, const std::vector<std::string>& examples, const std::vector<std::string>& others, std::uint64_t seed = 1);

// The sentences of a text that are of the theme: spans with the sentence's polarity left 0, to be asked of the polarity model.
void find_taught(const TaughtTheme& theme, const Tokens& tokens, std::vector<ThemeSpan>& spans);

}  // namespace verbatim::understand
