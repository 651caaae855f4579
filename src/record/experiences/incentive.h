// What a customer is promised for writing (norms INC-1, INC-2): the column `incentive` of an experience file, in the brand's
// words ("a draw for ten vouchers"). It is shown on the invitation, the form and the review, whatever the review says.
#pragma once

#include <string>

#include "record/experiences/experiences.h"

namespace verbatim::experiences {

inline constexpr std::size_t incentive_limit = 200;  // code points shown

// Empty where nothing is promised.
std::string incentive_of(const Experience& experience);

}  // namespace verbatim::experiences
