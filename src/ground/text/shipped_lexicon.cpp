#include "ground/text/shipped_lexicon.h"

extern "C" {
extern const char verbatim_lexicon[], verbatim_lexicon_end[];
}

namespace verbatim::text {

std::string_view shipped_lexicon() { return {verbatim_lexicon, static_cast<std::size_t>(verbatim_lexicon_end - verbatim_lexicon)}; }

}  // namespace verbatim::text
