#include "engine/mail/body_text.h"

#include "engine/mail/header_text.h"
#include "ground/formats/text_codes.h"

namespace verbatim::mail {
namespace {

constexpr std::size_t line_limit = 76;

bool literal(char c) {
    return (c >= ' ' && c <= '~' && c != '=') || c == '\t';
}

void append_hex(std::string& out, char c) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto value = static_cast<unsigned char>(c);
    (out += '=') += digits[value >> 4];
    out += digits[value & 15];
}

// One line without its line end.
void append_quoted_line(std::string& out, std::string_view line) {
    std::size_t column = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        const bool last = i + 1 == line.size();
        bool plain = literal(c) && !(last && (c == ' ' || c == '\t'));
        // The last byte of an encoded line may use the column that the soft break's "=" needs elsewhere.
        const std::size_t limit = last ? line_limit : line_limit - 1;
        if (column + (plain ? 1 : 3) > limit) {
            out += "=\r\n";
            column = 0;
        }
        if (column == 0 && (c == '.' || line.substr(i, 5) == "From ")) plain = false;
        if (plain) out += c;
        else append_hex(out, c);
        column += plain ? 1 : 3;
    }
}

}  // namespace

std::string canonical_text(std::string_view text) {
    const std::string clean = valid_utf8(text);
    std::string out;
    out.reserve(clean.size() + clean.size() / 32 + 2);
    for (std::size_t i = 0; i < clean.size();) {
        const std::size_t end = std::min(clean.find_first_of("\r\n", i), clean.size());
        out.append(clean, i, end - i);
        if (end == clean.size()) break;
        out += "\r\n";
        i = end + (clean.compare(end, 2, "\r\n") == 0 ? 2 : 1);
    }
    return out;
}

Coding shorter_coding(std::string_view canonical) {
    std::size_t coded = 0;
    for (char c : canonical) coded += literal(c) || c == '\r' || c == '\n' ? 0 : 1;
    const std::size_t quoted = canonical.size() + 2 * coded, base64 = canonical.size() * 4 / 3;
    return quoted * 79 / 76 > base64 * 78 / 76 ? Coding::base64 : Coding::quoted_printable;
}

std::string_view coding_name(Coding coding) {
    return coding == Coding::base64 ? "base64" : "quoted-printable";
}

void append_coded(std::string& out, std::string_view canonical, Coding coding) {
    if (coding == Coding::base64) {
        const std::string code = to_base64(canonical);
        for (std::size_t i = 0; i < code.size(); i += line_limit) {
            out.append(code, i, line_limit);
            out += "\r\n";
        }
        return;
    }
    while (!canonical.empty()) {
        const std::size_t end = std::min(canonical.find("\r\n"), canonical.size());
        append_quoted_line(out, canonical.substr(0, end));
        out += "\r\n";
        canonical.remove_prefix(std::min(end + 2, canonical.size()));
    }
}

}  // namespace verbatim::mail
