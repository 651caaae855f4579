#include "ground/webauthn/parts.h"

#include <nlohmann/json.hpp>

#include <map>

#include "ground/formats/text_codes.h"
#include "ground/webauthn/cbor.h"

namespace verbatim::webauthn {
namespace {

std::string own(std::string_view bytes) { return std::string(bytes); }

// A COSE key is a map from small integers to integers and byte strings; what else it holds is skipped.
struct CoseMap {
    std::map<std::int64_t, std::int64_t> integers;
    std::map<std::int64_t, std::string_view> strings;

    std::optional<std::int64_t> integer(std::int64_t label) const {
        const auto found = integers.find(label);
        return found == integers.end() ? std::nullopt : std::optional(found->second);
    }
    std::string string(std::int64_t label) const {
        const auto found = strings.find(label);
        return found == strings.end() ? std::string() : own(found->second);
    }
};

std::optional<CoseMap> read_cose(CborReader& reader) {
    const auto pairs = reader.map();
    if (!pairs) return std::nullopt;
    CoseMap map;
    for (std::size_t i = 0; i < *pairs; ++i) {
        const auto label = reader.integer();
        if (!label || map.integers.contains(*label) || map.strings.contains(*label)) return std::nullopt;
        CborReader copy = reader;
        if (const auto value = copy.integer()) {
            map.integers.emplace(*label, *value);
            reader = copy;
            continue;
        }
        copy = reader;
        if (const auto value = copy.bytes()) {
            map.strings.emplace(*label, *value);
            reader = copy;
            continue;
        }
        if (!reader.skip()) return std::nullopt;
    }
    return map;
}

}  // namespace

std::optional<ClientData> parse_client_data(std::string_view text) {
    if (text.size() > most_client_data) return std::nullopt;
    const auto data = nlohmann::json::parse(text, nullptr, false);
    if (!data.is_object()) return std::nullopt;
    const auto string = [&](const char* name) -> const std::string* {
        const auto found = data.find(name);
        return found == data.end() ? nullptr : found->get_ptr<const std::string*>();
    };
    const auto *type = string("type"), *challenge = string("challenge"), *origin = string("origin");
    if (!type || !challenge || !origin) return std::nullopt;
    const auto raw = from_base64url(*challenge);
    if (!raw) return std::nullopt;
    const auto cross = data.find("crossOrigin");
    if (cross != data.end() && !cross->is_boolean()) return std::nullopt;
    return ClientData{*type, *raw, *origin, cross != data.end() && cross->get<bool>()};
}

// RFC 9053 sections 7.1 and 7.2, RFC 8230 section 4: labels 1 kty, 3 alg, -1 curve or n, -2 x or e, -3 y.
std::optional<CoseKey> parse_cose_key(std::string_view cbor) {
    CborReader reader(cbor);
    const auto map = read_cose(reader);
    if (!map || !reader.left().empty()) return std::nullopt;
    const auto kind = map->integer(1), algorithm = map->integer(3), curve = map->integer(-1);
    if (!kind || !algorithm) return std::nullopt;
    CoseKey key{*algorithm, {}};
    if (*kind == 2 && *algorithm == es256 && curve == 1) key.key = crypto::P256PublicKey{map->string(-2), map->string(-3)};
    else if (*kind == 1 && *algorithm == eddsa && curve == 6) key.key = crypto::Ed25519PublicKey{map->string(-2)};
    else if (*kind == 3 && *algorithm == rs256) key.key = crypto::RsaPublicKey{map->string(-1), map->string(-2)};
    else return std::nullopt;
    if (!crypto::usable(key.key)) return std::nullopt;
    return key;
}

std::optional<AuthenticatorData> parse_authenticator_data(std::string_view bytes) {
    constexpr std::size_t fixed = 32 + 1 + 4;
    if (bytes.size() < fixed || bytes.size() > most_authenticator_data) return std::nullopt;
    AuthenticatorData data;
    data.rp_id_hash = bytes.substr(0, 32);
    const auto flags = static_cast<unsigned char>(bytes[32]);
    data.user_present = flags & 0x01;
    data.user_verified = flags & 0x04;
    data.backup_eligible = flags & 0x08;
    data.backed_up = flags & 0x10;
    for (std::size_t i = 33; i < fixed; ++i) data.sign_count = data.sign_count << 8 | static_cast<unsigned char>(bytes[i]);
    bytes.remove_prefix(fixed);
    if (flags & 0x40) {
        constexpr std::size_t before_id = 16 + 2;
        if (bytes.size() < before_id) return std::nullopt;
        AuthenticatorData::Attested attested;
        attested.aaguid = bytes.substr(0, 16);
        const std::size_t size = static_cast<std::size_t>(static_cast<unsigned char>(bytes[16])) << 8 | static_cast<unsigned char>(bytes[17]);
        bytes.remove_prefix(before_id);
        if (size == 0 || size > 1023 || bytes.size() < size) return std::nullopt;
        attested.credential_id = bytes.substr(0, size);
        bytes.remove_prefix(size);
        CborReader key(bytes);
        if (!key.skip(1)) return std::nullopt;
        attested.public_key = bytes.substr(0, bytes.size() - key.left().size());
        bytes = key.left();
        data.attested = std::move(attested);
    }
    if (flags & 0x80) {
        CborReader extensions(bytes);
        if (CborReader(bytes).map() == std::nullopt || !extensions.skip()) return std::nullopt;
        bytes = extensions.left();
    }
    if (!bytes.empty()) return std::nullopt;
    return data;
}

std::optional<AttestationObject> parse_attestation_object(std::string_view cbor) {
    if (cbor.size() > 64 * 1024) return std::nullopt;
    CborReader reader(cbor);
    const auto pairs = reader.map();
    if (!pairs || *pairs != 3) return std::nullopt;
    AttestationObject object;
    bool statement = false;
    for (int i = 0; i < 3; ++i) {
        const auto name = reader.text();
        if (!name) return std::nullopt;
        if (*name == "fmt" && object.format.empty()) {
            const auto format = reader.text();
            if (!format || format->empty()) return std::nullopt;
            object.format = *format;
        } else if (*name == "authData" && object.authenticator_data.empty()) {
            const auto data = reader.bytes();
            if (!data || data->empty()) return std::nullopt;
            object.authenticator_data = *data;
        } else if (*name == "attStmt" && !statement) {
            statement = true;
            const auto members = reader.map();
            if (!members) return std::nullopt;
            object.empty_statement = *members == 0;
            for (std::size_t member = 0; member < *members; ++member) {
                const auto label = reader.text();
                if (!label) return std::nullopt;
                CborReader copy = reader;
                if (*label == "alg") object.algorithm = copy.integer();
                if (*label == "x5c") object.certificates = true;
                if (*label == "sig") {
                    if (const auto signature = copy.bytes()) object.signature = *signature;
                }
                if (!reader.skip()) return std::nullopt;
            }
        } else {
            return std::nullopt;
        }
    }
    if (!reader.left().empty()) return std::nullopt;
    return object;
}

}  // namespace verbatim::webauthn
