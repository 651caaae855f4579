// The relying party's half of Web Authentication Level 3: registering a new credential (section 7.1) and verifying an
// assertion (section 7.2). Pure: the caller made the challenge, bound it to a session, and lets it be used once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ground/base/result.h"

namespace verbatim::webauthn {

struct Expected {
    std::string challenge;  // raw bytes
    std::string origin;     // "https://reviews.example:8443"
    std::string rp_id;      // "reviews.example"
    bool user_verification = true;  // PIN, finger or face, not a touch alone
};

struct Credential {
    std::string id;
    std::string public_key;  // COSE, as the authenticator gave it
    std::string aaguid;      // 16 bytes
    std::uint32_t sign_count = 0;
    bool user_verified = false, backup_eligible = false, backed_up = false;
};

// Error codes: passkey_malformed, passkey_challenge, passkey_origin, passkey_user, passkey_key, passkey_attestation,
// passkey_signature.
Result<Credential> verify_registration(const Expected& expected, std::string_view client_data_json, std::string_view attestation_object);

struct Assertion {
    std::uint32_t sign_count = 0;
    bool user_verified = false, backed_up = false;
    // The counter did not rise: two devices hold this key, one of them a copy (section 6.1.1).
    bool counter_fell = false;
};
Result<Assertion> verify_assertion(const Expected& expected, const Credential& credential, std::string_view client_data_json,
                                   std::string_view authenticator_data, std::string_view signature);

}  // namespace verbatim::webauthn
