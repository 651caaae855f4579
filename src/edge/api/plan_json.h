// The plan, one person's years under it and a simulation of it, as the API answers them (assets/openapi/plan.json).
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "life/plan/preview.h"
#include "life/plan/simulate.h"

namespace verbatim::api {

nlohmann::json campaign_json(const plan::Plan& plan, const plan::Campaign& campaign);
nlohmann::json entries_json(const plan::Plan& plan, const std::vector<plan::Entry>& entries);
nlohmann::json tally_json(const plan::Plan& plan, const plan::SimulationWish& wish, const plan::Tally& tally);

}  // namespace verbatim::api
