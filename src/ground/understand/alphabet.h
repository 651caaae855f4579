// Code points of a text, and what each below U+3000 is, asked of ICU once.
#pragma once

#include <cstdint>

namespace verbatim::understand {

struct Alphabet {
    enum Class : std::uint8_t { nothing, letter, digit, ideograph, picture, mark, stopping, joining };
    static constexpr std::uint32_t size = 0x3000;
    std::uint8_t classes[size];
    char16_t folded[size];  // lower case, without marks
    char16_t lower[size];
    bool capital[size];

    static const Alphabet& known();
    std::uint8_t what(std::uint32_t point) const {
        if (point < size) return classes[point];
        if ((point >= 0x3040 && point < 0xA000) || (point >= 0xF900 && point < 0xFB00) || (point >= 0x20000 && point < 0x30000)) return ideograph;
        if (point >= 0xAC00 && point < 0xD7B0) return letter;  // Hangul writes blanks between words
        return point >= 0x1F000 ? picture : nothing;
    }

private:
    Alphabet();
};

// The next code point; 0 at the end and at what is no UTF-8.
inline std::uint32_t next_point(const unsigned char*& at, const unsigned char* end) {
    const std::uint32_t first = *at;
    if (first < 0x80) return ++at, first;
    const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
    if (more == 0 || end - at <= more) return at = end, 0;
    std::uint32_t point = first & (more == 3 ? 0x07u : more == 2 ? 0x0Fu : 0x1Fu);
    for (int i = 1; i <= more; ++i) {
        if ((at[i] & 0xC0) != 0x80) return at = end, 0;
        point = point << 6 | (at[i] & 0x3Fu);
    }
    at += more + 1;
    return point;
}

}  // namespace verbatim::understand
