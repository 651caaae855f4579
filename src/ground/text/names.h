// People's family names: after an honorific or a position, behind a first name or an initial, beside a verb of speech, or in the
// staff list. A first name alone passes (an adviser may be thanked as "Pierre"), so do streets, brands and companies.
#pragma once

#include "ground/text/detectors.h"
#include "ground/text/lexicon.h"

namespace verbatim::text {

// A finding before it is put into words: indices into the folded text.
struct Mark {
    std::size_t start = 0, end = 0;
    std::string_view reason;
    double confidence = 0;
    std::string_view rule;
};

// `hits` in the order of their beginnings.
void find_names(const Lexicon& lexicon, const Folded& text, const std::vector<Hit>& hits, std::uint16_t language, const Context& context, std::vector<Mark>& marks);

// Lets the author's own signature pass: a name at the very end, behind a closing formula or, where nothing else was found, behind the
// end of a sentence. What the staff list knows stays (decision 21).
void drop_signature(const Lexicon& lexicon, const Folded& text, std::uint16_t language, std::vector<Mark>& marks);

}  // namespace verbatim::text
