// JSON with one encoding only: RFC 8785 (JCS) for objects, arrays, strings, integers, booleans and null. What is signed,
// hashed or logged is in this form (norm TLG-10).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace verbatim {

// Keys sorted by UTF-16 code units, shortest escapes, no white space. Throws std::invalid_argument on a fraction, an integer
// beyond ±(2^53-1) (RFC 7493 section 2.2), a string that is not UTF-8, or nesting deeper than 64.
std::string canonical_json(const nlohmann::json& value);

// True where the bytes are what canonical_json() would write for them.
bool is_canonical_json(std::string_view bytes);

}  // namespace verbatim
