// The running plan on the command line: `verbatim plan publish | compare | tell | run` (docs/plan.md).
#pragma once

#include <iosfwd>
#include <string>

#include "app/server/house.h"

namespace verbatim::server {

// Exit 1 where the files differ in nothing is not said: comparing is no test. 2 where one is no TOML.
int plan_compare(const std::string& a, const std::string& b, std::ostream& out, std::ostream& err);
// `hold_back`: letters that lack something are held back; else a plan with such letters is refused.
int plan_publish(House& house, const std::string& file, const std::string& from, bool hold_back, std::ostream& out, std::ostream& err);

struct PlanFact {
    std::string customer, vin, what, day;  // the importer's number; sold, deceased, recall ...; 2027-03-01
};
int plan_tell(House& house, const PlanFact& fact, std::ostream& out, std::ostream& err);
// One look now, as the server does it each minute.
int plan_look(House& house, std::ostream& out);

}  // namespace verbatim::server
