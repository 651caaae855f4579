#include "life/recover/complained.h"

namespace verbatim::recover {
namespace {

#define CASES \
    "SELECT c.review, c.opened_at, COALESCE(c.closed_at, 0), CASE WHEN s.rating > s.first_rating THEN 'won_back' WHEN s.solved = 'no' THEN 'lost' " \
    "WHEN c.first_call_at IS NULL THEN 'not_reached' ELSE 'settled' END " \
    "FROM recovery_case c LEFT JOIN recovery_survey s ON s.recovery_case = c.id WHERE c.review"
constexpr storage::Sql cases(CASES " IN (SELECT value FROM json_each($1))", CASES " = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS JSONB))))");

}  // namespace

void complained_about(storage::Tx& tx, std::string_view reviews, const std::function<void(const Complained&)>& each) {
    tx.each(cases, [&](const storage::Row& row) { each({row.text(0), row.integer(1), row.integer(2), row.text(3)}); }, reviews);
}

}  // namespace verbatim::recover
