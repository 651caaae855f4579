// Jobs that used up their attempts, for whoever runs the platform: what they are, and once more.
#pragma once

#include <string>
#include <vector>

#include "engine/jobs/jobs.h"

namespace verbatim::jobs {

// Dead jobs of one kind that ended with the same words.
struct Dead {
    std::string kind, error;
    std::int64_t count = 0;
    Seconds first_made = 0, last_tried = 0;
};
// The most frequent first, at most `limit`.
std::vector<Dead> dead(storage::Tx& tx, int limit);

// Dead jobs of this kind ("" every kind) wait again, from now, with all their attempts. One whose work waits already under the same key
// goes: that one does it. How many wait again.
std::int64_t revive(storage::Tx& tx, const Clock& clock, std::string_view kind);

}  // namespace verbatim::jobs
