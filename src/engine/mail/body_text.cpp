#include "engine/mail/body_text.h"

#include "engine/mail/header_text.h"
#include "ground/formats/text_codes.h"

namespace verbatim::mail {
namespace {

constexpr std::size_t line_limit = 76;

// What quoted-printable leaves as it is, save at a line's ends.
constexpr std::array<bool, 256> literal = [] {
    std::array<bool, 256> table{};
    for (int c = ' '; c <= '~'; ++c) table[static_cast<std::size_t>(c)] = c != '=';
    table['\t'] = true;
    return table;
}();

bool is_literal(char c) {
    return literal[static_cast<unsigned char>(c)];
}

void append_hex(std::string& out, char c) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto value = static_cast<unsigned char>(c);
    (out += '=') += digits[value >> 4];
    out += digits[value & 15];
}

// One line without its line end.
void append_quoted_line(std::string& out, std::string_view line) {
    constexpr std::size_t room = line_limit - 1;  // a soft break's "=" needs the last column
    std::size_t column = 0;
    const auto make_room = [&](std::size_t size) {
        if (column + size <= room) return;
        out += "=\r\n";
        column = 0;
    };
    while (!line.empty()) {
        make_room(1);
        const std::string_view reach = line.substr(0, room - column);
        std::size_t run = static_cast<std::size_t>(std::find_if_not(reach.begin(), reach.end(), is_literal) - reach.begin());
        if (run == line.size() && (line.back() == ' ' || line.back() == '\t')) --run;
        if (column == 0 && (line.front() == '.' || line.substr(0, 5) == "From ")) run = 0;
        if (run > 0) {
            out.append(line, 0, run);
            column += run;
        } else {
            make_room(3);
            append_hex(out, line.front());
            column += 3;
            run = 1;
        }
        line.remove_prefix(run);
    }
}

// \r\n and \r become \n.
std::string with_line_feeds(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        out += text[i] == '\r' ? '\n' : text[i];
        if (text.substr(i, 2) == "\r\n") ++i;
    }
    return out;
}

}  // namespace

std::string canonical_text(std::string_view text) {
    std::string clean = valid_utf8(text);
    if (clean.find('\r') != std::string::npos) clean = with_line_feeds(clean);
    std::string out;
    out.reserve(clean.size() + clean.size() / 32 + 2);
    for (std::size_t at = 0, end = 0; (end = clean.find('\n', at)) != std::string::npos; at = end + 1) {
        out.append(clean, at, end - at).append("\r\n");
    }
    return out.append(clean, clean.rfind('\n') + 1);  // what follows the last line end, or all of it
}

// Without branches and by comparisons alone, so that compilers make vector instructions of it: every byte of every mail passes here.
std::size_t count_coded(std::string_view canonical) {
    std::size_t coded = 0;
    for (std::size_t at = 0; at < canonical.size(); at += 128) {
        unsigned char some = 0;
        for (const char c : canonical.substr(at, 128)) {
            const auto value = static_cast<unsigned char>(c);
            some = static_cast<unsigned char>(some + (((value < ' ') & (value != '\t') & (value != '\r') & (value != '\n')) | (value > '~') | (value == '=')));
        }
        coded += some;
    }
    return coded;
}

Coding shorter_coding(std::string_view canonical) { return shorter_coding(canonical.size(), count_coded(canonical)); }

Coding shorter_coding(std::size_t bytes, std::size_t coded) {
    const std::size_t quoted = bytes + 2 * coded, base64 = bytes * 4 / 3;
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
