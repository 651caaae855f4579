#include "app/verify/canonical_reader.h"

namespace verbatim::verify {
namespace {

constexpr std::int64_t largest = (std::int64_t{1} << 53) - 1;

// What stands behind \u, which RFC 8785 uses only for control characters without a short escape, in lower-case hex.
std::optional<char> control(std::string_view four) {
    if (four.size() != 4 || four.substr(0, 2) != "00") return std::nullopt;
    if (four[2] != '0' && four[2] != '1') return std::nullopt;
    const char low = four[3];
    const int digit = low >= '0' && low <= '9' ? low - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
    if (digit < 0) return std::nullopt;
    const char value = static_cast<char>((four[2] - '0') * 16 + digit);
    if (value == '\b' || value == '\t' || value == '\n' || value == '\f' || value == '\r') return std::nullopt;
    return value;
}

}  // namespace

std::optional<std::string> CanonicalReader::string() {
    if (!take('"')) return std::nullopt;
    std::string out;
    for (;;) {
        std::size_t plain = 0;
        while (plain < rest_.size() && rest_[plain] != '"' && rest_[plain] != '\\' && static_cast<unsigned char>(rest_[plain]) >= 0x20) ++plain;
        out.append(rest_.substr(0, plain));
        rest_.remove_prefix(plain);
        if (take('"')) return out;
        if (!take('\\') || rest_.empty()) return std::nullopt;
        const char escape = rest_.front();
        rest_.remove_prefix(1);
        switch (escape) {
            case '"': out += '"'; break;
            case '\\': out += '\\'; break;
            case 'b': out += '\b'; break;
            case 't': out += '\t'; break;
            case 'n': out += '\n'; break;
            case 'f': out += '\f'; break;
            case 'r': out += '\r'; break;
            case 'u': {
                const auto value = control(rest_.substr(0, 4));
                if (!value) return std::nullopt;
                out += *value;
                rest_.remove_prefix(4);
                break;
            }
            default: return std::nullopt;
        }
    }
}

std::optional<std::int64_t> CanonicalReader::integer() {
    const bool negative = take('-');
    std::size_t digits = 0;
    std::int64_t value = 0;
    while (digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9') {
        value = value * 10 + (rest_[digits] - '0');
        if (value > largest) return std::nullopt;
        ++digits;
    }
    if (digits == 0 || (digits > 1 && rest_.front() == '0') || (negative && value == 0)) return std::nullopt;
    rest_.remove_prefix(digits);
    return negative ? -value : value;
}

}  // namespace verbatim::verify
