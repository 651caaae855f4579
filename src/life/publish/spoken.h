// What customers speak of, for the public pages of a site or product: themes counted over the months of the rating, a summary in
// customers' own sentences, and where in each review the words stand. Read by a machine; every page that shows it says so.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "life/publish/summary.h"
#include "record/readings/spans.h"

namespace verbatim::publish {

inline constexpr int spoken_months = 24;
inline constexpr std::int64_t fewest_mentions = 3;   // fewer are no figure
inline constexpr std::size_t most_spoken = 12;       // themes on a page; the API has all
inline constexpr std::size_t summary_sentences = 5;
inline constexpr int summary_reviews = 300;          // the newest, to choose from

struct SpokenOf {
    std::int64_t reviews = 0;            // read
    std::vector<readings::Tally> themes;  // most mentioned first
    std::vector<SummarySentence> summary;
};

class Spoken {
public:
    Spoken(storage::Db& db, const Clock& clock) : db_(db), clock_(clock) {}

    SpokenOf of(std::string_view subject) const;
    readings::SpansByReview marks(const std::vector<std::string>& reviews) const;

private:
    storage::Db& db_;
    const Clock& clock_;
};

}  // namespace verbatim::publish
