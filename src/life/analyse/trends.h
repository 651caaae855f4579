// What changed is told to who can do something about it, and to nobody where nothing did: a finding written by the platform itself, with
// the figures, since when, and ten sentences of customers. A site's own is sent to the site; a model's to the people of the product; a
// country's to the country's and to headquarters.
#pragma once

#include <string>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "life/analyse/change.h"
#include "life/analyse/themes.h"

namespace verbatim::analyse {

struct TrendOptions {
    std::string base_url, brand;
    ThemeName name;
    ChangeLimits limits;
    bool improvements = false;  // what got better is told as well
};

inline constexpr int trend_days = 28, trend_year = 365;
inline constexpr int silent_days = 56;    // after it was told, the same is not told again
inline constexpr int trend_sentences = 10;

// Once a day. How many changes were told.
int watch_trends(storage::Db& db, const Clock& clock, const TrendOptions& options);

}  // namespace verbatim::analyse
