#include "engine/http/percent.h"

#include "engine/http/characters.h"

namespace verbatim::http {

bool valid_utf8(std::string_view bytes) {
    const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
    const auto* end = at + bytes.size();
    while (at < end) {
        const unsigned char lead = *at++;
        if (lead < 0x80) continue;
        int following;
        unsigned char low = 0x80, high = 0xbf;  // bounds of the second byte
        if (lead >= 0xc2 && lead <= 0xdf) following = 1;
        else if (lead >= 0xe0 && lead <= 0xef) {
            following = 2;
            if (lead == 0xe0) low = 0xa0;
            if (lead == 0xed) high = 0x9f;
        } else if (lead >= 0xf0 && lead <= 0xf4) {
            following = 3;
            if (lead == 0xf0) low = 0x90;
            if (lead == 0xf4) high = 0x8f;
        } else {
            return false;
        }
        if (end - at < following || *at < low || *at > high) return false;
        for (int i = 1; i < following; ++i)
            if (at[i] < 0x80 || at[i] > 0xbf) return false;
        at += following;
    }
    return true;
}

namespace {

// Appends the decoded text; false at the first '%' that codes nothing, unless they stand for themselves.
bool decode(std::string_view text, Plus plus, bool lenient, std::string& out) {
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '+' && plus == Plus::is_space) {
            out += ' ';
        } else if (c == '%') {
            const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
            if (high >= 0 && low >= 0) {
                out += static_cast<char>(high * 16 + low);
                i += 2;
            } else if (lenient) {
                out += c;
            } else {
                return false;
            }
        } else {
            out += c;
        }
    }
    return true;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, Plus plus) {
    std::string out;
    if (!decode(text, plus, false, out)) return std::nullopt;
    return out;
}

std::string percent_decode_leniently(std::string_view text, Plus plus) {
    std::string out;
    decode(text, plus, true, out);
    return out;
}

std::optional<std::string> decode_path(std::string_view raw_path) {
    if (raw_path.empty() || raw_path.front() != '/') return std::nullopt;
    auto path = percent_decode(raw_path, Plus::stays);
    if (!path || !valid_utf8(*path)) return std::nullopt;
    std::size_t slashes = 0, raw_slashes = 0;
    for (char c : raw_path) raw_slashes += c == '/';
    for (char c : *path) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\') return std::nullopt;
        slashes += c == '/';
    }
    if (slashes != raw_slashes) return std::nullopt;
    for (std::string_view rest = std::string_view(*path).substr(1); !rest.empty();) {
        const auto slash = rest.find('/');
        const auto segment = rest.substr(0, slash);
        if (segment == "." || segment == "..") return std::nullopt;
        rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
    }
    return path;
}

}  // namespace verbatim::http
