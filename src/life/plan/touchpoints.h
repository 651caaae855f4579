// A durable row a message, as small as a row can be: ten million must fit into a gigabyte (issue 5). The vehicle and the campaign are
// numbers, what varies little shares one small integer, and the primary key is the only index: a vehicle's messages lie together by day.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/storage/storage.h"
#include "life/plan/facts.h"
#include "life/plan/plan.h"

namespace verbatim::plan {

std::span<const storage::Migration> touchpoint_migrations();

// The campaigns' ids under the numbers the rows use.
void store_campaigns(storage::Tx& tx, const Plan& plan);
// Vehicle and message; a row that is there already stays as it is. Returns how many were new.
std::int64_t store_touchpoints(storage::Tx& tx, std::span<const std::pair<std::int64_t, Touch>> touchpoints);
// A vehicle's messages by day.
std::vector<Touch> touchpoints_of(storage::Tx& tx, std::int64_t vehicle);
std::int64_t count_touchpoints(storage::Tx& tx);
// What the rows and their index take on disk; on SQLite the whole file.
std::int64_t touchpoint_bytes(storage::Tx& tx);

}  // namespace verbatim::plan
