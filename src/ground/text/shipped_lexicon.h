// The image of the lexicon of assets/packs as it lies in the program; made by the build (CMakeLists.txt of this folder, packer/).
#pragma once

#include <string_view>

namespace verbatim::text {

std::string_view shipped_lexicon();
// assets/models/insult_words.model: word_model.h.
std::string_view shipped_word_model();

}  // namespace verbatim::text
