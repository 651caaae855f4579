// A text as the composed rules read it: words of Latin or Arabic letters, one byte a letter, with where a clause or a sentence
// ends and what stands in quotation marks.
#pragma once

#include "ground/text/folded.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::text {

struct Word {
    std::uint32_t begin = 0, end = 0;  // into HateText::letters
    std::uint32_t from = 0, to = 0;    // into the folded text
    std::uint16_t sentence = 0;
    std::uint16_t clause = 0;          // counted through the whole text
    bool quoted = false;
    bool mixed = false;                // digits or signs stand between its letters: maybe letters in disguise
};

// Letters are a-z, Arabic letters are bytes from 0x80 on (alef, hamza, ta marbuta and alef maqsura in one form each, vowel signs
// left out), digits are themselves; any other letter is 0x7F. One space between words.
struct HateText {
    std::string letters;
    std::vector<Word> words;
    std::uint16_t sentences = 0;
    bool quotes = false;
    std::vector<bool> questions;  // by sentence
};

inline constexpr unsigned char first_arabic = 0x80, foreign_letter = 0x7F;

// `joins_apostrophe`: English writes "dont" for "don't"; elsewhere the apostrophe parts two words ("l'homme"). Reuses `out`.
void read_hate_text(std::string_view utf8, const Folded& folded, bool joins_apostrophe, HateText& out);
// The same letters for an entry of a word list.
std::string hate_letters(std::string_view utf8, bool joins_apostrophe);

}  // namespace verbatim::text
