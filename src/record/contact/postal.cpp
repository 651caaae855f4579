#include "record/contact/postal.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ground/base/result.h"
#include "ground/text/folded.h"
#include "record/vault/reseal.h"
#include "record/vault/vault.h"

namespace verbatim::contact {
namespace {

using nlohmann::json;
using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr std::size_t longest_line = 120;

constexpr Sql put_address(R"sql(
INSERT INTO postal_address (customer, address_hash, sealed, returned_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (customer) DO UPDATE SET address_hash = excluded.address_hash, sealed = excluded.sealed, returned_at = excluded.returned_at)sql");
constexpr Sql select_address("SELECT sealed FROM postal_address WHERE customer = $1");
constexpr Sql insert_return("INSERT INTO suppression (address, purpose, at, why) VALUES ($1, 'returned:paper', $2, 'returned') ON CONFLICT DO NOTHING");
constexpr Sql select_return("SELECT 1 FROM suppression WHERE address = $1 AND purpose = 'returned:paper'");
constexpr Sql mark_returned("UPDATE postal_address SET returned_at = $2 WHERE address_hash = $1 AND returned_at IS NULL");
constexpr Sql delete_address("DELETE FROM postal_address WHERE customer = $1");
constexpr Sql next_addresses("SELECT customer, sealed FROM postal_address WHERE customer > $1 ORDER BY customer LIMIT $2");
constexpr Sql update_sealed("UPDATE postal_address SET sealed = $2 WHERE customer = $1");

std::string place(std::string_view customer) { return "postal " + std::string(customer); }

std::string seal(std::string_view customer, const PostalAddress& a) {
    return vault::seal(json::array({a.street, a.postcode, a.city}).dump(-1, ' ', false, json::error_handler_t::replace), place(customer));
}

PostalAddress open(std::string_view customer, std::string_view sealed) {
    const auto list = json::parse(vault::unseal(sealed, place(customer)));
    return {list.at(0).get<std::string>(), list.at(1).get<std::string>(), list.at(2).get<std::string>()};
}

}  // namespace

Result<void> check_postal(const PostalAddress& address) {
    const std::pair<const char*, const std::string*> parts[] = {{"street", &address.street}, {"postcode", &address.postcode}, {"city", &address.city}};
    for (const auto& [name, text] : parts) {
        if (text->size() > longest_line) return invalid("postal_address", std::string(name) + " is longer than 120 bytes", name);
        if (std::any_of(text->begin(), text->end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; })) return invalid("postal_address", std::string(name) + " is one line", name);
    }
    const bool some = !address.street.empty() || !address.postcode.empty() || !address.city.empty();
    if (some && !address.whole()) return invalid("postal_address", "street, postcode and city belong together: give all three or none", address.street.empty() ? "street" : address.postcode.empty() ? "postcode" : "city");
    return {};
}

std::string postal_line(const PostalAddress& address, std::string_view country) {
    std::string line;
    for (const char c : text::folded(address.street + " " + address.postcode + " " + address.city))
        if (c != ' ' && c != ',' && c != '.' && c != '-') line += c;
    return line + " " + std::string(country);
}

void keep_postal(Tx& tx, Seconds now, std::string_view customer, const PostalAddress& address) {
    if (!address.whole()) return;
    const auto person = find_customer(tx, customer);
    if (!person) return;
    const auto line = postal_line(address, person->country);
    const bool closed = came_back(tx, line);
    tx.exec(put_address, customer, postal_hash(line), Blob{seal(customer, address)}, closed ? std::optional<std::int64_t>(now) : std::nullopt);
}

std::optional<PostalAddress> postal_of(Tx& tx, std::string_view customer) {
    const auto sealed = tx.row<Blob>(select_address, customer);
    return sealed ? std::optional(open(customer, sealed->bytes)) : std::nullopt;
}

Blob postal_hash(std::string_view line) { return Blob{vault::keyed_hash("postal", line)}; }

void postal_returned(Tx& tx, Seconds now, const Blob& hash) {
    tx.exec(mark_returned, hash, now);
    tx.exec(insert_return, hash, now);
}

bool came_back(Tx& tx, std::string_view line) { return tx.row<std::int64_t>(select_return, postal_hash(line)).has_value(); }

void forget_postal(Tx& tx, std::string_view customer) { tx.exec(delete_address, customer); }

std::int64_t seal_postal_again(storage::Db& db) {
    return vault::reseal(db, next_addresses, update_sealed, [](const std::string& customer, std::string_view bytes) { return seal(customer, open(customer, bytes)); });
}

}  // namespace verbatim::contact
