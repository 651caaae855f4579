#include "life/plan/default_plan.h"

extern "C" const char verbatim_default_plan[], verbatim_default_plan_end[];

namespace verbatim::plan {

std::string_view default_plan() { return {verbatim_default_plan, static_cast<std::size_t>(verbatim_default_plan_end - verbatim_default_plan)}; }

}  // namespace verbatim::plan
