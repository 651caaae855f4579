#include "engine/mail/header_text.h"

#include "engine/mail/mail.h"
#include "ground/formats/text_codes.h"

namespace verbatim::mail {
namespace {

constexpr std::size_t line_limit = 76;   // RFC 2047 section 2: a line with an encoded word
constexpr std::size_t word_limit = 75;   // RFC 2047 section 2: an encoded word with its delimiters
constexpr std::string_view word_start_q = "=?UTF-8?Q?", word_start_b = "=?UTF-8?B?", word_end = "?=";
constexpr std::size_t word_room = word_limit - word_start_q.size() - word_end.size();

// Length of the well-formed sequence at `at` (Unicode table 3-7), 0 when malformed.
std::size_t sequence_length(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const unsigned lead = byte(at), second = byte(at + 1);
    const auto trail = [](unsigned b) { return (b & 0xC0U) == 0x80U; };
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    if (lead < 0xE0) return trail(second) ? 2 : 0;
    if (lead < 0xF0) {
        const unsigned low = lead == 0xE0 ? 0xA0U : 0x80U, high = lead == 0xED ? 0x9FU : 0xBFU;
        return second >= low && second <= high && trail(byte(at + 2)) ? 3 : 0;
    }
    const unsigned low = lead == 0xF0 ? 0x90U : 0x80U, high = lead == 0xF4 ? 0x8FU : 0xBFU;
    return second >= low && second <= high && trail(byte(at + 2)) && trail(byte(at + 3)) ? 4 : 0;
}

bool printable_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

// The set that Q leaves alone in a phrase (RFC 2047 section 5 rule 3); also used for unstructured text, so there is one.
bool plain_in_q(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!*+-/").find(c) != std::string_view::npos;
}

void append_q(std::string& out, std::string_view bytes) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (char c : bytes) {
        if (c == ' ') out += '_';
        else if (plain_in_q(c)) out += c;
        else {
            const auto value = static_cast<unsigned char>(c);
            (out += '=') += digits[value >> 4];
            out += digits[value & 15];
        }
    }
}

std::size_t q_size(std::string_view bytes) {
    std::size_t size = 0;
    for (char c : bytes) size += c == ' ' || plain_in_q(c) ? 1 : 3;
    return size;
}

std::size_t b_size(std::size_t bytes) {
    return (bytes + 2) / 3 * 4;
}

// Appends text as encoded words, `column` bytes of the line already used; returns the column after it.
std::size_t append_encoded(std::string& out, std::string_view text, std::size_t column) {
    const bool q = q_size(text) <= b_size(text.size());
    std::size_t at = 0;
    while (at < text.size()) {
        // Room on this line; a word is never started for less than one code point in Q (four bytes, twelve characters).
        if (column + word_start_q.size() + 12 + word_end.size() > line_limit) {
            out += "\r\n ";
            column = 1;
        }
        const std::size_t room = std::min(word_room, line_limit - column - word_start_q.size() - word_end.size());
        std::size_t end = at, used = 0;
        while (end < text.size()) {
            const std::size_t length = sequence_length(text, end);
            const std::size_t size = q ? used + q_size(text.substr(end, length)) : b_size(end + length - at);
            if (size > room) break;
            used = size;
            end += length;
        }
        out += q ? word_start_q : word_start_b;
        if (q) append_q(out, text.substr(at, end - at));
        else out += to_base64(text.substr(at, end - at));
        out += word_end;
        column += word_start_q.size() + used + word_end.size();
        at = end;
        if (at < text.size()) {  // white space between two encoded words is not shown (RFC 2047 section 6.2)
            out += "\r\n ";
            column = 1;
        }
    }
    return column;
}

// Appends printable ASCII, folded before a space; false (and nothing appended) when no fold keeps the lines short.
bool append_folded(std::string& out, std::string_view text, std::size_t column) {
    std::string folded;
    std::size_t at = 0;
    while (at < text.size()) {
        // A piece is a run of spaces and the word after it, so that no line holds white space alone.
        std::size_t end = text.find_first_not_of(' ', at);
        end = end == std::string_view::npos ? text.size() : std::min(text.find(' ', end), text.size());
        const auto piece = text.substr(at, end - at);
        if (column + piece.size() > line_limit) {
            if (at == 0 || piece.front() != ' ' || piece.size() > line_limit) return false;
            folded += "\r\n";
            column = 0;
        }
        folded += piece;
        column += piece.size();
        at = end;
    }
    out += folded;
    return true;
}

bool atoms_only(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return c == ' ' || plain_in_q(c) || std::string_view("#$%&'=?^_`{|}~").find(c) != std::string_view::npos;
    });
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out += '"';
}

}  // namespace

std::string valid_utf8(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    std::size_t good = 0, at = 0;  // [good, at) is well-formed and not yet copied
    while (at < bytes.size()) {
        std::uint64_t eight = 0;  // ASCII goes by eight at a time
        if (bytes.size() - at >= sizeof eight) {
            std::memcpy(&eight, bytes.data() + at, sizeof eight);
            if ((eight & 0x8080808080808080U) == 0) {
                at += sizeof eight;
                continue;
            }
        }
        const std::size_t length = sequence_length(bytes, at);
        at += length;
        if (length != 0) continue;
        out.append(bytes, good, at - good).append("\xEF\xBF\xBD");
        good = ++at;
    }
    return out.append(bytes, good);
}

std::string one_line(std::string_view utf8) {
    std::string out = valid_utf8(utf8);
    for (char& c : out) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    }
    const auto first = out.find_first_not_of(' ');
    if (first == std::string::npos) return {};
    return out.substr(first, out.find_last_not_of(' ') - first + 1);
}

void append_text_header(std::string& out, std::string_view name, std::string_view utf8) {
    const std::string text = one_line(utf8);
    const std::size_t column = name.size() + 2;
    (out += name) += ": ";
    const bool plain = printable_ascii(text) && text.find("=?") == std::string::npos;
    if (!plain || !append_folded(out, text, column)) append_encoded(out, text, column);
    out += "\r\n";
}

void append_address_header(std::string& out, std::string_view name, std::string_view display, std::string_view email) {
    const std::string text = one_line(display);
    std::string mailbox = valid_address(email) ? std::string(email) : "nobody@invalid";
    std::size_t column = name.size() + 2;
    (out += name) += ": ";
    if (!text.empty()) {
        mailbox = "<" + mailbox + ">";
        std::string word = atoms_only(text) ? text : printable_ascii(text) ? quoted(text) : std::string();
        if (word.empty() || text.find("=?") != std::string::npos || column + word.size() > line_limit) {
            column = append_encoded(out, text, column);
        } else {
            out += word;
            column += word.size();
        }
        const bool fold = column + 1 + mailbox.size() > line_limit;
        out += fold ? "\r\n " : " ";
    }
    (out += mailbox) += "\r\n";
}

}  // namespace verbatim::mail
