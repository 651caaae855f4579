// The places a sentence and a target in it have in the tables of the aspect machines.
#pragma once

#include "ground/understand/aspect_examples.h"
#include "ground/understand/features.h"

namespace verbatim::understand {

inline constexpr unsigned aspect_bits = 18;

// `domain`: each feature is there once for every domain and language and once for this one (Daumé 2007, "Frustratingly easy domain
// adaptation"), so that other sets teach what they can and no more.
void target_features(const Tokens& tokens, std::string_view lang, std::string_view domain, const Target& target, std::vector<std::uint32_t>& row);
void sentence_features(const Tokens& tokens, std::string_view lang, std::string_view domain, std::vector<std::uint32_t>& row);

}  // namespace verbatim::understand
