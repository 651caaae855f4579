// What was read in the words of one site or product, as its public pages show it: tallies by the key, the places of themes in the
// reviews of a page, and sentences to choose a summary from.
#pragma once

#include <map>

#include "record/readings/readings.h"

namespace verbatim::readings {

// `subject`: "site:FR-NAN" or "product:VIRELAI", that very one.
Tallies tallies_of_subject(storage::Tx& tx, std::string_view subject, int from_month);

using SpansByReview = std::map<std::string, std::vector<Span>, std::less<>>;
SpansByReview spans_of(storage::Tx& tx, const std::vector<std::string>& reviews);

// Each place of a theme in the newest `limit` of them, published after `since`.
std::vector<Words> newest_words(storage::Tx& tx, std::string_view subject, Seconds since, int limit);

}  // namespace verbatim::readings
