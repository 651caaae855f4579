// Reviews "gathered elsewhere": what an invented forum says about the invented cars and dealers, as the JSON Lines that
// `verbatim import reviews` takes.
#pragma once

#include <string>
#include <vector>

#include "app/demo/content.h"
#include "ground/base/calendar.h"

namespace verbatim::demo {

inline constexpr std::string_view gathered_source = "forum-autos.example";
inline constexpr int gathered_count = 120;

// One JSON object a line, without the line's end. Dated from fourteen months before `to` up to it; about one in ten has no stars.
std::vector<std::string> gathered_reviews(const Content& content, std::uint64_t seed, Date to);

}  // namespace verbatim::demo
