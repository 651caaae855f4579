// The shipped models in the house's service: what they read of published words, and what they say of a text before a human is asked.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "app/server/house.h"
#include "app/server/readers.h"
#include "life/analyse/drift.h"
#include "life/analyse/follow.h"
#include "life/analyse/themes.h"
#include "life/analyse/trends.h"
#include "record/readings/readings.h"

namespace verbatim::server {

// A text's own signals, as a part of what asks a human: never enough alone, see docs/understanding.md.
void judge_texts(moderate::Options& options);
// After a change of the models everything is read again in the background, a few seconds at a time; once a day, what changed is told.
void keep_readings(jobs::Runner& runner, storage::Db& db, const Clock& clock, const Readers& readers, const analyse::TrendOptions& trends);
analyse::TrendOptions trend_options(const network::Settings& settings, const std::string& base_url, const Readers& readers);

// `verbatim reanalyse`: the same now, with its progress.
int reanalyse(const Place& place, std::ostream& out);

}  // namespace verbatim::server
