// The rule packs of assets/packs as they stand in the program; made by the build (CMakeLists.txt of this folder).
#pragma once

#include <string>
#include <vector>

namespace verbatim::text {

std::vector<std::string> shipped_packs();

}  // namespace verbatim::text
