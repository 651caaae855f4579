// Letters on paper: what waits, the runs, their files for the printer, what came back.
#pragma once

#include <memory>

#include "edge/api/gate.h"
#include "life/plan/paper_desk.h"

namespace verbatim::api {

void plan_paper_routes(Gate& gate, std::shared_ptr<const plan::PaperDesk> desk);

}  // namespace verbatim::api
