// Sealing that is bound to a place: XChaCha20-Poly1305 with associated data, which is not stored but must be the same again to open.
// A random 24-byte nonce in front and a 16-byte tag behind, as crypto::seal has them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace verbatim::crypto {

std::string seal_at(std::string_view key32, std::string_view plain, std::string_view place);
std::optional<std::string> unseal_at(std::string_view key32, std::string_view sealed, std::string_view place);

}  // namespace verbatim::crypto
