// After a new key: what lies under an older one is sealed again, row by row, in short transactions.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/storage/storage.h"

namespace verbatim::vault {

// `next`: key and sealed bytes of what follows the key $1, by key, at most $2 rows. `update`: $1 key, $2 bytes. `again` opens and seals.
// Returns how many rows were sealed anew; killed in between, it goes on the next time.
std::int64_t reseal(storage::Db& db, storage::Sql next, storage::Sql update, const std::function<std::string(const std::string& key, std::string_view sealed)>& again);

}  // namespace verbatim::vault
