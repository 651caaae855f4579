// A text as the detectors read it: lower-case Latin letters whatever was written (accents, full width, mathematical letters,
// Cyrillic and Greek look-alikes), without what cannot be seen, and with the way back to the bytes of the original.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::text {

// One byte a character. 'a'..'z' letters, '0'..'9' digits, the other ASCII characters as they are, and:
inline constexpr char other_letter = '\x02';  // a letter of no Latin shape
inline constexpr char other_sign = '\x01';    // an emoji or another sign
inline constexpr char euro_sign = '\x03';

struct Folded {
    enum Flag : std::uint8_t {
        upper = 1,     // was a capital
        marked = 2,    // was not the plain ASCII letter: accented, or from another alphabet
        expanded = 4,  // second letter made of one character (ß, œ, ä written as ae)
    };
    std::string chars;
    std::string flags;                   // Flag bits, same length
    std::vector<std::uint32_t> offsets;  // byte offset of each char and of the end; empty when it is the index itself
    bool digits = false, at = false, dot_letter = false, brackets = false;  // what the other detectors may skip a text for

    std::size_t size() const { return chars.size(); }
    std::size_t offset(std::size_t index) const { return offsets.empty() ? index : offsets[index]; }
    // End in bytes of a match that ends before `index`, never inside a character.
    std::size_t end_offset(std::size_t index) const;
    bool is_upper(std::size_t index) const { return (flags[index] & upper) != 0; }
};

inline constexpr std::size_t longest_text = 20'000;  // code points read of one text

// Needs valid UTF-8. Reuses the memory of `out`.
void fold(std::string_view utf8, Folded& out);
// The folded form alone, for words of packs and contexts.
std::string folded(std::string_view utf8);

namespace detail {
inline constexpr auto letter_table = [] {
    struct { bool is[256]; } table{};
    for (int c = 'a'; c <= 'z'; ++c) table.is[c] = true;
    table.is[static_cast<unsigned char>(other_letter)] = true;
    return table;
}();
}  // namespace detail

inline bool is_letter(char c) { return detail::letter_table.is[static_cast<unsigned char>(c)]; }
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_word(char c) { return is_letter(c) || is_digit(c); }
inline bool starts_word(const Folded& text, std::size_t index) { return index == 0 || !is_word(text.chars[index - 1]); }
inline bool ends_word(const Folded& text, std::size_t index) { return index >= text.size() || !is_word(text.chars[index]); }

}  // namespace verbatim::text
