#include "ground/text/shipped_lexicon.h"

extern "C" {
extern const char verbatim_lexicon[], verbatim_lexicon_end[], verbatim_words[], verbatim_words_end[];
}

namespace verbatim::text {

std::string_view shipped_lexicon() { return {verbatim_lexicon, static_cast<std::size_t>(verbatim_lexicon_end - verbatim_lexicon)}; }
std::string_view shipped_word_model() { return {verbatim_words, static_cast<std::size_t>(verbatim_words_end - verbatim_words)}; }

}  // namespace verbatim::text
