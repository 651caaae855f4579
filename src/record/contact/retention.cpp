// Who is not in touch any more is forgotten (norm GDP-5); and whether a person answers under an address (norm COL-1).
#include "record/contact/calls.h"
#include "record/contact/contact.h"

namespace verbatim::contact {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

#define LONG_SILENT "(SELECT id FROM customer WHERE last_contact_at < $1 ORDER BY last_contact_at, id LIMIT $2)"
constexpr Sql cut_messages("UPDATE message SET customer = NULL, sealed = NULL, reply = NULL WHERE customer IN " LONG_SILENT);
constexpr Sql delete_identities("DELETE FROM customer_identity WHERE customer IN " LONG_SILENT);
constexpr Sql delete_addresses("DELETE FROM postal_address WHERE customer IN " LONG_SILENT);
constexpr Sql delete_notices("DELETE FROM privacy_notice WHERE customer IN " LONG_SILENT);
constexpr Sql delete_checks("DELETE FROM address_check WHERE customer IN " LONG_SILENT);
constexpr Sql delete_customers("DELETE FROM customer WHERE id IN " LONG_SILENT);
constexpr Sql delete_messages(R"sql(
DELETE FROM message WHERE id IN (SELECT id FROM message WHERE created_at < $1 AND state <> 'waiting' ORDER BY created_at LIMIT $2))sql");
constexpr Sql delete_prints("DELETE FROM print_item WHERE run <> 0 AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = print_item.message)");
constexpr Sql delete_calls("DELETE FROM call_task WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.id = call_task.message)");
constexpr Sql delete_returns("DELETE FROM mail_return WHERE at < $1 AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = mail_return.message)");
// Of people who are still known the whole ledger stays: it is their proof as much as ours.
constexpr Sql delete_consents(R"sql(
DELETE FROM consent WHERE id IN (
  SELECT c.id FROM consent c WHERE c.at < $1 AND NOT EXISTS (SELECT 1 FROM customer k WHERE k.id = c.customer) ORDER BY c.at LIMIT $2))sql");
constexpr Sql insert_purge("INSERT INTO purge_run (at, category, months, purged) VALUES ($1, $2, $3, $4)");

constexpr Sql select_notice("SELECT version, sent_at FROM privacy_notice WHERE customer = $1");
constexpr Sql insert_check("INSERT INTO address_check (customer, asked_at) VALUES ($1, $2) ON CONFLICT DO NOTHING");
constexpr Sql set_confirmed("UPDATE address_check SET confirmed_at = $2 WHERE customer = $1 AND confirmed_at IS NULL");
constexpr Sql select_check("SELECT confirmed_at FROM address_check WHERE customer = $1");

}  // namespace

std::int64_t purge_identities(Tx& tx, Seconds before, int limit) {
    tx.exec(cut_messages, before, limit);
    tx.exec(delete_identities, before, limit);
    tx.exec(delete_addresses, before, limit);
    tx.exec(delete_notices, before, limit);
    tx.exec(delete_checks, before, limit);
    return tx.exec(delete_customers, before, limit);
}

std::int64_t purge_messages(Tx& tx, Seconds before, int limit) {
    const auto gone = tx.exec(delete_messages, before, limit);
    tx.exec(delete_returns, before);
    if (gone != 0) tx.exec(delete_prints), tx.exec(delete_calls);
    give_up_calls(tx, before, limit);
    return gone;
}
std::int64_t purge_consents(Tx& tx, Seconds before, int limit) { return tx.exec(delete_consents, before, limit); }

void note_purge(Tx& tx, Seconds now, std::string_view category, int months, std::int64_t purged) { tx.exec(insert_purge, now, category, months, purged); }

std::optional<Notice> notice_given(Tx& tx, std::string_view customer) {
    std::optional<Notice> found;
    tx.each(select_notice, [&](const Row& row) { found = Notice{std::string(row.text(0)), row.integer(1)}; }, customer);
    return found;
}

void ask_address(Tx& tx, Seconds now, std::string_view customer) { tx.exec(insert_check, customer, now); }
bool confirm_address(Tx& tx, Seconds now, std::string_view customer) { return tx.exec(set_confirmed, customer, now) != 0; }

bool address_waits(Tx& tx, std::string_view customer) {
    const auto row = tx.row<std::optional<std::int64_t>>(select_check, customer);
    return row && !*row;
}

std::optional<Seconds> address_confirmed(Tx& tx, std::string_view customer) {
    const auto row = tx.row<std::optional<std::int64_t>>(select_check, customer);
    return row ? *row : std::nullopt;
}

}  // namespace verbatim::contact
