// An e-mail address as people have them: RFC 5321 section 4.1.2 without quoted local parts, address literals or comments.
#pragma once

#include <string>
#include <string_view>

namespace verbatim {

// local@domain in ASCII: a dot-atom of at most 64 bytes, a domain of two labels or more whose last is no number, 254 in all.
bool plausible_mailbox(std::string_view address);

// The form to compare and store by: no white space around, ASCII lower case.
std::string mailbox_key(std::string_view address);

}  // namespace verbatim
