// The character classes of RFC 9110 section 5.6 and RFC 3986, as tables: one load a byte.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace verbatim::http {

enum CharacterClass : unsigned char {
    token_character = 1,   // tchar
    value_character = 2,   // VCHAR, obs-text, SP, HTAB
    target_character = 4,  // what may stand in a request target: visible ASCII but '#'
};

inline constexpr std::array<unsigned char, 256> character_classes = [] {
    std::array<unsigned char, 256> table{};
    for (unsigned c = 0x21; c <= 0x7e; ++c) table[c] = value_character | target_character;
    for (unsigned c = 0x80; c <= 0xff; ++c) table[c] = value_character;
    table[' '] |= value_character;
    table['\t'] |= value_character;
    table['#'] &= static_cast<unsigned char>(~target_character);
    for (unsigned c = '0'; c <= '9'; ++c) table[c] |= token_character;
    for (unsigned c = 'A'; c <= 'Z'; ++c) table[c] |= token_character;
    for (unsigned c = 'a'; c <= 'z'; ++c) table[c] |= token_character;
    for (char c : {'!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~'})
        table[static_cast<unsigned char>(c)] |= token_character;
    return table;
}();

// Whether text has at least one character and all are of the class.
inline bool all_are(std::string_view text, CharacterClass wanted) {
    for (char c : text)
        if (!(character_classes[static_cast<unsigned char>(c)] & wanted)) return false;
    return !text.empty();
}

constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

constexpr bool equal_without_case(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (to_lower(a[i]) != to_lower(b[i])) return false;
    return true;
}

constexpr bool starts_without_case(std::string_view text, std::string_view start) {
    return text.size() >= start.size() && equal_without_case(text.substr(0, start.size()), start);
}

// Optional white space around a value (RFC 9110 section 5.6.3).
constexpr std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// The next element of a list, trimmed; `rest` moves behind it. For lists whose elements hold no quoted separator.
constexpr std::string_view next_element(std::string_view& rest, char separator) {
    const auto at = rest.find(separator);
    const auto element = trim(rest.substr(0, at));
    rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
    return element;
}

constexpr int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace verbatim::http
