// `verbatim train language|polarity|stars|machine|deceptive`: models of understanding from review files and labelled files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace verbatim::server {

struct UnderstandingTraining {
    std::vector<std::string> files;    // JSON Lines, .gz too
    std::vector<std::string> sayings;  // LL.txt, sayings put together to texts (polarity, stars, language), instead of the shipped ones
    bool no_sayings = false;           // learn from the files alone
    std::string out;                   // folder; made when missing
    std::uint64_t seed = 1;
    std::string version = "1";
    unsigned bits = 20;                // of a place: 2^bits weights a head
    unsigned row = 3;                  // words in a row that are weighed together, 1 to 3
    double cost = 0;                   // 0: the task's own
    std::string only;                  // of aspects: "polarity" or "category" alone; "": both
    double expected = 0;               // share of the first side among the texts that will be read; 0: parted where the examples part best
};

// Writes OUT/TASK.model and OUT/TASK.md (its card). 0, or throws with what to do.
int train_understanding(const std::string& task, const UnderstandingTraining& wish);

}  // namespace verbatim::server
