// The plan the program carries: thirty campaigns of a car brand, from the order to the tenth service (assets/plan/default.toml).
#pragma once

#include <string_view>

namespace verbatim::plan {

std::string_view default_plan();

}  // namespace verbatim::plan
