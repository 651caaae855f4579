// What a browser and an authenticator hand over, taken apart: client data, authenticator data, attestation object, COSE key
// (Web Authentication Level 3, sections 5.8.1, 6.1, 6.5.4; RFC 9052 and 9053). All of it comes from outside and is bounded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ground/crypto/public_key.h"

namespace verbatim::webauthn {

// 5.8.1: what the browser says about the ceremony.
struct ClientData {
    std::string type;       // "webauthn.create" or "webauthn.get"
    std::string challenge;  // raw bytes
    std::string origin;     // "https://reviews.example"
    bool cross_origin = false;
};
inline constexpr std::size_t most_client_data = 8 * 1024;
std::optional<ClientData> parse_client_data(std::string_view json);

// COSEAlgorithmIdentifier.
inline constexpr std::int64_t es256 = -7, eddsa = -8, rs256 = -257;
struct CoseKey {
    std::int64_t algorithm = 0;
    crypto::PublicKey key;
};
// Exactly one key; nothing where it is of another kind or not usable.
std::optional<CoseKey> parse_cose_key(std::string_view cbor);

// 6.1.
struct AuthenticatorData {
    std::string rp_id_hash;  // 32 bytes
    bool user_present = false, user_verified = false, backup_eligible = false, backed_up = false;
    std::uint32_t sign_count = 0;
    struct Attested {  // 6.5.1, in registrations
        std::string aaguid;         // 16 bytes: the model of the authenticator
        std::string credential_id;  // at most 1023 bytes
        std::string public_key;     // COSE, as it came
    };
    std::optional<Attested> attested;
};
inline constexpr std::size_t most_authenticator_data = 8 * 1024;
std::optional<AuthenticatorData> parse_authenticator_data(std::string_view bytes);

// 6.5.4. Of the statement only what "none" and self attestation hold is kept.
struct AttestationObject {
    std::string format;
    std::string authenticator_data;
    bool empty_statement = false;
    std::optional<std::int64_t> algorithm;
    std::string signature;
    bool certificates = false;
};
std::optional<AttestationObject> parse_attestation_object(std::string_view cbor);

}  // namespace verbatim::webauthn
