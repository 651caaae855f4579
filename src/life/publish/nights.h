// What was shown, night by night (norm NOT-7): digests of the pages a reader found, and whether every figure came out again when
// it was counted from the log. One row a night; the figures themselves are kept with the first night of each month and with
// every night that differed.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"

namespace verbatim::publish {

std::span<const storage::Migration> night_migrations();

struct Night {
    std::string day;             // ISO date, UTC
    Seconds at = 0;
    std::int64_t log_size = 0;
    std::string figures_digest;  // hex SHA-256 of transparency.json
    std::string pages_digest;    // hex SHA-256 over a line "HEX PATH" for each page, ordered by path
    std::int64_t pages = 0;
    bool same = false;
    std::string report;          // the last lines of the check, at most 4,000 bytes
    std::string figures;         // transparency.json itself where it is kept
};
// A second run of the same night replaces the row, but never a difference by none.
void keep_night(storage::Tx& tx, const Night& night);
std::optional<Night> newest_night(storage::Tx& tx);
// Newest first, before that day ("" from the newest); without the figures.
std::vector<Night> nights_before(storage::Tx& tx, std::string_view day, int limit);
// Nights kept, and those that differed.
std::pair<std::int64_t, std::int64_t> nights(storage::Tx& tx);

// The platform's own reviews by state, as the tables have them.
std::map<std::string, std::int64_t> own_states(storage::Tx& tx);

}  // namespace verbatim::publish
