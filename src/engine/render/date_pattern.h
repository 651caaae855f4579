// An ICU date pattern ("d MMM y") with its month names, taken apart once: formatting is then a walk over a few pieces,
// without the calendar object that icu::SimpleDateFormat copies for each call.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "ground/base/calendar.h"

namespace verbatim::render {

class DatePattern {
public:
    // `locale` is an ICU locale name; `skeleton` what is shown, e.g. "yMMMd" or "yMMMdjm": the language orders it.
    DatePattern(const std::string& locale, const char* skeleton);

    void append(std::string& out, Date date, int second_of_day = 0) const;

private:
    enum class Piece { text, day, day2, month, month2, name, standalone, year, hour24, hour24_2, hour12, hour12_2, minute2, half };
    struct Part {
        Piece piece;
        std::string text;
    };
    std::vector<Part> parts_;
    std::array<std::string, 12> names_, standalone_;
    std::array<std::string, 2> halves_;  // AM, PM

    static Piece piece_of(char16_t field, int run, const std::string& locale);
};

}  // namespace verbatim::render
