#include "ground/text/utf8.h"

#include "ground/text/detectors.h"

#include <cstring>

namespace verbatim::text {

bool valid_utf8(std::string_view text) {
    std::size_t i = 0;
    const std::size_t size = text.size();
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const auto follows = [&](std::size_t at, unsigned char low, unsigned char high) { return at < size && byte(at) >= low && byte(at) <= high; };
    while (i < size) {
        if (size - i >= 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, text.data() + i, 8);
            if ((word & 0x8080808080808080u) == 0) {
                i += 8;
                continue;
            }
        }
        const unsigned char first = byte(i);
        if (first < 0x80) {
            i += 1;
        } else if (first >= 0xC2 && first <= 0xDF) {
            if (!follows(i + 1, 0x80, 0xBF)) return false;
            i += 2;
        } else if (first >= 0xE0 && first <= 0xEF) {
            const unsigned char low = first == 0xE0 ? 0xA0 : 0x80;
            const unsigned char high = first == 0xED ? 0x9F : 0xBF;
            if (!follows(i + 1, low, high) || !follows(i + 2, 0x80, 0xBF)) return false;
            i += 3;
        } else if (first >= 0xF0 && first <= 0xF4) {
            const unsigned char low = first == 0xF0 ? 0x90 : 0x80;
            const unsigned char high = first == 0xF4 ? 0x8F : 0xBF;
            if (!follows(i + 1, low, high) || !follows(i + 2, 0x80, 0xBF) || !follows(i + 3, 0x80, 0xBF)) return false;
            i += 4;
        } else {
            return false;
        }
    }
    return true;
}

}  // namespace verbatim::text
