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
    // `locale` is an ICU locale name. Uses the language's own order for day, abbreviated month and year.
    explicit DatePattern(const std::string& locale);

    void append(std::string& out, Date date) const;

private:
    enum class Piece { text, day, day2, month, month2, name, standalone, year };
    struct Part {
        Piece piece;
        std::string text;
    };
    std::vector<Part> parts_;
    std::array<std::string, 12> names_, standalone_;
};

}  // namespace verbatim::render
