// Before a plan may hold: what it would send to everybody in the days to come is decided as if those days were here, and every letter of it
// is written with what is known of its person. Nothing is kept and nothing goes; what misses is counted, and nobody is named.
//
// Each letter in each of the plan's languages is written beside it for an invented person of whom everything is known: words that are wrong
// whoever reads them are found even where nobody is due.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/storage/storage.h"
#include "life/plan/people.h"

namespace verbatim::plan {

inline constexpr std::size_t largest_letter = 102 * 1024;  // some mailboxes cut what is longer

struct Missing {
    std::string campaign, words, language;  // words: the template
    std::string why;                        // a variable nothing is known for, "words", or "size"
    std::int64_t letters = 0;
};

struct DryWish {
    int days = 60;                 // ahead
    std::int64_t most_people = 0;  // 0: everybody; else so many, taken evenly from all
};

struct DryRun {
    std::int64_t known = 0;                     // how many there are
    std::int64_t people = 0, letters = 0;       // looked at; written for them
    std::int64_t samples = 0;                   // written for nobody
    std::size_t largest = 0;                    // bytes of HTML
    std::vector<Missing> missing;               // by campaign, words, language
    bool good() const { return missing.empty(); }
};

struct DryHouse {
    const Sources& sources;
    std::string brand;
};
DryRun dry_run(storage::Db& db, const DryHouse& house, const Plan& plan, Seconds now, Seconds from, const DryWish& wish);

}  // namespace verbatim::plan
