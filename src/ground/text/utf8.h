// Reading UTF-8.
#pragma once

#include <cstddef>
#include <string_view>

namespace verbatim::text {

// The code point at `position`, which moves behind it. The text must be valid UTF-8 (valid_utf8 in detectors.h).
inline char32_t next_code_point(std::string_view text, std::size_t& position) {
    const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
    const char32_t first = byte(position);
    if (first < 0x80) {
        position += 1;
        return first;
    }
    if (first < 0xE0) {
        const char32_t code = (first & 0x1F) << 6 | (byte(position + 1) & 0x3F);
        position += 2;
        return code;
    }
    if (first < 0xF0) {
        const char32_t code = (first & 0x0F) << 12 | (byte(position + 1) & 0x3F) << 6 | (byte(position + 2) & 0x3F);
        position += 3;
        return code;
    }
    const char32_t code = (first & 0x07) << 18 | (byte(position + 1) & 0x3F) << 12 | (byte(position + 2) & 0x3F) << 6 | (byte(position + 3) & 0x3F);
    position += 4;
    return code;
}

inline std::size_t count_code_points(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) {
        count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    }
    return count;
}

}  // namespace verbatim::text
