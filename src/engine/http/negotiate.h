// What the client can take and what it already has: Accept-Encoding (RFC 9110 section 12.5.3) and If-None-Match (13.1.2).
#pragma once

#include <string_view>

namespace verbatim::http {

// Weights in thousandths; 0 is "not acceptable".
struct Codings {
    int identity = 1000, gzip = 0, brotli = 0;
};
Codings accepted_codings(std::string_view accept_encoding);

// Whether a list of entity tags, or "*", names this one; compared weakly, so W/ is of no account.
bool names_etag(std::string_view if_none_match, std::string_view etag);

}  // namespace verbatim::http
