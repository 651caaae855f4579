// Before a plan holds: `verbatim plan dry-run` and `plan test` (docs/plan.md).
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "app/server/house.h"

namespace verbatim::server {

struct PlanDryWish {
    std::string file, from;      // without a file: the plan that holds, else the packaged one
    int days = 60;
    long long people = 0;        // 0: everybody
};
// Names what misses, and nobody. 0 where nothing does, 1 where something does or the file has mistakes, 2 where it cannot be read.
int plan_dry_run(House& house, const PlanDryWish& wish, std::ostream& out, std::ostream& err);

struct PlanTestWish {
    std::string file, campaign, language;
    std::vector<std::string> to;
};
int plan_test(House& house, const PlanTestWish& wish, std::ostream& out, std::ostream& err);

// The file's text, or after a word to `err` nothing; "" is the plan that holds, else the packaged one.
std::optional<std::string> plan_file_text(const House& house, const std::string& file, std::ostream& err);
// Addresses of a setting: commas between them.
std::vector<std::string> addresses_of(std::string_view list);

}  // namespace verbatim::server
