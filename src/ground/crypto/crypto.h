// Hashes, message authentication, random bytes, signatures, sealing. libcrypto hashes (it uses the processor's SHA
// instructions), libsodium does the rest. Hashes, keys and signatures are raw bytes in a std::string unless said otherwise.
// A library that cannot start or has no randomness throws std::runtime_error: nothing works without it.
#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace verbatim::crypto {

inline constexpr std::size_t sha256_size = 32;
using Digest = std::array<unsigned char, sha256_size>;

// SHA-256 (FIPS 180-4): 32 raw bytes. The list is hashed as if its parts stood one behind the other.
std::string sha256(std::string_view bytes);
std::string sha256(std::initializer_list<std::string_view> parts);
// The same without an allocation, for trees of millions of nodes.
Digest sha256_digest(std::initializer_list<std::string_view> parts);

// HMAC-SHA-256 (RFC 2104): 32 raw bytes. A key of any length.
std::string hmac_sha256(std::string_view key, std::string_view message);

std::string random_bytes(std::size_t n);
// 128 bits of randomness as base64url: 22 characters, for links that open something.
std::string random_token();
// Lower-case Crockford base32 (no i, l, o, u), 5 bits a character, for ids that people read out.
std::string random_id(std::size_t chars);

// In time that depends on the lengths only.
bool equal(std::string_view a, std::string_view b);

// Ed25519 (RFC 8032). Seed and public key are 32 bytes, a signature is 64.
struct Ed25519Key {
    std::string seed;
    std::string public_key;

    static Ed25519Key from_seed(std::string_view seed32);  // throws std::invalid_argument unless 32 bytes
    static Ed25519Key generate();
    std::string sign(std::string_view message) const;

private:
    std::string secret_;  // seed and public key in libsodium's order, so that signing derives nothing again
};
// False also for keys and signatures of a wrong length.
bool ed25519_verify(std::string_view public_key, std::string_view message, std::string_view signature);

// XChaCha20-Poly1305 with a random 24-byte nonce in front and a 16-byte tag behind: 40 bytes longer than the text.
// The key has 32 bytes, else std::invalid_argument.
std::string seal(std::string_view key32, std::string_view plain);
std::optional<std::string> unseal(std::string_view key32, std::string_view sealed);

}  // namespace verbatim::crypto
