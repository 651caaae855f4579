// Themes taught by examples, phrases that rise, search by meaning.
#pragma once

#include <memory>

#include "edge/api/gate.h"
#include "life/analyse/follow.h"
#include "life/analyse/rising.h"
#include "life/analyse/taught.h"

namespace verbatim::api {

struct UnderstandingHouse {
    std::shared_ptr<const analyse::TaughtThemes> taught;
    std::shared_ptr<const analyse::Rising> rising;
    std::shared_ptr<const analyse::ByMeaning> meaning;
    std::shared_ptr<const analyse::Follow> follow;
    analyse::ThemeName theme_name;
};
void understanding_routes(Gate& gate, const UnderstandingHouse& house);

}  // namespace verbatim::api
