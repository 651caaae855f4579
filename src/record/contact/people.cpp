// The vault of customers and their refusals to be written to.
#include "ground/crypto/crypto.h"
#include "record/contact/contact.h"

namespace verbatim::contact {
namespace {

using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

#define CUSTOMER_COLUMNS "id, external, salutation, first_name, last_name, email, phone, locale, country"
constexpr Sql by_external("SELECT id FROM customer WHERE external = $1");
constexpr Sql by_email("SELECT id FROM customer WHERE email = $1 AND external IS NULL");
constexpr Sql by_id("SELECT " CUSTOMER_COLUMNS " FROM customer WHERE id = $1");
constexpr Sql insert_customer(R"sql(
INSERT INTO customer (id, external, salutation, first_name, last_name, email, phone, locale, country, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql");
constexpr Sql update_customer(R"sql(
UPDATE customer SET salutation = $2, first_name = $3, last_name = $4, email = $5, phone = $6, locale = $7, country = $8, updated_at = $9
WHERE id = $1)sql");
constexpr Sql delete_customer("DELETE FROM customer WHERE id = $1");
constexpr Sql clear_messages("UPDATE message SET data = NULL, email = NULL, name = NULL, customer = NULL, reply = NULL WHERE customer = $1");
constexpr Sql clear_about(R"sql(
UPDATE message SET state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END, data = NULL WHERE about = $1)sql");
constexpr Sql cancel_messages("UPDATE message SET state = 'cancelled' WHERE customer = $1 AND state = 'waiting'");

constexpr Sql read_secret("SELECT value FROM contact_secret WHERE id = 1");
constexpr Sql write_secret("INSERT INTO contact_secret (id, value) VALUES (1, $1) ON CONFLICT DO NOTHING");
constexpr Sql insert_suppression("INSERT INTO suppression (address, purpose, at, why) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");
constexpr Sql delete_suppression("DELETE FROM suppression WHERE address = $1 AND purpose = $2");
constexpr Sql select_suppression("SELECT 1 FROM suppression WHERE address = $1 AND purpose = $2");

std::string_view word(Purpose purpose) {
    constexpr std::string_view words[] = {"invitation", "service", "staff"};
    return words[static_cast<int>(purpose)];
}

// Lower case is the least common denominator of how people type one address twice; local parts are in practice not case-sensitive.
std::string normal(std::string_view email) {
    std::string lower(email);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

// A key of this installation, so that the list of suppressed addresses cannot be guessed by hashing known ones (norm GDP-6).
std::optional<std::string> secret(Tx& tx) {
    if (const auto key = tx.row<Blob>(read_secret)) return key->bytes;
    return std::nullopt;
}

Blob address_hash(std::string_view key, std::string_view email) { return Blob{crypto::hmac_sha256(key, normal(email))}; }

std::optional<std::string_view> or_null(std::string_view text) { return text.empty() ? std::nullopt : std::optional(text); }

}  // namespace

std::string keep_customer(Tx& tx, Seconds now, const Customer& customer) {
    const auto email = normal(customer.email);
    std::optional<std::string> id = customer.external.empty() ? tx.row<std::string>(by_email, email) : tx.row<std::string>(by_external, customer.external);
    if (id) {
        tx.exec(update_customer, *id, or_null(customer.salutation), or_null(customer.first_name), or_null(customer.last_name), or_null(email),
                or_null(customer.phone), or_null(customer.locale), or_null(customer.country), now);
        return *id;
    }
    return add_customer(tx, now, customer);
}

std::string add_customer(Tx& tx, Seconds now, const Customer& customer) {
    auto id = crypto::random_id(16);
    tx.exec(insert_customer, id, or_null(customer.external), or_null(customer.salutation), or_null(customer.first_name), or_null(customer.last_name),
            or_null(normal(customer.email)), or_null(customer.phone), or_null(customer.locale), or_null(customer.country), now);
    return id;
}

std::optional<Customer> find_customer(Tx& tx, std::string_view id) {
    std::optional<Customer> found;
    tx.each(by_id, [&](const Row& row) {
        const auto text = [&](int column) { return row.is_null(column) ? std::string() : std::string(row.text(column)); };
        found = Customer{text(0), text(1), text(2), text(3), text(4), text(5), text(6), text(7), text(8)};
    }, id);
    return found;
}

std::vector<std::string> customers_by_email(Tx& tx, std::string_view email) {
    return tx.rows<std::string>("SELECT id FROM customer WHERE email = $1 ORDER BY id", normal(email));
}

std::vector<Sent> messages_to(Tx& tx, std::string_view customer) {
    std::vector<Sent> all;
    tx.each("SELECT mail_template, state, created_at FROM message WHERE customer = $1 ORDER BY created_at, id", [&](const Row& row) {
        all.push_back({std::string(row.text(0)), std::string(row.text(1)), row.integer(2)});
    }, customer);
    return all;
}

void erase_customer(Tx& tx, std::string_view id) {
    tx.exec(cancel_messages, id);
    tx.exec(clear_messages, id);
    tx.exec(delete_customer, id);
}

void forget_about(Tx& tx, std::string_view about) { tx.exec(clear_about, about); }

void suppress(Tx& tx, Seconds now, std::string_view email, Purpose purpose, std::string_view why) {
    if (!secret(tx)) tx.exec(write_secret, Blob{crypto::random_bytes(32)});
    tx.exec(insert_suppression, address_hash(*secret(tx), email), word(purpose), now, why);
}

void allow(Tx& tx, std::string_view email, Purpose purpose) {
    if (const auto key = secret(tx)) tx.exec(delete_suppression, address_hash(*key, email), word(purpose));
}

bool suppressed(Tx& tx, std::string_view email, Purpose purpose) {
    const auto key = secret(tx);
    return key && tx.row<std::int64_t>(select_suppression, address_hash(*key, email), word(purpose)).has_value();
}

}  // namespace verbatim::contact
