// The versions of the plan that were published: whole files with the day from which each holds. Nothing of them is changed later; what
// was sent says under which it was decided.
//
// People under way move to the new version the first time they are looked at after it holds: what was decided stays decided, under the
// campaign's id; what is open is decided by the new words.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"
#include "life/plan/read.h"

namespace verbatim::plan {

// The tables of the plan's run.
std::span<const storage::Migration> run_migrations();

struct Version {
    std::int64_t number = 0;
    std::string version;       // as the file calls itself
    Seconds from = 0, published_at = 0;
    std::string by;
    std::string body;          // the file; not in lists
};

// Without a mistake only, and never from a moment that is past: what was decided stays decided. A second file for the same moment
// takes the place of the first. The error of a plan with mistakes is "plan_faults"; read_plan() names them.
Result<Version> publish(storage::Tx& tx, const Actor& actor, Seconds now, std::string_view body, Seconds from);
std::vector<Version> versions(storage::Tx& tx, int limit);             // newest first, without bodies
std::optional<Version> find_version(storage::Tx& tx, std::int64_t number);
std::optional<Version> version_at(storage::Tx& tx, Seconds now);       // that holds
// Since when there is a plan at all: what would have gone before does not go any more.
std::optional<Seconds> first_from(storage::Tx& tx);

}  // namespace verbatim::plan
