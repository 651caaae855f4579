// vault.key as text: a line that says what it is, the pepper of the hashes, and one line a key, the newest first.
//
//   verbatim-vault 1
//   pepper 64 hex digits
//   key 8 hex digits 64 hex digits
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ground/base/result.h"

namespace verbatim::vault {

struct Key {
    std::string id;      // 4 bytes
    std::string secret;  // 32 bytes
};

struct Keys {
    std::string pepper;  // 32 bytes
    std::vector<Key> keys;
};

inline constexpr std::size_t most_keys = 64;

Result<Keys> parse_keys(std::string_view text);
std::string write_keys(const Keys& keys);

}  // namespace verbatim::vault
