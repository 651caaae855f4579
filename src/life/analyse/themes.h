// What customers speak of, for who may see the reviews: each theme counted on a branch, month by month, down to the sentences.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"
#include "ground/stats/intervals.h"
#include "record/readings/readings.h"

namespace verbatim::analyse {

using ThemeName = std::function<std::string(std::string_view theme, std::string_view language)>;

struct ThemesAsked {
    std::string branch;   // within one's own; empty: one's own
    std::string about;    // site | product | ""
    int from_month = 0;   // figures::month_of; 0: the last twelve months
    int to_month = 0;     // 0: this month
    std::string compare;  // previous | year | ""
};

// A theme beside the same theme of the months before. Of all themes that moved those are believed that Benjamini and Hochberg believe.
struct ThemeLine {
    readings::Tally now, before;
    std::optional<stats::Difference> change;  // of the share positive, where both have one
    bool believed = false;
};
struct ThemesFound {
    int from_month = 0, to_month = 0, before_from = 0, before_to = 0;
    std::int64_t reviews = 0, reviews_before = 0;
    std::vector<ThemeLine> lines;  // most mentioned first
};
// What the models read in one review, for who reaches it.
struct ReviewRead {
    std::optional<readings::Reading> reading;  // none: not published, or nothing to read
    std::string version;
};

class Themes {
public:
    Themes(storage::Db& db, const Clock& clock, ThemeName name, std::function<std::string()> version) : db_(db), clock_(clock), name_(std::move(name)), version_(std::move(version)) {}

    Result<ThemesFound> tallies(const Actor& actor, const ThemesAsked& asked) const;
    Result<std::vector<readings::Month>> months(const Actor& actor, const ThemesAsked& asked, std::string_view theme) const;
    Result<std::vector<readings::Words>> words(const Actor& actor, std::string_view branch, std::string_view theme, std::string_view side, std::string_view after, int limit) const;
    Result<ReviewRead> of_review(const Actor& actor, std::string_view review) const;
    readings::Progress progress() const;

    std::string name(std::string_view theme, std::string_view language) const { return name_(theme, language); }
    std::string version() const { return version_(); }

private:
    ThemesAsked settled(ThemesAsked asked) const;
    storage::Db& db_;
    const Clock& clock_;
    ThemeName name_;
    std::function<std::string()> version_;  // of what reads now
};

}  // namespace verbatim::analyse
