// The part of CBOR (RFC 8949) that authenticators write: definite lengths, no tags, at most four levels deep (CTAP2 canonical
// form, FIDO CTAP 2.1 section 8). Reads bytes in place and copies nothing; whatever does not fit is "nothing".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace verbatim::webauthn {

class CborReader {
public:
    explicit CborReader(std::string_view bytes) : left_(bytes) {}

    std::optional<std::size_t> map();           // how many pairs follow
    std::optional<std::int64_t> integer();      // within 32 bits, so that nobody overflows
    std::optional<std::string_view> bytes();
    std::optional<std::string_view> text();
    bool skip(int levels = 4);                  // one whole item of any kind
    std::string_view left() const { return left_; }

private:
    struct Head {
        int kind = 0;  // the major type
        std::uint64_t value = 0;
    };
    std::optional<Head> head();
    std::optional<std::string_view> string(int kind);

    std::string_view left_;
};

}  // namespace verbatim::webauthn
