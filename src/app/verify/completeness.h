// Was everyone asked, and what became of each (promise 1; norms COL-7, TLG-1, TLG-9)? Plays the `batch` and `outcome` leaves
// beside the reviews that were collected and holds one against the other. Memory: a few numbers a batch.
//
//   A batch stands alone under (site, day, part), and comes before its one outcome, whose numbers add up to its eligible.
//   Invited reviews of a site are never more than its batches account for: all eligible of one that is open, the answered of
//   one that is counted. And whoever is counted as answered has a review in the log.
//   Invited words on a vehicle come with a visit's: never more of them than of those.
//
// A log that was begun before batches were committed to has invited reviews before its first batch. They count in the sums,
// which then hold at the end of what was read and not at each entry.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/verify/entry.h"
#include "ground/base/result.h"

namespace verbatim::verify {

class Completeness {
public:
    // Error code "sum_broken" or "step_forbidden"; nothing is counted then.
    Result<void> batch(const Entry& entry);
    Result<void> outcome(const Entry& entry);
    Result<void> collected(const Entry& entry);  // the first words of a review
    // What can be said only once all was read.
    Result<void> at_end() const;

    struct Site {
        std::int64_t batches = 0, counted = 0;                // counted: with their outcome
        std::int64_t eligible = 0;                            // of all batches
        std::int64_t answered = 0, expired = 0;               // of the counted ones
        std::map<std::string, std::int64_t> suppressed;       // of the counted ones, by reason
        std::int64_t open = 0;                                // eligible of those not counted yet
        std::int64_t reviews = 0, invited = 0;                // collected of this site, and those of them by invitation
        std::int64_t suppressed_sum() const;
    };
    std::vector<std::pair<std::string, Site>> sites() const;  // with a batch, by code
    std::int64_t before_batches() const { return early_; }    // invited reviews older than the log's first batch

private:
    struct Part {
        std::int64_t eligible = 0;
        Seconds at = 0;
        bool counted = false;
    };
    struct Record : Site {
        std::int64_t invited_early = 0;
        std::map<std::string, std::vector<Part>> parts;  // by day
        std::int64_t accounted() const { return open + answered; }
    };
    std::int64_t parts_of(const Entry& entry) const;  // of its site and day
    Part* part_of(const Entry& entry);

    std::unordered_map<std::string, Record> sites_;
    std::int64_t early_ = 0, invited_ = 0, vehicles_ = 0;
    bool begun_ = false;
};

}  // namespace verbatim::verify
