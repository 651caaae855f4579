#include "ground/formats/canonical_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <vector>

#include "ground/formats/utf8.h"

namespace verbatim {
namespace {

using nlohmann::json;

constexpr int deepest = 64;
constexpr std::int64_t largest = (std::int64_t{1} << 53) - 1;

// RFC 8785 section 3.2.3: order by UTF-16 code units. It is the order of UTF-8 bytes, except that a supplementary character
// (a surrogate pair, lead byte F0 and above) comes before U+E000..U+FFFF (lead bytes EE and EF).
bool before_in_utf16(std::string_view left, std::string_view right) {
    const auto [a, b] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
    if (a == left.end() || b == right.end()) return a == left.end() && b != right.end();
    const auto x = static_cast<unsigned char>(*a), y = static_cast<unsigned char>(*b);
    if (x >= 0xee && y >= 0xee && (x >= 0xf0) != (y >= 0xf0)) return x >= 0xf0;
    return x < y;
}

// RFC 8785 section 3.2.2.2.
void append_string(std::string& out, std::string_view text) {
    if (!valid_utf8(text)) throw std::invalid_argument("canonical JSON: a string is not UTF-8");
    constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\b': out += "\\b"; break;
            case '\t': out += "\\t"; break;
            case '\n': out += "\\n"; break;
            case '\f': out += "\\f"; break;
            case '\r': out += "\\r"; break;
            default:
                if (static_cast<unsigned char>(c) >= 0x20) out += c;
                else {
                    out += "\\u00";
                    out += digits[static_cast<unsigned char>(c) >> 4];
                    out += digits[static_cast<unsigned char>(c) & 15];
                }
        }
    }
    out += '"';
}

void append(std::string& out, const json& value, int depth);

void append_object(std::string& out, const json& object, int depth) {
    std::vector<const json::object_t::value_type*> members;
    members.reserve(object.size());
    for (const auto& member : object.get_ref<const json::object_t&>()) members.push_back(&member);
    std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) { return before_in_utf16(a->first, b->first); });
    out += '{';
    for (const auto* member : members) {
        if (member != members.front()) out += ',';
        append_string(out, member->first);
        out += ':';
        append(out, member->second, depth + 1);
    }
    out += '}';
}

void append(std::string& out, const json& value, int depth) {
    if (depth > deepest) throw std::invalid_argument("canonical JSON: nested too deeply");
    switch (value.type()) {
        case json::value_t::null: out += "null"; return;
        case json::value_t::boolean: out += value.get<bool>() ? "true" : "false"; return;
        case json::value_t::number_integer: {
            const auto number = value.get<std::int64_t>();
            if (number > largest || number < -largest) break;
            out += std::to_string(number);
            return;
        }
        case json::value_t::number_unsigned: {
            const auto number = value.get<std::uint64_t>();
            if (number > static_cast<std::uint64_t>(largest)) break;
            out += std::to_string(number);
            return;
        }
        case json::value_t::string: append_string(out, value.get_ref<const std::string&>()); return;
        case json::value_t::array:
            out += '[';
            for (std::size_t i = 0; i < value.size(); ++i) {
                if (i != 0) out += ',';
                append(out, value[i], depth + 1);
            }
            out += ']';
            return;
        case json::value_t::object: append_object(out, value, depth); return;
        default: break;
    }
    throw std::invalid_argument("canonical JSON: numbers are integers within 53 bits");
}

}  // namespace

std::string canonical_json(const json& value) {
    std::string out;
    append(out, value, 0);
    return out;
}

bool is_canonical_json(std::string_view bytes) {
    // A key given twice, white space, another escape or order: each makes the second writing differ from the first.
    const json value = json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (value.is_discarded()) return false;
    try {
        return canonical_json(value) == bytes;
    } catch (const std::invalid_argument&) {
        return false;
    }
}

}  // namespace verbatim
