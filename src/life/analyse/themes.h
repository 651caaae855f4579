// What customers speak of, for who may see the reviews: each theme counted on a branch, month by month, down to the sentences.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"
#include "record/readings/readings.h"

namespace verbatim::analyse {

using ThemeName = std::function<std::string(std::string_view theme, std::string_view language)>;

struct ThemesAsked {
    std::string branch;   // within one's own; empty: one's own
    std::string about;    // site | product | ""
    int from_month = 0;   // figures::month_of; 0: the last twelve months
};

class Themes {
public:
    Themes(storage::Db& db, const Clock& clock, ThemeName name, std::string version) : db_(db), clock_(clock), name_(std::move(name)), version_(std::move(version)) {}

    Result<readings::Tallies> tallies(const Actor& actor, const ThemesAsked& asked) const;
    Result<std::vector<readings::Month>> months(const Actor& actor, const ThemesAsked& asked, std::string_view theme) const;
    Result<std::vector<readings::Words>> words(const Actor& actor, std::string_view branch, std::string_view theme, std::string_view side, std::string_view after, int limit) const;
    readings::Progress progress() const;

    std::string name(std::string_view theme, std::string_view language) const { return name_(theme, language); }
    const std::string& version() const { return version_; }

private:
    int from(const ThemesAsked& asked) const;
    storage::Db& db_;
    const Clock& clock_;
    ThemeName name_;
    std::string version_;
};

}  // namespace verbatim::analyse
