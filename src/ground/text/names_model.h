// What a single word looks like: a family name, a first name, a place, a make of car, or an ordinary word. A linear model over the
// groups of letters in a word (two to five, with its beginning and end), made by names_trainer from open lists; no name of the
// lists stands in it. It only helps where a sentence already says that a name may stand: names.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace verbatim::text {

enum class Looks : unsigned char { family, first, place, make, word };
inline constexpr std::size_t looks_count = 5;
using Likelihoods = std::array<float, looks_count>;  // sum to 1

inline constexpr std::string_view names_model_mark = "verbatim names 1\n";
inline constexpr std::size_t names_model_buckets = 1 << 15;

// Calls `visit` with the bucket of each group of letters; `word` in folded letters.
template <class Visit>
void for_letter_groups(std::string_view word, Visit&& visit) {
    char letters[34];
    if (word.size() > 32) word = word.substr(0, 32);
    letters[0] = '^';
    for (std::size_t i = 0; i < word.size(); ++i) letters[i + 1] = word[i];
    letters[word.size() + 1] = '$';
    const std::size_t size = word.size() + 2;
    for (std::size_t begin = 0; begin < size; ++begin) {
        std::uint32_t hash = 2166136261u;
        for (std::size_t length = 1; length <= 6 && begin + length <= size; ++length) {
            hash = (hash ^ static_cast<unsigned char>(letters[begin + length - 1])) * 16777619u;
            if (length >= 2) visit((hash ^ hash >> 15) % names_model_buckets);
        }
    }
}

// The model built into the program.
Likelihoods looks_of(std::string_view folded_word);

}  // namespace verbatim::text
