// Whose word on the client's address is believed.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::http {

// An IPv4 or IPv6 address as 16 bytes; IPv4 is mapped (::ffff:a.b.c.d), so both families compare alike.
using Address = std::array<unsigned char, 16>;
std::optional<Address> parse_address(std::string_view text);

class TrustedProxies {
public:
    // Addresses ("10.0.0.1", "::1") or CIDR ("10.0.0.0/8", "fd00::/8"); throws std::invalid_argument naming a malformed one.
    explicit TrustedProxies(const std::vector<std::string>& ranges);

    bool trusts(std::string_view address) const;

    // The rightmost address of the chain that is no trusted proxy: the last one we have somebody's word for. `peer` itself
    // where it is not trusted, and where the chain is malformed the address before the malformed part.
    std::string client(std::string_view peer, std::string_view forwarded_for) const;

private:
    struct Range {
        Address address;
        int bits;  // of the 128
    };
    std::vector<Range> ranges_;
};

}  // namespace verbatim::http
