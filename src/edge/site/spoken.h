// Themes on the pages of sites and products. For this module only.
#pragma once

#include "edge/site/frame.h"

namespace verbatim::site {

// SPOKEN of the page: themes mentioned often enough for a figure, a summary in customers' sentences; null where there is nothing to show.
json spoken_data(const Desk& desk, const render::Locale& locale, std::string_view subject);

// SEGMENTS for each review of the page: its words in pieces, those that carry a theme named.
void mark_themes(const Desk& desk, const render::Locale& locale, json& reviews);

}  // namespace verbatim::site
