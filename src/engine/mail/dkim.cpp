// DKIM signatures (RFC 6376) with RSA and SHA-256, and with Ed25519 (RFC 8463): relaxed/relaxed, one field a key.
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>

#include "engine/mail/dkim_canonical.h"
#include "engine/mail/mail.h"
#include "ground/formats/text_codes.h"

namespace verbatim::mail {
namespace {

using Key = std::shared_ptr<EVP_PKEY>;

std::string openssl_reason() {
    const unsigned long code = ERR_get_error();
    ERR_clear_error();
    const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
    return reason == nullptr ? "no reason given" : reason;
}

Error key_error(const DkimKey& key, const std::string& why) {
    return invalid("dkim_key", "DKIM key " + key.selector + "._domainkey." + key.domain + ": " + why, "dkim");
}

bool dns_name(std::string_view name) {
    if (name.empty() || name.size() > 253 || name.front() == '.' || name.back() == '.') return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    });
}

// Parsing an RSA key costs as much as a signature, so each is parsed once. The few keys of a brand are kept; a caller
// that invents keys without end starts the cache anew.
Result<Key> parsed_key(const DkimKey& key) {
    static std::mutex mutex;
    static std::map<std::string, Key> cache;
    const std::scoped_lock lock(mutex);
    if (const auto found = cache.find(key.pem); found != cache.end()) return found->second;
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new_mem_buf(key.pem.data(), static_cast<int>(key.pem.size())), BIO_free);
    // An encrypted key would make OpenSSL ask on the terminal; the empty pass phrase makes it fail instead.
    const auto no_pass_phrase = [](char*, int, int, void*) { return 0; };
    Key parsed(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_pass_phrase, nullptr), EVP_PKEY_free);
    if (!parsed) return key_error(key, "not a private key in PEM without pass phrase (" + openssl_reason() + ")");
    const int type = EVP_PKEY_get_base_id(parsed.get());
    if (type != EVP_PKEY_RSA && type != EVP_PKEY_ED25519) return key_error(key, "neither RSA nor Ed25519");
    // RFC 8301 section 3.2
    if (type == EVP_PKEY_RSA && EVP_PKEY_get_bits(parsed.get()) < 1024) return key_error(key, "an RSA key needs 1024 bits at least, better 2048");
    if (cache.size() >= 64) cache.clear();
    cache.emplace(key.pem, parsed);
    return parsed;
}

std::string sha256(std::string_view bytes) {
    unsigned char hash[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), hash);
    return {reinterpret_cast<const char*>(hash), sizeof hash};
}

// RSA: PKCS #1 v1.5 over SHA-256 of the bytes. Ed25519: pure Ed25519 over the SHA-256 of the bytes (RFC 8463 section 3).
std::optional<std::string> signature_of(EVP_PKEY* key, std::string_view bytes) {
    const bool rsa = EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA;
    const std::string input = rsa ? std::string(bytes) : sha256(bytes);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    const auto* data = reinterpret_cast<const unsigned char*>(input.data());
    std::size_t size = 0;
    if (EVP_DigestSignInit(context.get(), nullptr, rsa ? EVP_sha256() : nullptr, nullptr, key) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &size, data, input.size()) != 1) return std::nullopt;
    std::string out(size, '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size, data, input.size()) != 1) return std::nullopt;
    out.resize(size);
    return out;
}

// Signed when present; those of the second list are named once more than they occur, so that none can be added on the
// way (RFC 6376 section 8.15).
constexpr std::array<std::string_view, 15> signed_names = {
    "from", "to", "reply-to", "subject", "date", "message-id", "mime-version", "content-type", "content-transfer-encoding",
    "content-language", "auto-submitted", "list-unsubscribe", "list-unsubscribe-post", "cfbl-address", "cfbl-feedback-id"};
constexpr std::array<std::string_view, 8> sealed_names = {"from", "to", "reply-to", "subject", "date", "content-type",
                                                          "list-unsubscribe", "list-unsubscribe-post"};

std::vector<std::string> names_to_sign(const Parsed& message) {
    std::vector<std::string> names, present;
    present.reserve(message.fields.size());
    for (const auto& field : message.fields) {
        auto relaxed = relaxed_header(field.raw);
        relaxed.resize(std::min(relaxed.find(':'), relaxed.size()));
        present.push_back(std::move(relaxed));
    }
    for (const auto name : signed_names) names.insert(names.end(), static_cast<std::size_t>(std::count(present.begin(), present.end(), name)), std::string(name));
    names.insert(names.end(), sealed_names.begin(), sealed_names.end());
    return names;
}

// " tag=" and the pieces, folded before a piece that would make the line too long.
void append_tag(std::string& out, std::string_view tag, const std::vector<std::string>& pieces) {
    (out += "\r\n ") += tag;
    std::size_t column = 1 + tag.size();
    for (const auto& piece : pieces) {
        if (column + piece.size() > 76) {
            out += "\r\n  ";
            column = 2;
        }
        out += piece;
        column += piece.size();
    }
}

}  // namespace

Result<std::string> sign(std::string message, const std::vector<DkimKey>& keys, Seconds now) {
    if (keys.empty()) return message;
    const Parsed parsed = parse_message(message);
    const std::string body_hash = to_base64(sha256(relaxed_body(parsed.body)));
    const std::vector<std::string> names = names_to_sign(parsed);
    std::string signatures;
    for (const DkimKey& key : keys) {
        if (!dns_name(key.domain) || !dns_name(key.selector)) return key_error(key, "domain and selector must be DNS names");
        const auto private_key = parsed_key(key);
        if (!private_key) return private_key.error();
        const bool rsa = EVP_PKEY_get_base_id(private_key->get()) == EVP_PKEY_RSA;
        std::string field = "DKIM-Signature: v=1; a=";
        field += rsa ? "rsa-sha256" : "ed25519-sha256";
        field += "; c=relaxed/relaxed;\r\n d=" + key.domain + ";\r\n s=" + key.selector + "; t=" + std::to_string(now) + ";";
        std::vector<std::string> pieces;
        for (const auto& name : names) pieces.push_back((pieces.empty() ? "" : ":") + name);
        append_tag(field, "h=", pieces);
        field += ";\r\n bh=" + body_hash + ";\r\n b=";
        const auto signature = signature_of(private_key->get(), signed_header(parsed, names, field));
        if (!signature) return key_error(key, "signing failed (" + openssl_reason() + ")");
        const std::string code = to_base64(*signature);
        for (std::size_t i = 0; i < code.size(); i += 72) {
            if (i > 0) field += "\r\n  ";
            field.append(code, i, 72);
        }
        signatures += field + "\r\n";
    }
    return signatures + message;
}

}  // namespace verbatim::mail
