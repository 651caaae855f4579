#include "ground/text/folded.h"

#include "ground/text/utf8.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace verbatim::text {
namespace {

// What a code point is read as: up to two letters; nothing at all for what cannot be seen.
struct Reading {
    char first = 0, second = 0;
    std::uint8_t flags = 0;
};

constexpr char32_t latin_end = 0x250;
constexpr char32_t homoglyph_begin = 0x370, homoglyph_end = 0x590;

struct Homoglyph {
    char32_t from;
    char to;
};
// Letters that a reader takes for a Latin one; shapes, not sounds. Our own choice out of the Greek, Cyrillic and Armenian blocks.
constexpr Homoglyph homoglyphs[] = {
    {0x391, 'a'}, {0x392, 'b'}, {0x395, 'e'}, {0x396, 'z'}, {0x397, 'h'}, {0x399, 'i'}, {0x39A, 'k'}, {0x39C, 'm'}, {0x39D, 'n'},
    {0x39F, 'o'}, {0x3A1, 'p'}, {0x3A4, 't'}, {0x3A5, 'y'}, {0x3A7, 'x'}, {0x3B1, 'a'}, {0x3B5, 'e'}, {0x3B9, 'i'}, {0x3BA, 'k'},
    {0x3BD, 'v'}, {0x3BF, 'o'}, {0x3C1, 'p'}, {0x3C4, 't'}, {0x3C5, 'u'}, {0x3C7, 'x'}, {0x3F2, 'c'}, {0x3F3, 'j'},
    {0x401, 'e'}, {0x405, 's'}, {0x406, 'i'}, {0x407, 'i'}, {0x408, 'j'}, {0x410, 'a'}, {0x412, 'b'}, {0x415, 'e'}, {0x41A, 'k'},
    {0x41C, 'm'}, {0x41D, 'h'}, {0x41E, 'o'}, {0x420, 'p'}, {0x421, 'c'}, {0x422, 't'}, {0x423, 'y'}, {0x425, 'x'}, {0x430, 'a'},
    {0x435, 'e'}, {0x43A, 'k'}, {0x43C, 'm'}, {0x43E, 'o'}, {0x43F, 'n'}, {0x440, 'p'}, {0x441, 'c'}, {0x442, 't'}, {0x443, 'y'},
    {0x445, 'x'}, {0x451, 'e'}, {0x455, 's'}, {0x456, 'i'}, {0x457, 'i'}, {0x458, 'j'}, {0x4BB, 'h'}, {0x4BA, 'h'}, {0x4CF, 'l'},
    {0x4C0, 'i'}, {0x501, 'd'}, {0x51B, 'q'}, {0x51D, 'w'}, {0x570, 'h'}, {0x578, 'n'}, {0x57D, 'u'}, {0x585, 'o'}, {0x581, 'g'},
};

Reading of_letters(const icu::UnicodeString& decomposed, std::uint8_t flags) {
    Reading reading;
    for (int32_t i = 0; i < decomposed.length(); ++i) {
        const char16_t unit = decomposed[i];
        char c = 0;
        if (unit >= 'A' && unit <= 'Z') {
            c = static_cast<char>(unit + 32);
            flags |= Folded::upper;
        } else if ((unit >= 'a' && unit <= 'z') || (unit >= '0' && unit <= '9')) {
            c = static_cast<char>(unit);
        } else {
            continue;
        }
        if (reading.first == 0) {
            reading.first = c;
        } else if (reading.second == 0) {
            reading.second = c;
        }
    }
    reading.flags = flags;
    return reading;
}

Reading decompose(char32_t code) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKDInstance(status);
    icu::UnicodeString decomposed;
    if (U_SUCCESS(status) && normalizer->getDecomposition(static_cast<UChar32>(code), decomposed)) {
        const Reading reading = of_letters(decomposed, Folded::marked);
        if (reading.first != 0) {
            return reading;
        }
    }
    if (u_isalpha(static_cast<UChar32>(code))) {
        return {other_letter, 0, static_cast<std::uint8_t>(Folded::marked | (u_isupper(static_cast<UChar32>(code)) ? Folded::upper : 0))};
    }
    return {u_isUWhiteSpace(static_cast<UChar32>(code)) ? ' ' : other_sign, 0, 0};
}

