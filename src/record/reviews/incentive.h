// Reviews written for a reward (norm INC-2): few, so they have a table of their own instead of a column of all.
#pragma once

#include <span>
#include <string_view>

#include "engine/storage/storage.h"

namespace verbatim::reviews {

std::span<const storage::Migration> incentive_migrations();
// In the transaction that collects the review; `reward` in the brand's words.
void keep_incentive(storage::Tx& tx, std::string_view review, std::string_view subject, std::string_view reward);
// What was promised for it; "" where nothing was.
std::string incentive_of(storage::Tx& tx, std::string_view review);

}  // namespace verbatim::reviews
