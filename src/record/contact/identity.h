// What is sealed, and where: the one place that knows how identities and waiting messages are written down.
#pragma once

#include "record/contact/contact.h"

namespace verbatim::contact {

struct Letter {
    std::string email, name, data;
};

std::string seal_identity(std::string_view id, const Customer& customer);
void open_identity(std::string_view id, std::string_view sealed, Customer& into);
std::string seal_letter(std::string_view id, const Letter& letter);
Letter open_letter(std::string_view id, std::string_view sealed);

// Lower case is the least common denominator of how people type one address twice; local parts are in practice not case-sensitive.
std::string normal_address(std::string_view email);
std::optional<storage::Blob> email_hash(std::string_view email);
std::optional<storage::Blob> external_hash(std::string_view external);

}  // namespace verbatim::contact
