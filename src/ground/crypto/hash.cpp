#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

#include "ground/crypto/crypto.h"

namespace verbatim::crypto {
namespace {

// libcrypto looks an algorithm up by name at each one-shot call, which costs more than hashing a tree node; so the method is
// fetched once and each thread keeps one context.
const EVP_MD* method() {
    static EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
    if (fetched == nullptr) throw std::runtime_error("libcrypto offers no SHA-256: check the OpenSSL configuration");
    return fetched;
}

struct ContextDeleter {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

EVP_MD_CTX* context() {
    thread_local const std::unique_ptr<EVP_MD_CTX, ContextDeleter> own(EVP_MD_CTX_new());
    if (!own) throw std::bad_alloc();
    return own.get();
}

void check(int worked) {
    if (worked != 1) throw std::runtime_error("libcrypto failed to compute SHA-256");
}

void hash_into(std::initializer_list<std::string_view> parts, unsigned char* out) {
    EVP_MD_CTX* const running = context();
    check(EVP_DigestInit_ex(running, method(), nullptr));
    for (std::string_view part : parts) check(EVP_DigestUpdate(running, part.data(), part.size()));
    check(EVP_DigestFinal_ex(running, out, nullptr));
}

}  // namespace

Digest sha256_digest(std::initializer_list<std::string_view> parts) {
    Digest out;
    hash_into(parts, out.data());
    return out;
}

std::string sha256(std::initializer_list<std::string_view> parts) {
    unsigned char out[sha256_size];
    hash_into(parts, out);
    return std::string(out, out + sha256_size);
}

std::string sha256(std::string_view bytes) { return sha256({bytes}); }

// RFC 2104 section 2.
std::string hmac_sha256(std::string_view key, std::string_view message) {
    constexpr std::size_t block = 64;
    const std::string shortened = key.size() > block ? sha256(key) : std::string(key);
    std::string inner(block, '\x36'), outer(block, '\x5c');
    for (std::size_t i = 0; i < shortened.size(); ++i) {
        inner[i] = static_cast<char>(inner[i] ^ shortened[i]);
        outer[i] = static_cast<char>(outer[i] ^ shortened[i]);
    }
    return sha256({outer, sha256({inner, message})});
}

bool equal(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace verbatim::crypto
