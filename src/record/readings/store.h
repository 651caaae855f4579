// Rows of readings, many at a time. For this module only.
#pragma once

#include "record/readings/readings.h"

namespace verbatim::readings {

// What is needed to read one review.
struct Source {
    std::string review, subject, site, product, country, body, lang;
    std::optional<int> rating;
    std::int64_t version = 0;  // of the words
    Seconds published_at = 0;
};

// The readings of these reviews go, and `kept` come, with the tallies of both. `reviews`: a JSON array of ids.
void exchange(storage::Tx& tx, std::string_view reviews, const std::vector<std::pair<Source, Reading>>& kept, std::string_view version);

}  // namespace verbatim::readings
