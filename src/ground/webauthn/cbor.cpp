#include "ground/webauthn/cbor.h"

namespace verbatim::webauthn {
namespace {

// RFC 8949 section 3.1.
enum Kind { unsigned_integer, negative_integer, byte_string, text_string, array, pairs, tag, simple };
constexpr std::uint64_t most_items = 64;

}  // namespace

std::optional<CborReader::Head> CborReader::head() {
    if (left_.empty()) return std::nullopt;
    const auto first = static_cast<unsigned char>(left_.front());
    const int kind = first >> 5, extra = first & 31;
    left_.remove_prefix(1);
    if (extra < 24) return Head{kind, static_cast<std::uint64_t>(extra)};
    if (extra > 27) return std::nullopt;  // reserved, or an indefinite length
    const std::size_t size = std::size_t{1} << (extra - 24);
    if (left_.size() < size) return std::nullopt;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8 | static_cast<unsigned char>(left_[i]);
    left_.remove_prefix(size);
    return Head{kind, value};
}

std::optional<std::size_t> CborReader::map() {
    const auto read = head();
    if (!read || read->kind != pairs || read->value > most_items) return std::nullopt;
    return static_cast<std::size_t>(read->value);
}

std::optional<std::int64_t> CborReader::integer() {
    const auto read = head();
    if (!read || read->value > 0x7fffffff) return std::nullopt;
    if (read->kind == unsigned_integer) return static_cast<std::int64_t>(read->value);
    if (read->kind == negative_integer) return -1 - static_cast<std::int64_t>(read->value);
    return std::nullopt;
}

std::optional<std::string_view> CborReader::string(int kind) {
    const auto read = head();
    if (!read || read->kind != kind || read->value > left_.size()) return std::nullopt;
    const auto found = left_.substr(0, static_cast<std::size_t>(read->value));
    left_.remove_prefix(found.size());
    return found;
}

std::optional<std::string_view> CborReader::bytes() { return string(byte_string); }
std::optional<std::string_view> CborReader::text() { return string(text_string); }

bool CborReader::skip(int levels) {
    const auto read = head();
    if (!read) return false;
    switch (read->kind) {
        case unsigned_integer:
        case negative_integer: return true;
        case simple: return true;  // false, true, null, a float: its bytes were the head's value
        case byte_string:
        case text_string:
            if (read->value > left_.size()) return false;
            left_.remove_prefix(static_cast<std::size_t>(read->value));
            return true;
        case array:
        case pairs: {
            if (levels == 0 || read->value > most_items) return false;
            const std::uint64_t items = read->kind == pairs ? 2 * read->value : read->value;
            for (std::uint64_t i = 0; i < items; ++i)
                if (!skip(levels - 1)) return false;
            return true;
        }
        default: return false;  // tags are not canonical
    }
}

}  // namespace verbatim::webauthn
