// UTF-8 as RFC 3629 defines it: no surrogates, no over-long forms, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace verbatim {

bool valid_utf8(std::string_view bytes);

// Code points of valid text.
std::size_t code_points(std::string_view text);

// At most so many code points from the front of valid text.
std::string truncate_code_points(std::string_view text, std::size_t most);

// Code points [start, end) of valid text.
std::string slice_code_points(std::string_view text, std::size_t start, std::size_t end);

// Every byte that is part of no valid sequence, and every NUL, becomes U+FFFD: to show broken input without passing it on.
std::string repair_utf8(std::string_view bytes);

}  // namespace verbatim
