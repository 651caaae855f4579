#include "record/contact/reach.h"

#include "record/contact/identity.h"

namespace verbatim::contact {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

// On SQLite the list is walked and each person looked up (CROSS JOIN holds the order): IN would sort the list into a table of its own first.
#define AMONG_PG " = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS JSONB))))"
#define PEOPLE(from) \
    "SELECT c.id, COALESCE(c.locale, ''), COALESCE(c.country, ''), CASE WHEN i.email_hash IS NULL THEN 0 ELSE 1 END, i.has_phone, CASE WHEN p.customer IS NULL OR p.returned_at IS NOT NULL THEN 0 ELSE 1 END, " \
    "CASE WHEN c.source = 'dealer' AND n.customer IS NULL THEN 0 ELSE 1 END " \
    "FROM " from " LEFT JOIN postal_address p ON p.customer = c.id LEFT JOIN privacy_notice n ON n.customer = c.id"
constexpr Sql people(PEOPLE("json_each($1) k CROSS JOIN customer c ON c.id = k.value CROSS JOIN customer_identity i ON i.customer = c.id"),
                     PEOPLE("customer c JOIN customer_identity i ON i.customer = c.id") " WHERE c.id" AMONG_PG);
constexpr Sql consents("SELECT c.customer, c.purpose, c.basis, c.at FROM json_each($1) k CROSS JOIN consent c ON c.customer = k.value ORDER BY c.id",
                       "SELECT customer, purpose, basis, at FROM consent WHERE customer" AMONG_PG " ORDER BY id");
constexpr Sql by_external("SELECT customer FROM customer_identity WHERE external_hash = $1");

}  // namespace

void reach_of(Tx& tx, std::string_view customers, const std::function<void(const Reach&)>& each) {
    tx.each(people, [&](const Row& row) { each({row.text(0), row.text(1), row.text(2), row.integer(3) != 0, row.integer(4) != 0, row.integer(5) != 0, row.integer(6) != 0}); }, customers);
}

void said_by(Tx& tx, std::string_view customers, const std::function<void(const Said&)>& each) {
    tx.each(consents, [&](const Row& row) { each({row.text(0), row.text(1), row.text(2), row.integer(3)}); }, customers);
}

std::optional<std::string> customer_by_number(Tx& tx, std::string_view external) {
    const auto hash = external_hash(external);
    return hash ? tx.row<std::string>(by_external, hash) : std::nullopt;
}

}  // namespace verbatim::contact
