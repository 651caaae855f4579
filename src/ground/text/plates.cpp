#include "ground/text/plates.h"

#include "ground/text/lexicon.h"

#include <algorithm>

namespace verbatim::text {
namespace {

struct PlateShape {
    std::string_view rule;
    // A a letter, C a consonant, 9 a digit; lower case: the same or nothing (a, c, 8 for a digit); '-' a hyphen, '_' a hyphen, a space or
    // nothing, '=' a hyphen or a space, '.' a space.
    std::string_view shape;
    std::string_view languages;  // where it counts without being announced; "*" everywhere, "" nowhere
    double confidence;
};

constexpr PlateShape shapes[] = {
    {"plate.FR", "AA-999-AA", "*", 0.95},        // since 2009
    {"plate.FR", "AA999AA", "fr it", 0.9},        // France, Italy
    {"plate.FR", "AA.999.AA", "fr it", 0.85},
    {"plate.IT", "AA.999AA", "it", 0.9},
    {"plate.FR", "9998.AAa.99", "", 0.85},       // before 2009
    {"plate.FR", "9998-AAa-99", "fr", 0.9},
    {"plate.GB", "AA99.AAA", "*", 0.9},
    {"plate.GB", "AA99AAA", "*", 0.85},
    {"plate.ES", "9999-CCC", "es", 0.9},
    {"plate.ES", "9999_CCC", "es", 0.8},
    {"plate.DE", "Aaa-Aa=9998", "de", 0.85},     // M-AB 1234: three digits and more
    {"plate.DE", "Aaa-Aa.9998", "*", 0.8},
    {"plate.DE", "Aaa.Aa.9998", "", 0.8},
    {"plate.DE", "Aaa-Aa=98", "", 0.8},
    {"plate.DE", "Aaa.Aa.98", "", 0.8},
    {"plate.AT", "Aa-99988Aa", "", 0.7},
    {"plate.NL", "AA-99-99", "*", 0.85},
    {"plate.NL", "99-AA-AA", "*", 0.9},
    {"plate.NL", "AA-AA-99", "*", 0.9},
    {"plate.NL", "AA-99-AA", "*", 0.9},          // also Portugal since 2020
    {"plate.NL", "99-AA-99", "*", 0.85},
    {"plate.PT", "99-99-AA", "*", 0.85},
    {"plate.PT", "AA.99.AA", "pt", 0.85},
    {"plate.PT", "99.AA.99", "pt", 0.85},
    {"plate.NL", "99-AAA-9", "*", 0.9},
    {"plate.NL", "9-AAA-99", "*", 0.9},
    {"plate.NL", "AA-999-A", "*", 0.9},
    {"plate.NL", "A-999-AA", "*", 0.9},
    {"plate.NL", "AAA-99-A", "*", 0.85},
    {"plate.NL", "A-99-AAA", "*", 0.85},
    {"plate.NL", "9-AA-999", "*", 0.9},
    {"plate.NL", "999-AA-9", "*", 0.9},
    {"plate.BE", "9-AAA-999", "*", 0.95},
    {"plate.BE", "9.AAA.999", "fr nl", 0.7},
    {"plate.BE", "AAA-999", "", 0.8},
    {"plate.PL", "AAa.99998", "pl", 0.8},
    {"plate.PL", "AAa.999AA", "pl", 0.8},
    {"plate.PL", "AAa.9A999", "pl", 0.8},
    {"plate.PL", "AAa99998", "", 0.8},
    {"plate.RO", "Aa-998-AAA", "*", 0.85},
    {"plate.RO", "Aa.998.AAA", "ro", 0.85},
    {"plate.CZ", "9A9.9999", "cs", 0.9},
    {"plate.SK", "AA-999AA", "*", 0.85},
    {"plate.HU", "AA.AA-999", "*", 0.85},
    {"plate.HU", "AAA-999", "hu", 0.8},
    {"plate.SE", "AAA.999", "", 0.8},
    {"plate.SE", "AAA.99A", "sv", 0.8},
    {"plate.DK", "AA.99.999", "da", 0.85},
    {"plate.NO", "AA.99999", "no", 0.8},
    {"plate.FI", "AAA-999", "fi", 0.8},
    {"plate.IE", "99-Aa-99998", "*", 0.8},
    {"plate.IE", "999-Aa-99998", "*", 0.9},
    {"plate.CH", "AA.999998", "", 0.8},
    {"plate.LU", "AA.9999", "lb", 0.8},
    {"plate.SI", "AA.AA-999", "sl", 0.8},
    {"plate.HR", "AA.9998-AA", "hr", 0.9},
    {"plate.HR", "AA.9998.AA", "hr", 0.85},
    {"plate.GR", "AAA-9999", "el", 0.9},
};

bool listed(std::string_view languages, std::uint16_t language) {
    if (languages == "*") return true;
    for (std::size_t at = 0; at + 2 <= languages.size(); at += 3) {
        if (language_number(languages.substr(at, 2)) == language) return true;
    }
    return false;
}

// End of the match or 0. Letters must all be capitals unless hyphens or an announcement speak for a plate.
std::size_t match(const Folded& text, std::size_t start, std::string_view shape, bool small_too) {
    const std::string& chars = text.chars;
    std::size_t at = start;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const char want = shape[i], c = at < chars.size() ? chars[at] : '\0';
        const bool letter = c >= 'a' && c <= 'z' && (small_too || text.is_upper(at));
        switch (want) {
            case 'A': case 'a': case 'C':
                if (letter && (want != 'C' || std::string_view("aeiouq").find(c) == std::string_view::npos)) {
                    ++at;
                } else if (want != 'a') {
                    return 0;
                }
                break;
            case '9': case '8':
                if (is_digit(c)) {
                    ++at;
                } else if (want == '9') {
                    return 0;
                }
                break;
            case '-':
                if (c != '-') return 0;
                ++at;
                break;
            case '.':
                if (c != ' ') return 0;
                ++at;
                break;
            case '=':
                if (c != '-' && c != ' ') return 0;
                ++at;
                break;
            default:
                if (c == '-' || c == ' ') ++at;
        }
    }
    return ends_word(text, at) ? at : 0;
}

// Words and car codes of the same shape: "DE 300 CC", "FX35 AWD".
bool innocent(std::string_view chars) {
    static constexpr std::string_view beginnings[] = {"de ", "et ", "en ", "le ", "la ", "un ", "du ", "au ", "ou ", "ce ", "je ", "il ", "on ", "di ", "da ", "ha "};
    static constexpr std::string_view ends[] = {" cc", " cv", " ch", " km", " kw", " kg", " eu", "awd", "fwd", "rwd", "suv", "amg", "gti", "tdi", "cdi", "hdi", "dci", "tsi", "rpm", "kms", "kgs", "mph", "vhr", "phv", "hev"};
    return std::any_of(std::begin(beginnings), std::end(beginnings), [&](std::string_view beginning) { return chars.substr(0, 3) == beginning; }) ||
           std::any_of(std::begin(ends), std::end(ends), [&](std::string_view end) { return chars.size() > 3 && chars.substr(chars.size() - 3) == end; });
}

}  // namespace

std::optional<PlateMatch> match_plate(const Folded& text, std::size_t start, std::uint16_t language, bool announced) {
    // No plate is longer than twelve signs, and each has a digit.
    const std::size_t end = std::min(start + 12, text.size());
    if (std::none_of(text.chars.begin() + static_cast<std::ptrdiff_t>(start), text.chars.begin() + static_cast<std::ptrdiff_t>(end), is_digit)) return std::nullopt;
    for (const PlateShape& shape : shapes) {
        if (!announced && !listed(shape.languages, language)) continue;
        const std::size_t found = match(text, start, shape.shape, announced);
        if (found != 0 && !innocent(std::string_view(text.chars).substr(start, found - start))) return PlateMatch{found, shape.confidence, shape.rule};
    }
    return std::nullopt;
}

}  // namespace verbatim::text