// Letters that do not decompose though a reader sees a Latin letter, and signs used in place of one.
Reading latin_reading(char32_t code) {
    switch (code) {
        case 0xA0: return {' ', 0, 0};
        case 0xA1: return {'!', 0, 0};
        case 0xA7: return {'*', 0, 0};
        case 0xAD: return {};
        case 0xB0: return {other_sign, 0, 0};
        case 0xB4: return {'\'', 0, 0};
        case 0xB5: return {'u', 0, Folded::marked};
        case 0xB7: return {'.', 0, 0};
        case 0xC6: return {'a', 'e', Folded::marked | Folded::upper};
        case 0xE6: return {'a', 'e', Folded::marked};
        case 0xD0: case 0x110: return {'d', 0, Folded::marked | Folded::upper};
        case 0xF0: case 0x111: return {'d', 0, Folded::marked};
        case 0xD8: return {'o', 0, Folded::marked | Folded::upper};
        case 0xF8: return {'o', 0, Folded::marked};
        case 0xDF: return {'s', 's', Folded::marked};
        case 0x192: return {'f', 0, Folded::marked};
        case 0x131: return {'i', 0, Folded::marked};
        case 0x141: return {'l', 0, Folded::marked | Folded::upper};
        case 0x142: return {'l', 0, Folded::marked};
        case 0x152: return {'o', 'e', Folded::marked | Folded::upper};
        case 0x153: return {'o', 'e', Folded::marked};
        default: return decompose(code);
    }
}

struct Tables {
    Reading latin[latin_end];
    Reading homoglyph[homoglyph_end - homoglyph_begin];

    Tables() {
        for (char32_t code = 0x80; code < latin_end; ++code) {
            latin[code] = latin_reading(code);
        }
        for (char32_t code = homoglyph_begin; code < homoglyph_end; ++code) {
            homoglyph[code - homoglyph_begin] = decompose(code);
        }
        for (const Homoglyph& glyph : homoglyphs) {
            Reading& reading = homoglyph[glyph.from - homoglyph_begin];
            reading.first = glyph.to;
            reading.flags = static_cast<std::uint8_t>(Folded::marked | (u_isupper(static_cast<UChar32>(glyph.from)) ? Folded::upper : 0));
        }
    }
};

const Tables& tables() {
    static const Tables made;
    return made;
}

bool unseen(char32_t code) {
    return (code >= 0x300 && code <= 0x36F) || code == 0x34F || code == 0x61C || code == 0x180E || (code >= 0x200B && code <= 0x200F) ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2060 && code <= 0x2064) || (code >= 0x2066 && code <= 0x206F) ||
           (code >= 0x20D0 && code <= 0x20FF) || (code >= 0xFE00 && code <= 0xFE0F) || code == 0xFEFF || (code >= 0xE0000 && code <= 0xE01EF) ||
           code == 0x115F || code == 0x1160 || code == 0x3164 || code == 0x17B4 || code == 0x17B5;
}

Reading read(char32_t code) {
    if (code < latin_end) {
        return tables().latin[code];
    }
    if (unseen(code)) {
        return {};
    }
    if (code >= homoglyph_begin && code < homoglyph_end) {
        return tables().homoglyph[code - homoglyph_begin];
    }
    if (code >= 0x2000 && code < 0x2070) {
        if (code <= 0x200A || code == 0x202F || code == 0x205F || code == 0x2028 || code == 0x2029) return {' ', 0, 0};
        if (code >= 0x2010 && code <= 0x2015) return {'-', 0, 0};
        if (code == 0x2018 || code == 0x2019 || code == 0x201B || code == 0x2032) return {'\'', 0, 0};
        if (code == 0x2022 || code == 0x2055) return {'*', 0, 0};
        if (code == 0x2024 || code == 0x2027 || code == 0x2026) return {'.', 0, 0};
        return {other_sign, 0, 0};
    }
    if (code == 0x20AC) return {euro_sign, 0, 0};
    if (code == 0x2212) return {'-', 0, 0};
    if (code == 0x2C9F) return {'o', 0, Folded::marked};
    if (code >= 0xFF01 && code <= 0xFF5E) {
        const char c = static_cast<char>(code - 0xFF01 + 0x21);
        if (c >= 'A' && c <= 'Z') return {static_cast<char>(c + 32), 0, Folded::marked | Folded::upper};
        return {c, 0, static_cast<std::uint8_t>(c >= 'a' && c <= 'z' ? Folded::marked : 0)};
    }
    const bool may_be_latin = (code >= 0x1D00 && code < 0x1F00) || (code >= 0x2070 && code < 0x2190) || (code >= 0x2460 && code < 0x2500) ||
                              (code >= 0xFB00 && code <= 0xFB06) || (code >= 0x1D400 && code < 0x1D800) || (code >= 0x1F100 && code < 0x1F1AD);
    if (may_be_latin) {
        return decompose(code);
    }
    if (u_isalpha(static_cast<UChar32>(code))) {
        return {other_letter, 0, Folded::marked};
    }
    return {u_isUWhiteSpace(static_cast<UChar32>(code)) ? ' ' : other_sign, 0, 0};
}

