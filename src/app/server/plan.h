// The contact plan on the command line: `verbatim plan ...` (docs/plan.md). No command of these needs a platform.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace verbatim::server {

// Every mistake as FILE:LINE: message, then a line of sums. 0 without mistakes, 1 with, 2 where the file cannot be read.
int plan_check(const std::string& file, std::ostream& out, std::ostream& err);
// The packaged plan, as it is.
int plan_default(std::ostream& out);

struct PlanSimulationWish {
    std::string file;
    long long vehicles = 10000;
    int years = 10, threads = 0;
    unsigned long long seed = 1;
    bool cohort = false;
    std::string from;         // first day; the plan's version where that is a day, else 2027-01-01
    std::string touchpoints;  // where rows go: a file to make, or postgresql://...
    std::string picture;      // an SVG to write
};
int plan_simulate(const PlanSimulationWish& wish, std::ostream& out, std::ostream& err);

struct PlanPreviewWish {
    std::string file, person, from;
    std::vector<std::string> events;
    int years = 10;
};
int plan_preview(const PlanPreviewWish& wish, std::ostream& out, std::ostream& err);

}  // namespace verbatim::server
