#include "ground/crypto/sealed.h"

#include <sodium.h>

#include <stdexcept>

#include "ground/crypto/crypto.h"

namespace verbatim::crypto {
namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* raw(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

void need(std::string_view key) {
    if (key.size() != crypto_aead_xchacha20poly1305_ietf_KEYBYTES) throw std::invalid_argument("a sealing key must have 32 bytes");
    static const int state = sodium_init();
    if (state < 0) throw std::runtime_error("libsodium did not start: no source of randomness");
}

}  // namespace

std::string seal_at(std::string_view key32, std::string_view plain, std::string_view place) {
    need(key32);
    std::string out = random_bytes(nonce_size);
    out.resize(nonce_size + plain.size() + tag_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw(out) + nonce_size, nullptr, raw(plain), plain.size(), raw(place), place.size(), nullptr, raw(out), raw(key32));
    return out;
}

std::optional<std::string> unseal_at(std::string_view key32, std::string_view sealed, std::string_view place) {
    need(key32);
    if (sealed.size() < nonce_size + tag_size) return std::nullopt;
    const auto body = sealed.substr(nonce_size);
    std::string out(body.size() - tag_size, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(out), nullptr, nullptr, raw(body), body.size(), raw(place), place.size(), raw(sealed), raw(key32)) != 0) {
        return std::nullopt;
    }
    return out;
}

}  // namespace verbatim::crypto
