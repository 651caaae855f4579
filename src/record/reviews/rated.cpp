#include "record/reviews/rated.h"

namespace verbatim::reviews {
namespace {

using storage::Row;
using storage::Sql;

#define RATED "SELECT r.customer, r.id, COALESCE(r.experience, ''), r.rating, r.submitted_at "
// On SQLite the list is walked, not sorted first (contact/reach.cpp).
constexpr Sql rated(RATED "FROM json_each($1) k CROSS JOIN review r ON r.customer = k.value WHERE r.rating IS NOT NULL ORDER BY r.submitted_at, r.id",
                    RATED "FROM review r WHERE r.rating IS NOT NULL AND r.customer = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS JSONB)))) ORDER BY r.submitted_at, r.id");
// All of a second together: the next page begins behind it.
constexpr Sql authors(R"sql(
SELECT customer, submitted_at FROM review WHERE customer IS NOT NULL AND submitted_at > $1
  AND submitted_at <= COALESCE((SELECT submitted_at FROM review WHERE submitted_at > $1 ORDER BY submitted_at LIMIT 1 OFFSET $2), 9000000000000)
ORDER BY submitted_at)sql");

}  // namespace

void rated_by(storage::Tx& tx, std::string_view customers, const std::function<void(const Rated&)>& each) {
    tx.each(rated, [&](const Row& row) { each({row.text(0), row.text(1), row.text(2), static_cast<int>(row.integer(3)), row.integer(4)}); }, customers);
}

std::vector<Author> authors_since(storage::Tx& tx, Seconds since, int limit) {
    std::vector<Author> all;
    tx.each(authors, [&](const Row& row) { all.push_back({std::string(row.text(0)), row.integer(1)}); }, since, limit);
    return all;
}

}  // namespace verbatim::reviews
