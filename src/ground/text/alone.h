// Is a word thrown at somebody? A clause of its own ("..., blockhead, ..."), or what somebody said ("he called me a ...").
#pragma once

#include "ground/text/lexicon.h"

namespace verbatim::text {

// Not a bare word that is the whole text, nor an item of a list ("oil, filter, belt").
bool stands_alone(const Lexicon& lexicon, const Folded& text, std::size_t start, std::size_t end, std::uint16_t language);

inline bool parts_clauses(char c) {
    return c == ',' || c == '.' || c == ';' || c == ':' || c == '!' || c == '?' || c == '"' || c == '(' || c == ')' || c == '\n' || c == other_sign;
}

}  // namespace verbatim::text
