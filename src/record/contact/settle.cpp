// From clear text to sealed columns, and from one key to the next: in batches, each a transaction, so that a platform of any size
// gets through and a kill in between loses nothing.
#include "record/contact/contact.h"
#include "record/contact/identity.h"
#include "record/contact/paper.h"
#include "record/contact/postal.h"
#include "record/vault/reseal.h"
#include "record/vault/vault.h"

namespace verbatim::contact {
namespace {

using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr int batch = 500;

constexpr Sql table_there("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $1",
                          "SELECT COUNT(*) FROM pg_catalog.pg_class WHERE oid = to_regclass($1)");
constexpr Sql select_plain_customers("SELECT id, external, salutation, first_name, last_name, email, phone FROM customer_plain ORDER BY id LIMIT $1");
constexpr Sql insert_identity(R"sql(
INSERT INTO customer_identity (customer, email_hash, external_hash, sealed) VALUES ($1, $2, $3, $4) ON CONFLICT (customer) DO NOTHING)sql");
constexpr Sql delete_plain_customer("DELETE FROM customer_plain WHERE id = $1");
constexpr Sql select_plain_messages("SELECT id, email, name, data FROM message_plain ORDER BY id LIMIT $1");
constexpr Sql seal_message("UPDATE message SET sealed = $2 WHERE id = $1 AND sealed IS NULL AND state = 'waiting'");
constexpr Sql delete_plain_message("DELETE FROM message_plain WHERE id = $1");
constexpr Sql read_secret("SELECT value FROM contact_secret WHERE id = 1");

constexpr Sql next_identities("SELECT customer, sealed FROM customer_identity WHERE customer > $1 ORDER BY customer LIMIT $2");
constexpr Sql update_identity("UPDATE customer_identity SET sealed = $2 WHERE customer = $1");
constexpr Sql next_messages("SELECT id, sealed FROM message WHERE id > $1 AND sealed IS NOT NULL ORDER BY id LIMIT $2");
constexpr Sql update_message("UPDATE message SET sealed = $2 WHERE id = $1");

bool there(Tx& tx, std::string_view table) { return tx.value<std::int64_t>(table_there, table) != 0; }

std::string text(const Row& row, int column) { return row.is_null(column) ? std::string() : std::string(row.text(column)); }

std::int64_t settle_customers(Tx& tx) {
    std::vector<Customer> found;
    tx.each(select_plain_customers, [&](const Row& row) {
        Customer customer;
        customer.id = text(row, 0);
        customer.external = text(row, 1);
        customer.salutation = text(row, 2);
        customer.first_name = text(row, 3);
        customer.last_name = text(row, 4);
        customer.email = text(row, 5);
        customer.phone = text(row, 6);
        found.push_back(std::move(customer));
    }, batch);
    for (const auto& customer : found) {
        tx.exec(insert_identity, customer.id, email_hash(customer.email), external_hash(customer.external), Blob{seal_identity(customer.id, customer)});
        tx.exec(delete_plain_customer, customer.id);
    }
    return static_cast<std::int64_t>(found.size());
}

// Only what still waits is needed; what was sent keeps no address.
std::int64_t settle_messages(Tx& tx) {
    std::vector<std::pair<std::string, Letter>> found;
    tx.each(select_plain_messages, [&](const Row& row) { found.emplace_back(text(row, 0), Letter{text(row, 1), text(row, 2), text(row, 3)}); }, batch);
    for (const auto& [id, letter] : found) {
        if (!letter.data.empty()) tx.exec(seal_message, id, Blob{seal_letter(id, letter)});
        tx.exec(delete_plain_message, id);
    }
    return static_cast<std::int64_t>(found.size());
}

}  // namespace

std::int64_t settle(storage::Db& db) {
    if (!db.read([](Tx& tx) { return there(tx, "customer_plain") || there(tx, "message_plain"); })) return 0;
    // The hashes of an older version were made under a secret of the database's: it moves to the key file, and they stay valid.
    const auto secret = db.read([](Tx& tx) { return tx.row<Blob>(read_secret); });
    if (secret) vault::adopt_pepper(secret->bytes);
    std::int64_t sealed = 0;
    for (std::int64_t some = 1; some != 0; sealed += some) some = db.write([](Tx& tx) { return there(tx, "customer_plain") ? settle_customers(tx) : 0; });
    for (std::int64_t some = 1; some != 0; sealed += some) some = db.write([](Tx& tx) { return there(tx, "message_plain") ? settle_messages(tx) : 0; });
    db.write([](Tx& tx) {
        tx.exec("DROP TABLE IF EXISTS customer_plain");
        tx.exec("DROP TABLE IF EXISTS message_plain");
        tx.exec("DELETE FROM contact_secret");
    });
    if (sealed != 0) db.checkpoint();  // the clear text leaves the disk too
    return sealed;
}

std::int64_t seal_again(storage::Db& db) {
    return vault::reseal(db, next_identities, update_identity, [](const std::string& id, std::string_view bytes) {
               Customer customer;
               open_identity(id, bytes, customer);
               return seal_identity(id, customer);
           }) +
           vault::reseal(db, next_messages, update_message, [](const std::string& id, std::string_view bytes) { return seal_letter(id, open_letter(id, bytes)); }) +
           seal_postal_again(db) + seal_prints_again(db);
}

}  // namespace verbatim::contact
