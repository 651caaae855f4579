// For the tests: what the shipped detectors find, in one line.
#pragma once

#include "ground/text/detectors.h"

#include <string>

namespace verbatim::text {

// "insult:crétin name:Dupont" in the order of the text; "" when clean.
inline std::string found(const std::string& text, const std::string& lang, Context context = {}) {
    context.lang = lang;
    std::string all;
    for (const Finding& finding : Detectors::shipped()->find(text, context)) {
        if (!all.empty()) all += ' ';
        all += finding.reason + ":" + finding.text;
    }
    return all;
}

}  // namespace verbatim::text
