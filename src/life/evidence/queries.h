// What the tables say today: one statement a figure, each giving a value and out of how many. The text of the statement stands
// in the certification pack, so that an auditor can run it himself.
#pragma once

#include <span>
#include <string_view>

#include "engine/storage/storage.h"

namespace verbatim::evidence {

enum class Takes { nothing, period, now };  // $1 from and $2 to (seconds UTC, from <= x < to); or $1 the moment

struct Query {
    std::string_view name;
    std::string_view counts;  // in words
    storage::Sql sql;         // one row of two integers: the value, which may be NULL, and out of how many
    Takes takes = Takes::nothing;
};

std::span<const Query> queries();
const Query* find_query(std::string_view name);

}  // namespace verbatim::evidence
