// What is kept too long goes (norms GDP-5, MOD-16, PUB-8): one table of categories, each with its months, what purges it, and the
// question that must be answered with 0 afterwards. The same months stand on the pages.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "record/network/retention.h"

namespace verbatim::server {

struct Kept {
    std::string_view category;
    int months = 0;
    // At most `limit` rows that are older than `before` go; how many went.
    std::function<std::int64_t(storage::Tx&, Seconds before, int limit)> purge;
    // How many rows past the limit are still there.
    std::function<std::int64_t(storage::Tx&, Seconds before)> overdue;
};

std::vector<Kept> kept(const network::Retention& retention, const Clock& clock);

// Batches, each in a transaction of its own; every category's count is logged and kept in purge_run. Safe to run at any time,
// and on several nodes.
void purge(storage::Db& db, const Clock& clock, const std::vector<Kept>& categories);

struct Overdue {
    std::string_view category;
    int months = 0;
    std::int64_t rows = 0;
};
// The auditor's question, by category: rows past their limit. All 0 after a purge.
std::vector<Overdue> overdue(storage::Tx& tx, Seconds now, const std::vector<Kept>& categories);

}  // namespace verbatim::server
