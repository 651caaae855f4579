// `verbatim train moderation`: a model from labelled files, for `verbatim moderate --models DIR`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace verbatim::server {

struct TrainWish {
    std::vector<std::string> files;  // JSON Lines, .gz too
    std::string out;                 // folder; made when missing
    std::uint64_t seed = 1;
    std::string version = "1";
    double plain_alarms = 0.001;
};

// Writes OUT/moderation.model and OUT/moderation.md (its card). 0, or throws with what to do.
int train_moderation(const TrainWish& wish);

}  // namespace verbatim::server
