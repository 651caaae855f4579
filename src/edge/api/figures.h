// /api/v1/figures/...: what a desk compares, as JSON and as CSV of the same figures (docs/figures.md).
#pragma once

#include "edge/api/gate.h"
#include "life/oversee/oversee.h"

namespace verbatim::api {

void figure_routes(Gate& gate, const oversee::Oversee& oversee);

}  // namespace verbatim::api
