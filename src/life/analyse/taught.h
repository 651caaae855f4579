// A theme taught by examples: whoever answers for products gives it a name and some twenty sentences; from the next look of the readers
// on it is found in all that was published and in what comes, counted like the others, and gone when it is removed.
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

inline constexpr std::size_t taught_name_limit = 60, taught_example_limit = 500;  // code points
inline constexpr int taught_others = 3000;   // reviews whose sentences it is told from
inline constexpr std::size_t taught_shown = 10;

struct FoundSentence {
    std::string review, lang, body;
    std::size_t start = 0, end = 0;
};
struct TaughtNow {
    readings::TaughtTheme theme;
    std::vector<FoundSentence> finds;  // in the newest reviews the caller reaches, the first ten
    std::size_t found = 0, looked_at = 0;  // reviews with such a sentence, of so many
};

class TaughtThemes {
public:
    TaughtThemes(storage::Db& db, const Clock& clock) : db_(db), clock_(clock) {}

    std::vector<readings::TaughtTheme> list() const;
    // invalid: a name or an example that is none, too few of them, too little to tell them from.
    Result<TaughtNow> teach(const Actor& actor, std::string_view name, const std::vector<std::string>& examples) const;
    Result<void> remove(std::string_view id) const;

private:
    storage::Db& db_;
    const Clock& clock_;
};

}  // namespace verbatim::analyse
