#include "record/contact/identity.h"

#include <simdjson.h>

#include <nlohmann/json.hpp>

#include "record/vault/vault.h"

namespace verbatim::contact {
namespace {

using nlohmann::json;

std::string place(std::string_view table, std::string_view id) { return std::string(table) + " " + std::string(id); }

// Words come from files and forms; what is no UTF-8 after all must not lose the row.
std::string dump(const json& list) { return list.dump(-1, ' ', false, json::error_handler_t::replace); }

// The texts of such a list into as many places.
void read_list(std::string_view list, std::span<std::string* const> places) {
    thread_local simdjson::ondemand::parser parser;
    const simdjson::padded_string padded(list);
    auto document = parser.iterate(padded).value();
    simdjson::ondemand::array texts = document.get_array().value();  // named: what value() refers to would be gone before the loop begins
    auto place = places.begin();
    for (auto text : texts) {
        if (place == places.end()) return;
        **place++ = text.get_string().value();
    }
    if (place != places.end()) throw std::runtime_error("a sealed list is shorter than it was written");
}

}  // namespace

std::string seal_identity(std::string_view id, const Customer& c) {
    return vault::seal(dump(json::array({c.external, c.salutation, c.first_name, c.last_name, c.email, c.phone})), place("customer", id));
}

void open_identity(std::string_view id, std::string_view sealed, Customer& into) {
    std::string* const fields[] = {&into.external, &into.salutation, &into.first_name, &into.last_name, &into.email, &into.phone};
    read_list(vault::unseal(sealed, place("customer", id)), fields);
}

std::string seal_letter(std::string_view id, const Letter& letter) {
    return vault::seal(dump(json::array({letter.email, letter.name, letter.data})), place("message", id));
}

Letter open_letter(std::string_view id, std::string_view sealed) {
    Letter letter;
    std::string* const fields[] = {&letter.email, &letter.name, &letter.data};
    read_list(vault::unseal(sealed, place("message", id)), fields);
    return letter;
}

std::string normal_address(std::string_view email) {
    std::string lower(email);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

std::optional<storage::Blob> email_hash(std::string_view email) {
    if (email.empty()) return std::nullopt;
    return storage::Blob{vault::keyed_hash("email", normal_address(email))};
}

std::optional<storage::Blob> external_hash(std::string_view external) {
    if (external.empty()) return std::nullopt;
    return storage::Blob{vault::keyed_hash("external", external)};
}

}  // namespace verbatim::contact
