#include "ground/crypto/public_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>

#include <memory>
#include <stdexcept>

#include "ground/crypto/crypto.h"

namespace verbatim::crypto {
namespace {

template <auto Free>
struct Deleter {
    template <class T>
    void operator()(T* thing) const { Free(thing); }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Deleter<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Deleter<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Deleter<OSSL_PARAM_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Deleter<ECDSA_SIG_free>>;

const unsigned char* raw(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
Number number(std::string_view bytes) { return Number(BN_bin2bn(raw(bytes), static_cast<int>(bytes.size()), nullptr)); }

Key make(const char* kind, OSSL_PARAM_BLD* builder) {
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
    EVP_PKEY* made = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
        ERR_clear_error();
        return nullptr;
    }
    return Key(made);
}

Key make(const RsaPublicKey& key) {
    if (key.modulus.size() > 1025 || key.exponent.empty() || key.exponent.size() > 8) return nullptr;
    const auto n = number(key.modulus), e = number(key.exponent);
    if (!n || !e || BN_num_bits(n.get()) < 2048 || BN_num_bits(n.get()) > 8192) return nullptr;
    if (!BN_is_odd(e.get()) || BN_is_one(e.get()) || BN_num_bits(e.get()) > 32) return nullptr;
    const Builder builder(OSSL_PARAM_BLD_new());
    if (!builder || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1) return nullptr;
    return make("RSA", builder.get());
}

// The uncompressed form of a point, SEC 1 section 2.3.3. libcrypto refuses a point that is not on the curve.
Key make(const P256PublicKey& key) {
    if (key.x.size() != 32 || key.y.size() != 32) return nullptr;
    const std::string point = "\x04" + key.x + key.y;
    const Builder builder(OSSL_PARAM_BLD_new());
    if (!builder || OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1) return nullptr;
    return make("EC", builder.get());
}

bool verify_sha256(EVP_PKEY* key, std::string_view message, std::string_view signature) {
    const DigestContext context(EVP_MD_CTX_new());
    const bool holds = context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
                       EVP_DigestVerify(context.get(), raw(signature), signature.size(), raw(message), message.size()) == 1;
    ERR_clear_error();
    return holds;
}

}  // namespace

bool usable(const PublicKey& key) {
    if (const auto* ed25519 = std::get_if<Ed25519PublicKey>(&key)) return ed25519->bytes.size() == 32;
    if (const auto* rsa = std::get_if<RsaPublicKey>(&key)) return make(*rsa) != nullptr;
    return make(std::get<P256PublicKey>(key)) != nullptr;
}

bool signed_by(const PublicKey& key, std::string_view message, std::string_view signature) {
    if (const auto* ed25519 = std::get_if<Ed25519PublicKey>(&key)) return ed25519_verify(ed25519->bytes, message, signature);
    const auto* rsa = std::get_if<RsaPublicKey>(&key);
    const Key made = rsa ? make(*rsa) : make(std::get<P256PublicKey>(key));
    return made && verify_sha256(made.get(), message, signature);
}

std::optional<std::string> ecdsa_der(std::string_view r_and_s) {
    if (r_and_s.size() != 64) return std::nullopt;
    const Signature signature(ECDSA_SIG_new());
    auto r = number(r_and_s.substr(0, 32)), s = number(r_and_s.substr(32));
    if (!signature || !r || !s || ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1) throw std::bad_alloc();
    (void)r.release();  // the signature owns both now
    (void)s.release();
    unsigned char* der = nullptr;
    const int size = i2d_ECDSA_SIG(signature.get(), &der);
    if (size <= 0) throw std::bad_alloc();
    std::string out(der, der + size);
    OPENSSL_free(der);
    return out;
}

std::string hmac_sha1(std::string_view key, std::string_view message) {
    unsigned char out[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (!HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), raw(message), message.size(), out, &size))
        throw std::runtime_error("libcrypto offers no HMAC with SHA-1: check the OpenSSL configuration");
    return std::string(out, out + size);
}

}  // namespace verbatim::crypto
