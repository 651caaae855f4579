// A vehicle that comes back with somebody else was sold: its plan ends for whoever had it, and goes on for the new owner at its age.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/storage/storage.h"
#include "record/experiences/lived.h"

namespace verbatim::plan {

// Facts of the plan (plan_fact) that experiences tell; docs/plan.md has the rule.
inline constexpr std::string_view fact_passed_on = "passed_on";            // the day: since when somebody else has it
inline constexpr std::string_view fact_taken_over = "taken_over";          // the day: since when this one has it, and somebody had it before
inline constexpr std::string_view fact_first_registered = "first_registered";  // as those before tell it

// Keeps what these experiences say about vehicles in other hands. Whom something new is known of: they are to be decided about anew.
std::vector<std::string> note_owners(storage::Tx& tx, std::span<const experiences::Arrived> arrived);

}  // namespace verbatim::plan
