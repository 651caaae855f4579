#include "engine/render/date_pattern.h"

#include <unicode/dtfmtsym.h>
#include <unicode/dtptngen.h>

#include <stdexcept>

namespace verbatim::render {
namespace {

std::string utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

void two_digits(std::string& out, int value) {
    if (value < 10) out += '0';
    out += std::to_string(value);
}

}  // namespace

DatePattern::DatePattern(const std::string& locale, const char* skeleton) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale icu_locale(locale.c_str());
    const std::unique_ptr<icu::DateTimePatternGenerator> generator(icu::DateTimePatternGenerator::createInstance(icu_locale, status));
    if (U_FAILURE(status)) throw std::runtime_error("no date patterns for locale " + locale);
    const icu::UnicodeString pattern = generator->getBestPattern(icu::UnicodeString(skeleton), status);
    const icu::DateFormatSymbols symbols(icu_locale, status);
    if (U_FAILURE(status)) throw std::runtime_error("no date pattern for locale " + locale);
    const auto copy_names = [&](std::array<std::string, 12>& to, icu::DateFormatSymbols::DtContextType context) {
        int32_t count = 0;
        const icu::UnicodeString* names = symbols.getMonths(count, context, icu::DateFormatSymbols::ABBREVIATED);
        for (int32_t i = 0; i < count && i < 12; ++i) to[static_cast<std::size_t>(i)] = utf8(names[i]);
    };
    int32_t halves = 0;
    const icu::UnicodeString* half = symbols.getAmPmStrings(halves);
    for (int32_t i = 0; i < halves && i < 2; ++i) halves_[static_cast<std::size_t>(i)] = utf8(half[i]);
    copy_names(names_, icu::DateFormatSymbols::FORMAT);
    copy_names(standalone_, icu::DateFormatSymbols::STANDALONE);

    bool quoted = false;
    for (int32_t i = 0; i < pattern.length();) {
        const char16_t c = pattern.charAt(i);
        int32_t run = 1;
        while (i + run < pattern.length() && pattern.charAt(i + run) == c) ++run;
        const bool field = !quoted && ((c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z'));
        if (c == u'\'') {
            if (run >= 2) parts_.push_back({Piece::text, "'"});
            if (run % 2 == 1) quoted = !quoted;
        } else if (!field) {
            parts_.push_back({Piece::text, utf8(pattern.tempSubString(i, run))});
        } else {
            parts_.push_back({piece_of(c, run, locale), {}});
        }
        i += run;
    }
}

// Fields of Unicode TR 35, part 4, as far as our skeletons lead to them.
DatePattern::Piece DatePattern::piece_of(char16_t field, int run, const std::string& locale) {
    switch (field) {
        case u'd': return run == 2 ? Piece::day2 : Piece::day;
        case u'M': return run >= 3 ? Piece::name : run == 2 ? Piece::month2 : Piece::month;
        case u'L': return run >= 3 ? Piece::standalone : run == 2 ? Piece::month2 : Piece::month;
        case u'y': return Piece::year;
        case u'H': return run == 2 ? Piece::hour24_2 : Piece::hour24;
        case u'h': return run == 2 ? Piece::hour12_2 : Piece::hour12;
        case u'm': return Piece::minute2;
        case u'a': return Piece::half;
        default: throw std::logic_error("the date pattern of locale " + locale + " has a field we do not know");
    }
}

void DatePattern::append(std::string& out, Date date, int second_of_day) const {
    const int hour = second_of_day / 3600, minute = second_of_day / 60 % 60, hour12 = hour % 12 == 0 ? 12 : hour % 12;
    const auto month = static_cast<std::size_t>(date.month - 1) % 12;
    for (const Part& part : parts_) {
        switch (part.piece) {
            case Piece::text: out += part.text; break;
            case Piece::day: out += std::to_string(date.day); break;
            case Piece::day2: two_digits(out, date.day); break;
            case Piece::month: out += std::to_string(date.month); break;
            case Piece::month2: two_digits(out, date.month); break;
            case Piece::name: out += names_[month]; break;
            case Piece::standalone: out += standalone_[month]; break;
            case Piece::year: out += std::to_string(date.year); break;
            case Piece::hour24: out += std::to_string(hour); break;
            case Piece::hour24_2: two_digits(out, hour); break;
            case Piece::hour12: out += std::to_string(hour12); break;
            case Piece::hour12_2: two_digits(out, hour12); break;
            case Piece::minute2: two_digits(out, minute); break;
            case Piece::half: out += halves_[hour < 12 ? 0 : 1]; break;
        }
    }
}

}  // namespace verbatim::render
