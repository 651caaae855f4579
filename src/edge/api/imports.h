// Files brought by hand: looked at, then taken.
#pragma once

#include "edge/api/gate.h"
#include "record/imports/imports.h"

namespace verbatim::api {

void import_routes(Gate& gate, std::shared_ptr<const imports::Imports> imports);

}  // namespace verbatim::api
