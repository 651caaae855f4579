// The contact plan: its versions, holding a file against the rules, comparing, publishing, one person's years, invented lives; what the
// run did by campaign and by customer.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "edge/api/gate.h"
#include "life/plan/run.h"

namespace verbatim::api {

void plan_routes(Gate& gate, plan::Run& run);
// Trying a plan before it holds (plan_trials.cpp); plan_routes adds them.
void plan_trial_routes(Gate& gate, plan::Run& run);
// Goals, splits and lists (plan_goals.cpp); plan_routes adds them.
void plan_goal_routes(Gate& gate, plan::Run& run);
// Calls to be made and what came of them (plan_calls.cpp); plan_routes adds them.
void plan_call_routes(Gate& gate, plan::Run& run);
// The file in the body, else the one that holds, else the packaged one.
std::string plan_text(const plan::Run& run, const nlohmann::json& body);
// People of the dry run of one request, taken evenly; `verbatim plan dry-run` looks at everybody.
inline constexpr std::int64_t most_tried = 5000;

}  // namespace verbatim::api
