// Cookies (RFC 6265bis): the server's side, for sessions.
#pragma once

#include <string>
#include <string_view>

#include "engine/http/http.h"

namespace verbatim::http {

// The value of the first cookie of this name; "" where there is none.
std::string_view cookie(const Request& request, std::string_view name);

enum class SameSite { strict, lax };
// Set-Cookie: for the whole site, never for scripts, never for other sites (lax: on top-level navigations). `secure`: only over https.
// Over https the name gets "__Host-" in front, so that no other host may set it. max_age 0 takes the cookie away.
Field set_cookie(std::string_view name, std::string_view value, std::int64_t max_age, bool secure, SameSite same_site = SameSite::strict);
// The name as it stands in the cookie.
std::string cookie_name(std::string_view name, bool secure);

}  // namespace verbatim::http
