// ASCII decimal numbers as every C2SP format writes them: digits only, no leading zero, below 2^63.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace verbatim::merkle {

inline std::optional<std::uint64_t> parse_decimal(std::string_view text) {
    constexpr std::uint64_t limit = std::uint64_t{1} << 63;
    if (text.empty() || text.size() > 19 || (text.size() > 1 && text.front() == '0')) return std::nullopt;
    std::uint64_t value = 0;
    for (char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    if (value >= limit) return std::nullopt;
    return value;
}

}  // namespace verbatim::merkle
