// Do the models still understand customers? Once a week, by language: how often the words, as they are read, are of another mind than the
// stars. Where that grew beyond chance, headquarters get a finding with the reviews and the log a warning for the administrator, for people
// write otherwise than they did when the models learned: `verbatim models data`, `train` and `models activate` are the way on.
#pragma once

#include "life/analyse/trends.h"

namespace verbatim::analyse {

inline constexpr int drift_days = 28, drift_before_days = 182;
inline constexpr int drift_fewest = 40;          // reviews with a side in the last weeks
inline constexpr double drift_surely = 0.005;    // about four languages are looked at fifty times a year
inline constexpr double drift_share = 0.03;      // a smaller growth is nobody's concern

// How many languages were told.
int watch_drift(storage::Db& db, const Clock& clock, const TrendOptions& options);

}  // namespace verbatim::analyse
