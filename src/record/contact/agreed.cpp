#include "record/contact/agreed.h"

#include "record/contact/topics.h"

namespace verbatim::contact {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

// The words of yes that nothing else came after; their first is since when.
#define YES_UNTIL_NOW \
    " AND c.purpose = $2 AND c.basis = 'yes' AND NOT EXISTS (SELECT 1 FROM consent n WHERE n.customer = c.customer AND n.purpose = c.purpose " \
    "AND ((n.id > c.id AND n.basis <> 'yes') OR (c.source = 'import' AND n.source <> 'import' AND n.basis = 'no'))) GROUP BY c.customer"
#define SINCE "SELECT c.customer, MIN(c.at) FROM consent c WHERE c.customer "
constexpr Sql since_when(SINCE "= $1" YES_UNTIL_NOW);
constexpr Sql since_when_all(SINCE "IN (SELECT value FROM json_each($1))" YES_UNTIL_NOW, SINCE "= ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS JSONB))))" YES_UNTIL_NOW);
constexpr Sql any_yes("SELECT 1 FROM consent WHERE customer = $1 AND purpose = $2 AND basis = 'yes' LIMIT 1");
constexpr Sql select_left(R"sql(
SELECT id, customer, purpose, CASE WHEN source = 'import' THEN 1 ELSE 0 END, at FROM consent
WHERE at >= $1 AND (at > $1 OR id > $2) AND basis = 'no' AND (source <> 'import' OR purpose = 'data_platform') ORDER BY at, id LIMIT $3)sql");

bool closed(Tx& tx, std::string_view customer, std::string_view purpose) {
    const auto person = find_customer(tx, customer);
    return !person || (!person->email.empty() && suppressed_as(tx, person->email, purpose));
}

}  // namespace

bool agreed(Tx& tx, std::string_view customer, std::string_view purpose) {
    return tx.row<std::string, Seconds>(since_when, customer, purpose).has_value() && !closed(tx, customer, purpose);
}

std::map<std::string, Seconds, std::less<>> agreed_among(Tx& tx, std::string_view customers, std::string_view purpose) {
    std::map<std::string, Seconds, std::less<>> all;
    for (auto& [customer, since] : tx.rows<std::string, Seconds>(since_when_all, customers, purpose))
        if (!closed(tx, customer, purpose)) all.emplace(std::move(customer), since);
    return all;
}

bool ever_agreed(Tx& tx, std::string_view customer, std::string_view purpose) { return tx.row<std::int64_t>(any_yes, customer, purpose).has_value(); }

std::vector<Left> left_since(Tx& tx, Seconds since, std::int64_t after, int limit) {
    std::vector<Left> all;
    tx.each(select_left, [&](const Row& row) { all.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)), row.integer(3) != 0, row.integer(4)}); }, since, after, limit);
    return all;
}

std::vector<std::string> at_one_mailbox(Tx& tx, std::string_view customer) {
    std::vector<std::string> all{std::string(customer)};
    const auto person = find_customer(tx, customer);
    if (!person || person->email.empty()) return all;
    for (auto& other : customers_by_email(tx, person->email))
        if (other != customer) all.push_back(std::move(other));
    return all;
}

}  // namespace verbatim::contact
