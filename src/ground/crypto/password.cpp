#include "ground/crypto/password.h"

#include <sodium.h>

#include <stdexcept>

namespace verbatim::crypto {
namespace {

constexpr unsigned long long passes = 2;
constexpr std::size_t memory = std::size_t{64} << 20;

void start() {
    static const int state = sodium_init();
    if (state < 0) throw std::runtime_error("libsodium did not start: no source of randomness");
}

}  // namespace

std::string hash_password(std::string_view password) {
    start();
    char out[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str_alg(out, password.data(), password.size(), passes, memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::runtime_error("no memory to hash a password (64 MiB)");
    return out;
}

bool password_matches(std::string_view kept, std::string_view password) {
    start();
    if (kept.size() >= crypto_pwhash_STRBYTES) return false;
    char text[crypto_pwhash_STRBYTES] = {};
    kept.copy(text, kept.size());
    return crypto_pwhash_str_verify(text, password.data(), password.size()) == 0;
}

void match_nothing(std::string_view password) {
    static const std::string kept = hash_password("a password of nobody");
    password_matches(kept, password);
}

}  // namespace verbatim::crypto
