#include "ground/webauthn/ceremony.h"

#include "ground/crypto/crypto.h"
#include "ground/webauthn/parts.h"

namespace verbatim::webauthn {
namespace {

Error malformed(const char* what) { return invalid("passkey_malformed", std::string(what) + " cannot be read"); }

// 7.1 steps 5 to 12 and 7.2 steps 9 to 15: the client data name this ceremony, this challenge and this site.
Result<void> check_client_data(const Expected& expected, std::string_view json, std::string_view type) {
    const auto data = parse_client_data(json);
    if (!data) return malformed("the client data");
    if (data->type != type) return invalid("passkey_malformed", "the client data are those of another ceremony");
    if (!crypto::equal(data->challenge, expected.challenge)) return invalid("passkey_challenge", "the answer is to another challenge");
    if (data->origin != expected.origin) return invalid("passkey_origin", "the answer was given to " + data->origin.substr(0, 200) + ", not to " + expected.origin);
    if (data->cross_origin) return invalid("passkey_origin", "the answer was given inside another site's page");
    return {};
}

// 7.1 steps 14 to 18 and 7.2 steps 16 to 20: the right relying party, a person who was there, and the backup flags make sense.
Result<void> check_authenticator(const Expected& expected, const AuthenticatorData& data) {
    if (!crypto::equal(data.rp_id_hash, crypto::sha256(expected.rp_id))) return invalid("passkey_origin", "the authenticator answered for another site");
    if (!data.user_present) return invalid("passkey_user", "nobody touched the authenticator");
    if (expected.user_verification && !data.user_verified) return invalid("passkey_user", "the authenticator did not ask for PIN, finger or face");
    if (data.backed_up && !data.backup_eligible) return malformed("the authenticator's flags");
    return {};
}

// 7.1 step 21 with section 8.7 (none) and section 8.2 with self attestation (packed without certificates), which proves
// possession of the key and nothing else. Nothing about the device's maker is asked for, so nothing is believed.
Result<void> check_attestation(const AttestationObject& object, const CoseKey& key, std::string_view client_data_json) {
    if (object.format == "none") {
        if (!object.empty_statement) return invalid("passkey_attestation", "an attestation \"none\" must be empty");
        return {};
    }
    if (object.format != "packed" || object.certificates)
        return invalid("passkey_attestation", "no attestation was asked for, but one of the form \"" + object.format.substr(0, 32) + "\" came");
    if (object.algorithm != key.algorithm) return invalid("passkey_attestation", "the attestation's algorithm is not the key's");
    if (!crypto::signed_by(key.key, object.authenticator_data + crypto::sha256(client_data_json), object.signature))
        return invalid("passkey_signature", "the attestation was not signed with the new key");
    return {};
}

}  // namespace

Result<Credential> verify_registration(const Expected& expected, std::string_view client_data_json, std::string_view attestation_object) {
    if (auto checked = check_client_data(expected, client_data_json, "webauthn.create"); !checked) return checked.error();
    // Step 13: the attestation object.
    const auto object = parse_attestation_object(attestation_object);
    if (!object) return malformed("the attestation object");
    const auto data = parse_authenticator_data(object->authenticator_data);
    if (!data || !data->attested) return malformed("the authenticator data");
    if (auto checked = check_authenticator(expected, *data); !checked) return checked.error();
    // Step 19: one of the algorithms that were offered.
    const auto key = parse_cose_key(data->attested->public_key);
    if (!key) return invalid("passkey_key", "the key is of a kind that was not offered");
    if (auto checked = check_attestation(*object, *key, client_data_json); !checked) return checked.error();
    // Steps 25 to 27, the credential's id being new and its record, are the caller's.
    return Credential{data->attested->credential_id, data->attested->public_key, data->attested->aaguid, data->sign_count,
                      data->user_verified, data->backup_eligible, data->backed_up};
}

Result<Assertion> verify_assertion(const Expected& expected, const Credential& credential, std::string_view client_data_json,
                                   std::string_view authenticator_data, std::string_view signature) {
    if (auto checked = check_client_data(expected, client_data_json, "webauthn.get"); !checked) return checked.error();
    const auto data = parse_authenticator_data(authenticator_data);
    if (!data) return malformed("the authenticator data");
    if (auto checked = check_authenticator(expected, *data); !checked) return checked.error();
    // Step 19: what is eligible for backup was so from the beginning.
    if (data->backup_eligible != credential.backup_eligible) return malformed("the authenticator's flags");
    // Steps 20 and 21: the signature over authenticator data and the hash of the client data.
    const auto key = parse_cose_key(credential.public_key);
    if (!key) return invalid("passkey_key", "the stored key cannot be used");
    if (!crypto::signed_by(key->key, std::string(authenticator_data) + crypto::sha256(client_data_json), signature))
        return invalid("passkey_signature", "the signature does not hold");
    // Step 22: a counter that is kept must rise.
    const bool counts = data->sign_count != 0 || credential.sign_count != 0;
    return Assertion{data->sign_count, data->user_verified, data->backed_up, counts && data->sign_count <= credential.sign_count};
}

}  // namespace verbatim::webauthn
