// A text as the models read it: words, numbers, signs. Letters are folded (lower case, marks taken off) because customers on a
// phone leave them out; where a word stands in the text is kept, so that what is found can be shown in the customer's own words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::understand {

enum class TokenKind : std::uint8_t {
    word,    // letters of an alphabet, one syllable or idea of a script that writes without spaces
    number,  // digits with what stands between them; all numbers of as many digits hash alike
    sign,    // one of ! ? : ) ( and the like, or a picture; a run of the same is one
    stop,    // ends a clause: . , ; : ! ? a line's end, a bracket
};

struct Token {
    std::uint32_t hash = 0;
    std::uint32_t begin = 0, end = 0;    // code points of the text
    std::uint32_t from = 0, size = 0;    // in Tokens::letters
    TokenKind kind = TokenKind::word;
};

struct Tokens {
    std::vector<Token> all;
    std::u16string letters;        // folded, without what lies between the words
    std::uint32_t code_points = 0; // of what was read
    bool shouting = false;         // most letters that have a case are capitals, and there are many
};

// Malformed UTF-8 ends the text there. Reads at most `most_code_points`. Reuses `out`.
inline constexpr std::size_t most_code_points = 20'000;
void tokenize(std::string_view utf8, Tokens& out);

// One place to mix hashes: FNV-1a's steps over 16-bit letters, and of two hashes in order.
inline constexpr std::uint32_t hash_start = 2166136261u;
constexpr std::uint32_t hash_letter(std::uint32_t hash, char16_t letter) { return (hash ^ letter) * 16777619u; }
constexpr std::uint32_t hash_pair(std::uint32_t left, std::uint32_t right) {
    std::uint32_t mixed = left * 0x9E3779B1u ^ (right + 0x7F4A7C15u + (left << 6) + (left >> 2));
    mixed ^= mixed >> 15;
    return mixed * 0x85EBCA6Bu;
}
constexpr std::uint32_t spread(std::uint32_t hash) {  // FNV's low bits alone are weak
    hash ^= hash >> 16;
    hash *= 0x7FEB352Du;
    return hash ^ hash >> 15;
}

// A word list's entry or an example's word, hashed as tokenize() would.
std::uint32_t word_hash(std::string_view utf8);

}  // namespace verbatim::understand
