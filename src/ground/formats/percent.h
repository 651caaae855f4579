// Percent-encoding (RFC 3986 section 2.1): all but the unreserved characters.
#pragma once

#include <string>
#include <string_view>

namespace verbatim {

std::string percent_encoded(std::string_view text);

}  // namespace verbatim
