// What differs between two plans, campaign by campaign, read from the files themselves so that nothing a file says can be overlooked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ground/base/result.h"

namespace verbatim::plan {

struct Change {
    std::string part;            // "plan" | "campaign welcome" | "template welcome" | "cap 2"
    std::string key;             // "trigger.after"; empty: the part as a whole
    std::string before, after;   // as TOML would say it; empty: was not there, is not there any more
};

// By part in the new file's order, what is gone last. The error is of a file that is no TOML; its field is 'a' or 'b'.
Result<std::vector<Change>> compare(std::string_view a, std::string_view b);

}  // namespace verbatim::plan
