// The map of requirements: docs/law/*.md, built into the program. Each requirement says which clause asks it, what it asks, how
// the platform does it, and either what shows it today (a query over the tables or a check of what the platform answers) or
// which human has the duty. A requirement with neither is a mistake of the map and does not read.
//
//   ### COL-1
//   - clause: ISO 20488 5.5.1, NF Z74-501
//   - asks: every author is a real person who can be reached
//   - how: ...
//   - evidence: query published_without_contact = 0
//   - duty: administrator, every 12 months: ...
//   - tests: one_star_is_published, life/collect
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ground/base/result.h"

namespace verbatim::evidence {

enum class Means { none, query, check };
enum class Bound { none, equal, at_most, at_least };  // none: a figure to read, not to pass

struct Requirement {
    std::string id, clause, asks, how;
    Means means = Means::none;
    std::string name;             // of the query or check
    Bound bound = Bound::none;
    std::int64_t limit = 0;
    std::string who, what;        // the human duty; empty where there is none
    int every_months = 0;
    std::vector<std::string> tests;

    std::string expects() const;  // "= 0", "" for a figure
};

// Reads one file of the map. Errors name the file and the line.
Result<std::vector<Requirement>> read_law(std::string_view markdown, std::string_view file);

// All that were built in, in the order of the files. Throws std::logic_error where the map is broken or an id stands twice.
const std::vector<Requirement>& shipped_law();

}  // namespace verbatim::evidence
