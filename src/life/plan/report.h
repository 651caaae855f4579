// A tally told: as text for a terminal, as a picture for a page.
#pragma once

#include <iosfwd>

#include "life/plan/simulate.h"

namespace verbatim::plan {

// Volumes by month and channel, by campaign; overlaps; who is contacted too often and who never; the last line is `touchpoints N`.
void print_tally(std::ostream& out, const Rules& rules, const SimulationWish& wish, const Tally& tally);

// An SVG: messages a hundred vehicles by month since the order, by purpose, and when each campaign speaks. Of a cohort's tally.
void draw_tally(std::ostream& out, const Rules& rules, const SimulationWish& wish, const Tally& tally);

}  // namespace verbatim::plan
