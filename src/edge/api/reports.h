// The monthly report, for any month and branch within the caller's, as data and as PDF.
#pragma once

#include "edge/api/gate.h"
#include "life/report/report.h"

namespace verbatim::api {

void report_routes(Gate& gate, const report::Reports& reports);

}  // namespace verbatim::api
