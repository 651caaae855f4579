// What customers speak of: themes counted on a branch, by month, and the words that carry them.
#pragma once

#include <memory>

#include "edge/api/gate.h"
#include "life/analyse/themes.h"

namespace verbatim::api {

void theme_routes(Gate& gate, const std::shared_ptr<const analyse::Themes>& themes);

}  // namespace verbatim::api
