// How the platform writes of a change, in the language of who reads it first (the desk's eight, else English). For this module only.
#pragma once

#include <string>
#include <string_view>

#include "life/analyse/change.h"

namespace verbatim::analyse {

struct TrendWords {
    std::string theme, place, since;
    Share before, now;
    bool better = false;
};
bool trend_language(std::string_view language);  // a text is written in it
std::string trend_title(const TrendWords& words, std::string_view language);
std::string trend_text(const TrendWords& words, std::string_view language);

}  // namespace verbatim::analyse
