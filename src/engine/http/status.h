// The reason phrases of RFC 9110 section 15.
#pragma once

#include <string_view>

namespace verbatim::http {

std::string_view status_text(int status);

}  // namespace verbatim::http
