#include "engine/http/proxy.h"

#include <arpa/inet.h>

#include <cstring>
#include <stdexcept>

#include "engine/http/characters.h"
#include "engine/http/parser.h"

namespace verbatim::http {

std::optional<Address> parse_address(std::string_view text) {
    char buffer[64];
    if (text.empty() || text.size() >= sizeof buffer) return std::nullopt;
    std::memcpy(buffer, text.data(), text.size());
    buffer[text.size()] = '\0';
    Address address{};
    if (text.find(':') != std::string_view::npos) {
        if (inet_pton(AF_INET6, buffer, address.data()) != 1) return std::nullopt;
    } else {
        address[10] = address[11] = 0xff;
        if (inet_pton(AF_INET, buffer, address.data() + 12) != 1) return std::nullopt;
    }
    return address;
}

TrustedProxies::TrustedProxies(const std::vector<std::string>& ranges) {
    for (const auto& text : ranges) {
        const auto slash = text.find('/');
        const auto address = parse_address(std::string_view(text).substr(0, slash));
        const int most = text.find(':') == std::string::npos ? 32 : 128;
        std::optional<std::uint64_t> bits = static_cast<std::uint64_t>(most);
        if (slash != std::string::npos) bits = parse_length(std::string_view(text).substr(slash + 1));
        if (!address || !bits || *bits > static_cast<std::uint64_t>(most))
            throw std::invalid_argument("trusted proxy \"" + text + "\" is neither an address nor a range like 10.0.0.0/8");
        ranges_.push_back({*address, static_cast<int>(*bits) + 128 - most});
    }
}

bool TrustedProxies::trusts(std::string_view text) const {
    if (ranges_.empty()) return false;
    const auto address = parse_address(text);
    if (!address) return false;
    for (const auto& range : ranges_) {
        const auto whole = static_cast<std::size_t>(range.bits / 8);
        const int left = range.bits % 8;
        if (std::memcmp(address->data(), range.address.data(), whole) != 0) continue;
        if (left == 0 || ((*address)[whole] ^ range.address[whole]) >> (8 - left) == 0) return true;
    }
    return false;
}

std::string TrustedProxies::client(std::string_view peer, std::string_view forwarded_for) const {
    std::string believed(peer);
    while (!forwarded_for.empty() && trusts(believed)) {
        const auto comma = forwarded_for.rfind(',');
        const auto last = trim(comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1));
        if (!parse_address(last)) break;
        believed = last;
        forwarded_for = comma == std::string_view::npos ? std::string_view{} : forwarded_for.substr(0, comma);
    }
    return believed;
}

}  // namespace verbatim::http
