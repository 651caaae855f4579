#include "ground/formats/utf8.h"

#include <algorithm>

#include <cstdint>
#include <cstring>

namespace verbatim {
namespace {

// Length of the valid sequence that starts at `at`, 0 where there is none (RFC 3629 section 4).
std::size_t sequence(std::string_view bytes, std::size_t at) {
    const auto byte = [&](std::size_t i) -> unsigned { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0; };
    const auto tail = [&](std::size_t i) { return (byte(i) & 0xc0) == 0x80; };
    const unsigned first = byte(at), second = byte(at + 1);
    if (first < 0x80) return 1;
    if (first < 0xc2) return 0;
    if (first < 0xe0) return tail(at + 1) ? 2 : 0;
    if (first < 0xf0) {
        const unsigned low = first == 0xe0 ? 0xa0 : 0x80, high = first == 0xed ? 0x9f : 0xbf;
        return second >= low && second <= high && tail(at + 2) ? 3 : 0;
    }
    if (first < 0xf5) {
        const unsigned low = first == 0xf0 ? 0x90 : 0x80, high = first == 0xf4 ? 0x8f : 0xbf;
        return second >= low && second <= high && tail(at + 2) && tail(at + 3) ? 4 : 0;
    }
    return 0;
}

// The first byte at or after `at` that is not ASCII, eight at a time.
std::size_t skip_ascii(std::string_view bytes, std::size_t at) {
    for (; at + 8 <= bytes.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, 8);
        if (word & 0x8080808080808080u) break;
    }
    while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
    return at;
}

}  // namespace

bool valid_utf8(std::string_view bytes) {
    for (std::size_t at = skip_ascii(bytes, 0); at < bytes.size(); at = skip_ascii(bytes, at)) {
        const std::size_t length = sequence(bytes, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

std::size_t code_points(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    return count;
}

std::string truncate_code_points(std::string_view text, std::size_t most) { return slice_code_points(text, 0, most); }

std::string slice_code_points(std::string_view text, std::size_t start, std::size_t end) {
    std::size_t count = 0, from = start == 0 ? 0 : text.size();
    for (std::size_t at = 0; at < text.size(); ++at) {
        if ((static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) continue;
        if (count == start) from = at;
        if (count++ == end) return std::string(text.substr(from, at - std::min(from, at)));
    }
    return std::string(text.substr(from));
}

std::string repair_utf8(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t length = bytes[at] == '\0' ? 0 : sequence(bytes, at);
        if (length == 0) text += "\xef\xbf\xbd";
        else text += bytes.substr(at, length);
        at += length == 0 ? 1 : length;
    }
    return text;
}

}  // namespace verbatim
