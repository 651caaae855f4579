// A word written so that no filter reads it ("xer0p1n3ur", "m@rg0ulin"): whatever it says, a human looks. Known words in such a
// dress are found by the lexicon, which names them; this is for all others.
#pragma once

#include "ground/text/names.h"

namespace verbatim::text {

void find_disguises(const Folded& text, std::vector<Mark>& marks);

}  // namespace verbatim::text
