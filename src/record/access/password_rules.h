// Which passwords are taken. Length counts, composition does not (NIST SP 800-63B section 3.1.1.2): no forced digits or signs. What does
// not count towards the length are the account's own words (address, name, brand), which are the first a guesser tries, and runs of one
// character or of a row of keys. For this module only.
#pragma once

#include <string_view>
#include <vector>

#include "ground/base/result.h"

namespace verbatim::access {

// invalid "password_short" | "password_long" | "password_own_words" | "password_plain"
Result<void> check_password(std::string_view password, int least, const std::vector<std::string>& own_words);

// The words of an address, a name, a brand: what of them a password must not lean on.
std::vector<std::string> own_words(std::string_view email, std::string_view name, std::string_view brand);

}  // namespace verbatim::access
