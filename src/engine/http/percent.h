// Percent-decoding (RFC 3986 section 2.1), paths and UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace verbatim::http {

// Well-formed UTF-8 (Unicode table 3-7): no overlong form, no surrogate, nothing above U+10FFFF.
bool valid_utf8(std::string_view bytes);

enum class Plus { stays, is_space };

// %XX decoded once; nothing where a '%' is not followed by two hex digits.
std::optional<std::string> percent_decode(std::string_view text, Plus plus);

// The same for hand-written links: a '%' that codes nothing stands for itself.
std::string percent_decode_leniently(std::string_view text, Plus plus);

// A target's path, decoded once. Nothing where it is malformed, not UTF-8, holds a control character, a "." or ".."
// segment, or an encoded slash or backslash (which would give one path two readings).
std::optional<std::string> decode_path(std::string_view raw_path);

}  // namespace verbatim::http
