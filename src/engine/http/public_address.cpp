#include <array>
#include <cstring>

#include "engine/http/http.h"
#include "engine/http/proxy.h"

namespace verbatim::http {

namespace {

struct Range {
    std::array<unsigned char, 4> address;
    int bits;
};
// RFC 6890 and its registry, IPv4: what is not globally reachable, multicast and the future.
constexpr Range not_public[] = {{{0, 0, 0, 0}, 8},       {{10, 0, 0, 0}, 8},      {{100, 64, 0, 0}, 10},   {{127, 0, 0, 0}, 8},   {{169, 254, 0, 0}, 16},
                                {{172, 16, 0, 0}, 12},   {{192, 0, 0, 0}, 24},    {{192, 0, 2, 0}, 24},    {{192, 88, 99, 0}, 24}, {{192, 168, 0, 0}, 16},
                                {{198, 18, 0, 0}, 15},   {{198, 51, 100, 0}, 24}, {{203, 0, 113, 0}, 24},  {{224, 0, 0, 0}, 3}};

std::uint32_t number(const unsigned char* bytes) {
    return static_cast<std::uint32_t>(bytes[0]) << 24 | static_cast<std::uint32_t>(bytes[1]) << 16 | static_cast<std::uint32_t>(bytes[2]) << 8 | bytes[3];
}

bool public_v4(const unsigned char* bytes) {
    for (const auto& range : not_public)
        if (((number(bytes) ^ number(range.address.data())) >> (32 - range.bits)) == 0) return false;
    return true;
}

bool begins(const Address& address, std::initializer_list<unsigned char> bytes) { return std::memcmp(address.data(), std::data(bytes), bytes.size()) == 0; }

}  // namespace

bool is_public_address(std::string_view text) {
    const auto address = parse_address(text);
    if (!address) return false;
    const auto* bytes = address->data();
    if (begins(*address, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff})) return public_v4(bytes + 12);             // mapped, or IPv4 itself
    if (begins(*address, {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0})) return public_v4(bytes + 12);          // NAT64, RFC 6052
    if (begins(*address, {0x20, 0x02})) return public_v4(bytes + 2);                                            // 6to4, RFC 3056
    if (begins(*address, {0x20, 0x01, 0x0d, 0xb8}) || begins(*address, {0x3f, 0xff})) return false;             // documentation
    if (begins(*address, {0x20, 0x01}) && (bytes[2] & 0xfe) == 0) return false;                                 // 2001::/23, Teredo and other protocols
    return (bytes[0] & 0xe0) == 0x20;  // 2000::/3 is all that is global: not ::1, fc00::/7, fe80::/10, ff00::/8
}

}  // namespace verbatim::http
