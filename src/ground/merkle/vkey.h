// What every kind of note signature shares: typed keys and their ids, and signature lines. For this module only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ground/base/result.h"

namespace verbatim::merkle {

inline constexpr char ed25519_type = 1, cosignature_type = 4;  // C2SP signed-note, tlog-cosignature

// First four bytes of SHA-256(name || 0A || type || public key).
std::uint32_t key_id(std::string_view name, char type, std::string_view public_key);

struct TypedKey {
    std::string name;
    std::uint32_t id = 0;
    std::string public_key;  // 32 bytes
};
Result<TypedKey> typed_key(std::string_view name, char type, std::string_view public_key);
std::string encode_key(std::string_view name, std::uint32_t id, char type, std::string_view public_key);
Result<TypedKey> parse_key(std::string_view text, char type);  // of that type only

// "— name base64(id || bytes)" and LF.
std::string signature_line(std::string_view name, std::uint32_t id, std::string_view bytes);

}  // namespace verbatim::merkle
