// The batch form of moderation, for `verbatim moderate`: the same detectors over JSON Lines from elsewhere.
#pragma once

#include "ground/text/detectors.h"

#include <iosfwd>
#include <memory>
#include <string>

namespace verbatim::moderate {

// Reads {"id","lang","text","rating"?} a line, writes {"id","verdict":"publish"|"human","findings":[{"reason","start","end","text",
// "confidence","rule"}]} a line in the same order; offsets in Unicode code points. A line that cannot be read is named on `err` by its
// number and skipped. Blank lines are skipped. Returns 0, or 1 when a line was broken or writing failed. The rating is not looked at (MOD-2).
int moderate_batch(std::istream& in, std::ostream& out, std::ostream& err, const text::Detectors& detectors);

// The shipped detectors for "", else with the classifier FOLDER/moderation.model. Throws with what to do where that cannot be read.
std::shared_ptr<const text::Detectors> detectors_from(const std::string& folder);

}  // namespace verbatim::moderate
