#include <sodium.h>

#include <stdexcept>

#include "ground/crypto/crypto.h"
#include "ground/formats/text_codes.h"

namespace verbatim::crypto {
namespace {

static_assert(crypto_sign_SEEDBYTES == 32 && crypto_sign_PUBLICKEYBYTES == 32 && crypto_sign_BYTES == 64);
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == 32);
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;

void start() {
    static const int state = sodium_init();
    if (state < 0) throw std::runtime_error("libsodium did not start: no source of randomness");
}

const unsigned char* raw(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

void need(std::string_view key, std::size_t size, const char* what) {
    if (key.size() != size) throw std::invalid_argument(std::string(what) + " must have " + std::to_string(size) + " bytes");
}

}  // namespace

std::string random_bytes(std::size_t n) {
    start();
    std::string out(n, '\0');
    randombytes_buf(out.data(), n);
    return out;
}

std::string random_token() { return to_base64url(random_bytes(16)); }

std::string random_id(std::size_t chars) {
    static constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    static_assert(alphabet.size() == 32);
    std::string out = random_bytes(chars);
    for (char& c : out) c = alphabet[static_cast<unsigned char>(c) & 31];
    return out;
}

Ed25519Key Ed25519Key::from_seed(std::string_view seed32) {
    start();
    need(seed32, crypto_sign_SEEDBYTES, "an Ed25519 seed");
    Ed25519Key key;
    key.seed = seed32;
    key.public_key.resize(crypto_sign_PUBLICKEYBYTES);
    key.secret_.resize(crypto_sign_SECRETKEYBYTES);
    crypto_sign_seed_keypair(raw(key.public_key), raw(key.secret_), raw(seed32));
    return key;
}

Ed25519Key Ed25519Key::generate() { return from_seed(random_bytes(crypto_sign_SEEDBYTES)); }

std::string Ed25519Key::sign(std::string_view message) const {
    if (secret_.size() != crypto_sign_SECRETKEYBYTES) throw std::invalid_argument("an empty Ed25519 key cannot sign");
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(raw(signature), nullptr, raw(message), message.size(), raw(secret_));
    return signature;
}

bool ed25519_verify(std::string_view public_key, std::string_view message, std::string_view signature) {
    if (public_key.size() != crypto_sign_PUBLICKEYBYTES || signature.size() != crypto_sign_BYTES) return false;
    start();
    return crypto_sign_verify_detached(raw(signature), raw(message), message.size(), raw(public_key)) == 0;
}

std::string seal(std::string_view key32, std::string_view plain) {
    need(key32, crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "a sealing key");
    std::string out = random_bytes(nonce_size);
    out.resize(nonce_size + plain.size() + tag_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw(out) + nonce_size, nullptr, raw(plain), plain.size(), nullptr, 0, nullptr, raw(out), raw(key32));
    return out;
}

std::optional<std::string> unseal(std::string_view key32, std::string_view sealed) {
    need(key32, crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "a sealing key");
    if (sealed.size() < nonce_size + tag_size) return std::nullopt;
    start();
    std::string out(sealed.size() - nonce_size - tag_size, '\0');
    const std::string_view body = sealed.substr(nonce_size);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(out), nullptr, nullptr, raw(body), body.size(), nullptr, 0, raw(sealed), raw(key32)) != 0)
        return std::nullopt;
    return out;
}

}  // namespace verbatim::crypto
