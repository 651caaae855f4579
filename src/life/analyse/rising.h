// Words and phrases that rise on a branch where no theme covers them: the last four weeks beside the months before. And search by what
// is meant: sentences that are like a question, in any of the languages, whatever their words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"
#include "record/readings/kept.h"

namespace verbatim::analyse {

inline constexpr int rising_days = 28, rising_before_days = 365;
inline constexpr int rising_reviews = 4000, rising_reviews_before = 12'000;  // the newest of each window

struct RisingWords {
    std::vector<std::string> phrases;  // the surest first
    std::int64_t before = 0, now = 0;   // reviews with the first
    double times = 0;
    std::vector<readings::Body> reviews;  // three of them
};
struct RisingFound {
    std::int64_t reviews_before = 0, reviews_now = 0;
    std::vector<RisingWords> groups;
};

class Rising {
public:
    Rising(storage::Db& db, const Clock& clock) : db_(db), clock_(clock) {}
    Result<RisingFound> of(const Actor& actor, std::string_view branch) const;

private:
    storage::Db& db_;
    const Clock& clock_;
};

inline constexpr std::size_t meaning_question = 200;    // code points
inline constexpr std::size_t meaning_candidates = 2000;  // whose sentences are read; the others are told by their sketches

struct Meant {
    readings::Body review;
    std::size_t start = 0, end = 0;  // the sentence that is like the question
    double likeness = 0;
};
struct MeantFound {
    std::int64_t looked_at = 0;  // every review on the branch that was read
    std::vector<Meant> hits;  // the likest first, one a review
};

class ByMeaning {
public:
    explicit ByMeaning(storage::Db& db) : db_(db) {}
    Result<MeantFound> search(const Actor& actor, std::string_view branch, std::string_view question, int limit) const;

private:
    storage::Db& db_;
};

}  // namespace verbatim::analyse
