// Where a letter on paper reaches somebody. Sealed like a name; found by a keyed hash, so that what came back undelivered is written to no
// more, whoever is imported under that address later. The country is the customer's.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "record/contact/contact.h"

namespace verbatim::contact {

struct PostalAddress {
    std::string street, postcode, city;
    bool whole() const { return !street.empty() && !postcode.empty() && !city.empty(); }
};
// One line of text each. Error "postal_address" names what is too long, broken over lines, or there without the rest.
Result<void> check_postal(const PostalAddress& address);

// An address that is not whole changes nothing: a file without these columns forgets nobody's.
void keep_postal(storage::Tx& tx, Seconds now, std::string_view customer, const PostalAddress& address);
std::optional<PostalAddress> postal_of(storage::Tx& tx, std::string_view customer);
// As suppressions know it: one line, small letters, without the marks people write differently.
std::string postal_line(const PostalAddress& address, std::string_view country);
storage::Blob postal_hash(std::string_view line);
// What was sent there came back: nobody of this address is written to on paper any more, and whoever moved is.
void postal_returned(storage::Tx& tx, Seconds now, const storage::Blob& hash);
bool came_back(storage::Tx& tx, std::string_view line);
void forget_postal(storage::Tx& tx, std::string_view customer);
std::int64_t seal_postal_again(storage::Db& db);

}  // namespace verbatim::contact
