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

DatePattern::DatePattern(const std::string& locale) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale icu_locale(locale.c_str());
    const std::unique_ptr<icu::DateTimePatternGenerator> generator(icu::DateTimePatternGenerator::createInstance(icu_locale, status));
    if (U_FAILURE(status)) throw std::runtime_error("no date patterns for locale " + locale);
    const icu::UnicodeString pattern = generator->getBestPattern(icu::UnicodeString("yMMMd"), status);
    const icu::DateFormatSymbols symbols(icu_locale, status);
    if (U_FAILURE(status)) throw std::runtime_error("no date pattern for locale " + locale);
    const auto copy_names = [&](std::array<std::string, 12>& to, icu::DateFormatSymbols::DtContextType context) {
        int32_t count = 0;
        const icu::UnicodeString* names = symbols.getMonths(count, context, icu::DateFormatSymbols::ABBREVIATED);
        for (int32_t i = 0; i < count && i < 12; ++i) to[static_cast<std::size_t>(i)] = utf8(names[i]);
    };
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
        } else if (c == u'd') {
            parts_.push_back({run == 2 ? Piece::day2 : Piece::day, {}});
        } else if (c == u'M') {
            parts_.push_back({run >= 3 ? Piece::name : run == 2 ? Piece::month2 : Piece::month, {}});
        } else if (c == u'L') {
            parts_.push_back({run >= 3 ? Piece::standalone : run == 2 ? Piece::month2 : Piece::month, {}});
        } else if (c == u'y') {
            parts_.push_back({Piece::year, {}});
        } else {
            throw std::logic_error("date pattern of locale " + locale + " has an unexpected field: " + utf8(pattern));
        }
        i += run;
    }
}

void DatePattern::append(std::string& out, Date date) const {
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
        }
    }
}

}  // namespace verbatim::render
