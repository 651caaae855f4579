// Number plates of Europe by their shapes.
#pragma once

#include "ground/text/folded.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace verbatim::text {

struct PlateMatch {
    std::size_t end = 0;
    double confidence = 0;
    std::string_view rule;  // "plate.FR"
};

// A plate that begins at `start`, the beginning of a word. Shapes that are ordinary elsewhere count only in the language of
// their country or when announced ("registration ...").
std::optional<PlateMatch> match_plate(const Folded& text, std::size_t start, std::uint16_t language, bool announced);

}  // namespace verbatim::text
