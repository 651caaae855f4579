// Keys whose secret half lies with somebody else: a person's passkey, a directory's signing key. libcrypto checks what they
// signed. All bytes are raw, numbers big-endian.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace verbatim::crypto {

struct RsaPublicKey {
    std::string modulus, exponent;  // 2048 to 8192 bits; odd, 3 to 2^32
};
struct P256PublicKey {
    std::string x, y;  // 32 bytes each, a point on the curve
};
struct Ed25519PublicKey {
    std::string bytes;  // 32
};
using PublicKey = std::variant<RsaPublicKey, P256PublicKey, Ed25519PublicKey>;

// Can signatures be checked with it? Says false for short RSA keys and for points beside the curve.
bool usable(const PublicKey& key);

// RSA: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 section 8.2). P-256: ECDSA with SHA-256, DER (RFC 3279 section 2.2.3).
// Ed25519: RFC 8032. False for whatever does not hold, also for keys that are not usable.
bool signed_by(const PublicKey& key, std::string_view message, std::string_view signature);

// An ECDSA signature as JSON Web Signatures carry it, 32 bytes r and 32 bytes s (RFC 7518 section 3.4), in DER.
std::optional<std::string> ecdsa_der(std::string_view r_and_s);

// HMAC-SHA-1 (RFC 2104): 20 raw bytes. For one-time passwords alone, whose apps know nothing else.
std::string hmac_sha1(std::string_view key, std::string_view message);

}  // namespace verbatim::crypto
