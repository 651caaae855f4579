#include "ground/totp/totp.h"

#include "ground/crypto/crypto.h"
#include "ground/crypto/public_key.h"
#include "ground/formats/percent.h"

namespace verbatim::totp {
namespace {

constexpr std::string_view recovery_alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t recovery_characters = 10;

}  // namespace

std::string hotp(std::string_view secret, std::uint64_t counter, int digits) {
    // Step 1: HS = HMAC-SHA-1(K, C), the counter as eight bytes.
    std::string moving(8, '\0');
    for (int i = 7; i >= 0; --i, counter >>= 8) moving[static_cast<std::size_t>(i)] = static_cast<char>(counter & 0xff);
    const auto hash = crypto::hmac_sha1(secret, moving);
    // Step 2: dynamic truncation to 31 bits.
    const auto byte = [&](std::size_t at) { return static_cast<std::uint32_t>(static_cast<unsigned char>(hash[at])); };
    const std::size_t offset = byte(19) & 15;
    const std::uint32_t truncated = (byte(offset) & 0x7f) << 24 | byte(offset + 1) << 16 | byte(offset + 2) << 8 | byte(offset + 3);
    // Step 3: modulo 10^digits.
    std::uint32_t modulus = 1;
    for (int i = 0; i < digits; ++i) modulus *= 10;
    auto text = std::to_string(truncated % modulus);
    return std::string(static_cast<std::size_t>(digits) - text.size(), '0') + text;
}

std::optional<std::int64_t> matching_step(std::string_view secret, std::string_view code, Seconds now, std::int64_t used_step) {
    if (code.size() != code_digits || now < step_seconds) return std::nullopt;
    const std::int64_t step = now / step_seconds;
    std::optional<std::int64_t> found;
    // All three are computed, so that time tells nothing about which one it was.
    for (std::int64_t candidate = step - 1; candidate <= step + 1; ++candidate)
        if (crypto::equal(hotp(secret, static_cast<std::uint64_t>(candidate)), code) && candidate > used_step) found = candidate;
    return found;
}

std::string to_base32(std::string_view bytes) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    std::uint32_t group = 0;
    int bits = 0;
    for (const char c : bytes) {
        group = group << 8 | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 5; bits -= 5) out += alphabet[group >> (bits - 5) & 31];
        group &= (1u << bits) - 1;
    }
    if (bits > 0) out += alphabet[group << (5 - bits) & 31];
    return out;
}

std::string otpauth_uri(std::string_view issuer, std::string_view account, std::string_view secret) {
    return "otpauth://totp/" + percent_encoded(issuer) + ":" + percent_encoded(account) + "?secret=" + to_base32(secret) + "&issuer=" + percent_encoded(issuer);
}

std::string recovery_code() {
    auto code = crypto::random_id(recovery_characters);
    code.insert(recovery_characters / 2, "-");
    return code;
}

std::string typed_recovery_code(std::string_view typed) {
    std::string code;
    for (char c : typed) {
        if (c == ' ' || c == '-' || c == '\t') continue;
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        // Crockford's base32: what is easily misread is read as the digit it looks like.
        if (c == 'o') c = '0';
        if (c == 'i' || c == 'l') c = '1';
        if (recovery_alphabet.find(c) == std::string_view::npos || code.size() == recovery_characters) return {};
        code += c;
    }
    return code.size() == recovery_characters ? code : std::string();
}

}  // namespace verbatim::totp