// What an ASCII character is read as, and which detectors it concerns.
struct AsciiTable {
    unsigned char to[128]{}, flag[128]{}, kind[128]{};
};
enum : unsigned char { digit_kind = 1, at_kind = 2, bracket_kind = 4, dot_kind = 8 };
constexpr AsciiTable ascii = [] {
    AsciiTable made;
    for (int c = 0; c < 128; ++c) {
        const bool capital = c >= 'A' && c <= 'Z';
        made.to[c] = static_cast<unsigned char>(capital ? c + 32 : (c < 0x20 && c != '\n') ? ' ' : c == 0x7F ? other_sign : c);
        made.flag[c] = capital ? Folded::upper : 0;
        made.kind[c] = c >= '0' && c <= '9' ? digit_kind : c == '@' ? at_kind : c == '(' || c == '[' || c == '{' || c == '<' ? bracket_kind : c == '.' || c == '/' ? dot_kind : 0;
    }
    return made;
}();

void note_kinds(unsigned char kinds, Folded& out) {
    out.digits = (kinds & digit_kind) != 0;
    out.at = (kinds & at_kind) != 0;
    out.brackets = (kinds & bracket_kind) != 0;
    out.dot_letter = false;
    if ((kinds & dot_kind) == 0) return;
    for (std::size_t i = 1; i < out.chars.size() && !out.dot_letter; ++i) {
        out.dot_letter = is_letter(out.chars[i]) && (out.chars[i - 1] == '.' || out.chars[i - 1] == '/');
    }
}

// A text of ASCII alone: offsets are the indices. False at the first other byte.
bool fold_ascii(std::string_view utf8, Folded& out) {
    out.chars.resize(utf8.size());
    out.flags.resize(utf8.size());
    unsigned char kinds = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        if (byte >= 0x80) return false;
        out.chars[i] = static_cast<char>(ascii.to[byte]);
        out.flags[i] = static_cast<char>(ascii.flag[byte]);
        kinds |= ascii.kind[byte];
    }
    note_kinds(kinds, out);
    return true;
}

}  // namespace

std::size_t Folded::end_offset(std::size_t index) const {
    while (index < size() && (flags[index] & expanded) != 0) {
        ++index;
    }
    return offset(index);
}

void fold(std::string_view utf8, Folded& out) {
    out.offsets.clear();
    if (utf8.size() <= longest_text && fold_ascii(utf8, out)) return;
    // No character becomes more letters than it has bytes.
    out.chars.resize(utf8.size());
    out.flags.resize(utf8.size());
    out.offsets.resize(utf8.size() + 1);
    std::size_t position = 0, size = 0;
    unsigned char kinds = 0;
    const auto add = [&](char c, unsigned char flags, std::size_t at) {
        out.chars[size] = c;
        out.flags[size] = static_cast<char>(flags);
        out.offsets[size] = static_cast<std::uint32_t>(at);
        ++size;
    };
    for (std::size_t count = 0; position < utf8.size() && count < longest_text; ++count) {
        const std::size_t at = position;
        const auto byte = static_cast<unsigned char>(utf8[position]);
        if (byte < 0x80) {
            ++position;
            add(static_cast<char>(ascii.to[byte]), ascii.flag[byte], at);
            kinds |= ascii.kind[byte];
            continue;
        }
        const Reading reading = read(next_code_point(utf8, position));
        if (reading.first == 0) continue;
        add(reading.first, reading.flags, at);
        if (reading.second != 0) add(reading.second, static_cast<unsigned char>(reading.flags | Folded::expanded), at);
        if (is_digit(reading.first)) kinds |= digit_kind;
        if (static_cast<unsigned char>(reading.first) < 0x80) kinds |= ascii.kind[static_cast<unsigned char>(reading.first)];
    }
    out.offsets[size] = static_cast<std::uint32_t>(position);
    out.offsets.resize(size + 1);
    out.chars.resize(size);
    out.flags.resize(size);
    note_kinds(kinds, out);
}

std::string folded(std::string_view utf8) {
    Folded out;
    fold(utf8, out);
    return out.chars;
}

}  // namespace verbatim::text
