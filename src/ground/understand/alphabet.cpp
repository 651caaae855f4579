#include "ground/understand/alphabet.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <memory>
#include <string_view>

namespace verbatim::understand {

Alphabet::Alphabet() {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2* normal = unorm2_getNFDInstance(&error);
    for (std::uint32_t c = 0; c < size; ++c) {
        const auto point = static_cast<UChar32>(c);
        const UChar32 small = u_tolower(point);
        capital[c] = small != point;
        lower[c] = folded[c] = static_cast<char16_t>(small);
        UChar parts[16];
        UErrorCode problem = U_ZERO_ERROR;
        if (unorm2_getDecomposition(normal, small, parts, 16, &problem) > 0 && U_SUCCESS(problem)) folded[c] = parts[0];
        classes[c] = u_isalpha(point) ? letter : u_isdigit(point) ? digit : u_charType(point) == U_NON_SPACING_MARK ? joining : nothing;
    }
    // Letters with a stroke are no compositions to Unicode, and are typed without it all the same.
    folded[0xD8] = folded[0xF8] = u'o';
    folded[0x141] = folded[0x142] = u'l';
    folded[0x110] = folded[0x111] = u'd';
    folded[0x131] = u'i';
    for (const char sign : std::string_view("!?")) classes[static_cast<unsigned char>(sign)] = mark;
    for (const char sign : std::string_view(".,;:\n()[]\"")) classes[static_cast<unsigned char>(sign)] = stopping;
    classes[0x2026] = stopping;  // the ellipsis
    for (std::uint32_t c = 0x2600; c < 0x27C0; ++c) classes[c] = picture;
    classes[0x20AC] = picture;   // a price
}

const Alphabet& Alphabet::known() {
    static const std::unique_ptr<const Alphabet> once(new Alphabet);
    return *once;
}

}  // namespace verbatim::understand
