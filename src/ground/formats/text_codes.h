// Bytes as text: base64 (RFC 4648 section 4), base64url without padding (section 5), hex (section 8, lower case).
// Decoders take the one canonical form only: no white space, right padding, no stray bits.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace verbatim {

std::string to_base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);
std::string to_base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);
std::string to_hex(std::string_view bytes);
std::optional<std::string> from_hex(std::string_view text);

}  // namespace verbatim
