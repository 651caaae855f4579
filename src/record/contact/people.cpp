// Who customers are, and their refusals to be written to.
#include "ground/crypto/crypto.h"
#include "ground/text/folded.h"
#include "record/contact/calls.h"
#include "record/contact/channels.h"
#include "record/contact/contact.h"
#include "record/contact/identity.h"
#include "record/contact/paper.h"
#include "record/contact/postal.h"
#include "record/contact/topics.h"
#include "record/vault/vault.h"

namespace verbatim::contact {
namespace {

using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql by_external("SELECT customer FROM customer_identity WHERE external_hash = $1");
constexpr Sql by_email("SELECT customer FROM customer_identity WHERE email_hash = $1 AND external_hash IS NULL ORDER BY customer LIMIT 1");
constexpr Sql all_by_email("SELECT customer FROM customer_identity WHERE email_hash = $1 ORDER BY customer");
constexpr Sql by_id(R"sql(
SELECT c.locale, c.country, c.source, c.source_site, i.sealed FROM customer c JOIN customer_identity i ON i.customer = c.id WHERE c.id = $1)sql");
constexpr Sql insert_customer(R"sql(
INSERT INTO customer (id, locale, country, source, source_site, updated_at, last_contact_at) VALUES ($1, $2, $3, $4, $5, $6, $6))sql");
constexpr Sql insert_identity("INSERT INTO customer_identity (customer, email_hash, external_hash, sealed, has_phone) VALUES ($1, $2, $3, $4, $5)");
constexpr Sql update_customer(R"sql(
UPDATE customer SET locale = $2, country = $3, source_site = COALESCE($4, source_site), updated_at = $5, last_contact_at = $5 WHERE id = $1)sql");
constexpr Sql update_identity("UPDATE customer_identity SET email_hash = $2, sealed = $3, has_phone = $4 WHERE customer = $1");
constexpr Sql delete_customer("DELETE FROM customer WHERE id = $1");
constexpr Sql delete_identity("DELETE FROM customer_identity WHERE customer = $1");
constexpr Sql delete_traces("DELETE FROM device_trace WHERE customer = $1");
constexpr Sql delete_check("DELETE FROM address_check WHERE customer = $1");
constexpr Sql clear_messages("UPDATE message SET sealed = NULL, customer = NULL, reply = NULL WHERE customer = $1");
constexpr Sql clear_about(R"sql(
UPDATE message SET state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END, sealed = NULL WHERE about = $1)sql");
constexpr Sql cancel_messages("UPDATE message SET state = 'cancelled' WHERE customer = $1 AND state = 'waiting'");

constexpr Sql insert_suppression("INSERT INTO suppression (address, purpose, at, why) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");
constexpr Sql delete_suppression("DELETE FROM suppression WHERE address = $1 AND purpose = $2");
constexpr Sql select_suppression("SELECT 1 FROM suppression WHERE address = $1 AND purpose = $2");
constexpr Sql select_either("SELECT 1 FROM suppression WHERE address = $1 AND purpose IN ($2, $3) LIMIT 1");

std::string_view word(Purpose purpose) {
    constexpr std::string_view words[] = {"invitation", "service", "staff"};
    return words[static_cast<int>(purpose)];
}

// Under the vault's key, so that the list of suppressed addresses cannot be guessed by hashing known ones (norm GDP-6). It
// outlives the address: no key change can hash it anew, which is why the hashes' key never changes.
Blob address_hash(std::string_view email) { return Blob{vault::keyed_hash({}, normal_address(email))}; }

std::optional<std::string_view> or_null(std::string_view text) { return text.empty() ? std::nullopt : std::optional(text); }

int has_phone(const Customer& customer) { return normal_phone(customer.phone).empty() ? 0 : 1; }

// The moment first, fifty-five random bits behind it: people who come in together lie side by side in every index, so that an
// import of many writes few pages. It says nothing of the person.
std::string new_id(Seconds now) {
    constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    std::string id(7, '0');
    for (int i = 6; i >= 0; --i, now >>= 5) id[static_cast<std::size_t>(i)] = alphabet[static_cast<std::size_t>(now & 31)];
    return id + crypto::random_id(11);
}

}  // namespace

std::string keep_customer(Tx& tx, Seconds now, const Customer& customer) {
    const auto email = email_hash(customer.email);
    const auto id = !customer.external.empty() ? tx.row<std::string>(by_external, external_hash(customer.external))
                    : email                    ? tx.row<std::string>(by_email, email)
                                               : std::nullopt;
    if (!id) return add_customer(tx, now, customer);
    auto kept = customer;
    kept.email = normal_address(customer.email);
    tx.exec(update_customer, *id, or_null(customer.locale), or_null(customer.country), or_null(customer.source_site), now);
    tx.exec(update_identity, *id, email, Blob{seal_identity(*id, kept)}, has_phone(customer));
    return *id;
}

std::string add_customer(Tx& tx, Seconds now, const Customer& customer) {
    auto id = new_id(now);
    auto kept = customer;
    kept.email = normal_address(customer.email);
    const std::string_view source = !customer.source.empty() ? std::string_view(customer.source) : customer.external.empty() ? "form" : "dealer";
    tx.exec(insert_customer, id, or_null(customer.locale), or_null(customer.country), source, or_null(customer.source_site), now);
    tx.exec(insert_identity, id, email_hash(customer.email), external_hash(customer.external), Blob{seal_identity(id, kept)}, has_phone(customer));
    return id;
}

std::optional<Customer> find_customer(Tx& tx, std::string_view id) {
    std::optional<Customer> found;
    tx.each(by_id, [&](const Row& row) {
        const auto text = [&](int column) { return row.is_null(column) ? std::string() : std::string(row.text(column)); };
        Customer customer;
        customer.id = id;
        customer.locale = text(0);
        customer.country = text(1);
        customer.source = text(2);
        customer.source_site = text(3);
        open_identity(id, row.bytes(4), customer);
        found = std::move(customer);
    }, id);
    return found;
}

std::vector<std::string> customers_by_email(Tx& tx, std::string_view email) {
    const auto hash = email_hash(email);
    return hash ? tx.rows<std::string>(all_by_email, hash) : std::vector<std::string>{};
}

std::vector<std::string> same_person(Tx& tx, std::string_view id) {
    std::vector<std::string> all{std::string(id)};
    const auto one = find_customer(tx, id);
    if (!one || one->email.empty()) return all;
    const auto name = [](const Customer& c) { return text::folded(c.first_name + " " + c.last_name); };
    for (const auto& other : customers_by_email(tx, one->email)) {
        if (other == id) continue;
        const auto person = find_customer(tx, other);
        if (person && name(*person) == name(*one)) all.push_back(other);
    }
    return all;
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
    forget_prints(tx, id);
    forget_calls(tx, id);
    forget_postal(tx, id);
    tx.exec(clear_messages, id);
    tx.exec(delete_traces, id);
    tx.exec(delete_check, id);
    tx.exec(delete_identity, id);
    tx.exec(delete_customer, id);
}

void forget_about(Tx& tx, std::string_view about) { tx.exec(clear_about, about); }

void suppress(Tx& tx, Seconds now, std::string_view email, Purpose purpose, std::string_view why) { suppress_as(tx, now, email, word(purpose), why); }
void suppress_as(Tx& tx, Seconds now, std::string_view email, std::string_view topic, std::string_view why) {
    tx.exec(insert_suppression, address_hash(email), topic, now, why);
}

void allow(Tx& tx, std::string_view email, Purpose purpose) { allow_as(tx, email, word(purpose)); }
void allow_as(Tx& tx, std::string_view email, std::string_view topic) { tx.exec(delete_suppression, address_hash(email), topic); }

bool suppressed(Tx& tx, std::string_view email, Purpose purpose) { return suppressed_as(tx, email, word(purpose)); }
bool suppressed_as(Tx& tx, std::string_view email, std::string_view topic) {
    return tx.row<std::int64_t>(select_suppression, address_hash(email), topic).has_value();
}
bool suppressed_as_either(Tx& tx, std::string_view email, std::string_view topic, std::string_view other) {
    return tx.row<std::int64_t>(select_either, address_hash(email), topic, other).has_value();
}

}  // namespace verbatim::contact
