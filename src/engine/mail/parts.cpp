#include "engine/mail/parts.h"

#include <cstdio>
#include <ctime>

#include "ground/formats/text_codes.h"

namespace verbatim::mail {
namespace {

int hex_value(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

// RFC 2045 section 6.7; `underscore`: the Q encoding of RFC 2047 section 4.2.
std::string from_quoted(std::string_view text, bool underscore) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '=' && i + 2 < text.size() + 1) {
            if (text.substr(i + 1, 2) == "\r\n") {
                i += 2;
                continue;
            }
            const int high = i + 1 < text.size() ? hex_value(text[i + 1]) : -1, low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
            if (high >= 0 && low >= 0) {
                out += static_cast<char>(high * 16 + low);
                i += 2;
                continue;
            }
        }
        if (text[i] == '\r') continue;
        out += underscore && text[i] == '_' ? ' ' : text[i];
    }
    return out;
}

std::string from_base64_lines(std::string_view text) {
    std::string packed;
    for (const char c : text) {
        if (c != '\r' && c != '\n' && c != ' ') packed += c;
    }
    auto bytes = from_base64(packed).value_or("");
    std::string out;
    for (const char c : bytes) {
        if (c != '\r') out += c;
    }
    return out;
}

// Encoded words (RFC 2047); white space between two of them is dropped.
std::string decode_words(std::string_view text) {
    std::string out;
    bool after_word = false;
    while (!text.empty()) {
        const auto start = text.find("=?");
        auto plain = text.substr(0, start);
        if (!(after_word && start != std::string_view::npos && plain.find_first_not_of(" \t") == std::string_view::npos)) out += plain;
        if (start == std::string_view::npos) break;
        text.remove_prefix(start);
        const auto charset = text.find('?', 2), coding = charset == std::string_view::npos ? charset : text.find('?', charset + 1);
        const auto end = coding == std::string_view::npos ? coding : text.find("?=", coding + 1);
        if (end == std::string_view::npos) {
            out += text;
            break;
        }
        const char kind = text[charset + 1];
        const auto word = text.substr(coding + 1, end - coding - 1);
        out += kind == 'B' || kind == 'b' ? from_base64_lines(word) : from_quoted(word, true);
        text.remove_prefix(end + 2);
        after_word = true;
    }
    return out;
}

// The unfolded value of a header, names without case.
std::string header(std::string_view head, std::string_view name) {
    std::size_t at = 0;
    while (at < head.size()) {
        auto end = head.find("\r\n", at);
        while (end != std::string_view::npos && end + 2 < head.size() && (head[end + 2] == ' ' || head[end + 2] == '\t')) end = head.find("\r\n", end + 2);
        if (end == std::string_view::npos) end = head.size();
        const auto line = head.substr(at, end - at);
        at = end + 2;
        if (line.size() <= name.size() || line[name.size()] != ':') continue;
        bool same = true;
        for (std::size_t i = 0; i < name.size(); ++i) same = same && (line[i] | 0x20) == (name[i] | 0x20);
        if (!same) continue;
        std::string value;
        for (const char c : line.substr(name.size() + 1)) {
            if (c != '\r' && c != '\n') value += c;
        }
        return value.substr(std::min(value.find_first_not_of(" \t"), value.size()));
    }
    return {};
}

std::pair<std::string_view, std::string_view> split(std::string_view part) {
    const auto blank = part.find("\r\n\r\n");
    if (blank == std::string_view::npos) return {part, {}};
    return {part.substr(0, blank + 2), part.substr(blank + 4)};
}

void take_part(Parts& parts, std::string_view head, std::string_view body) {
    const auto type = header(head, "Content-Type");
    const auto coding = header(head, "Content-Transfer-Encoding");
    if (const auto place = header(head, "Content-Disposition"); place.rfind("attachment", 0) == 0) {
        const auto name = place.find("filename=\"");
        const auto end = name == std::string::npos ? name : place.find('"', name + 10);
        std::string packed;
        for (const char c : body) {
            if (c != '\r' && c != '\n') packed += c;
        }
        parts.attachments.push_back({end == std::string::npos ? "" : place.substr(name + 10, end - name - 10), type.substr(0, type.find(';')), from_base64(packed).value_or("")});
        return;
    }
    auto text = coding == "base64" ? from_base64_lines(body) : from_quoted(body, false);
    if (type.rfind("text/html", 0) == 0) parts.html = std::move(text);
    else parts.text = std::move(text);
}

void take_body(Parts& parts, std::string_view head, std::string_view body, int depth) {
    const auto type = header(head, "Content-Type");
    const auto mark = type.find("boundary=");
    if (mark == std::string::npos || depth > 4) return take_part(parts, head, body);
    auto boundary = type.substr(mark + 9);
    if (!boundary.empty() && boundary[0] == '"') boundary = boundary.substr(1, boundary.find('"', 1) - 1);
    else boundary = boundary.substr(0, boundary.find(';'));
    const auto fence = "--" + boundary;
    for (auto at = body.find(fence); at != std::string_view::npos;) {
        const auto from = body.find("\r\n", at);
        if (from == std::string_view::npos || body.substr(at + fence.size(), 2) == "--") break;
        const auto next = body.find("\r\n" + fence, from);
        const auto [part_head, part_body] = split(body.substr(from + 2, (next == std::string_view::npos ? body.size() : next) - from - 2));
        take_body(parts, part_head, part_body, depth + 1);
        at = next == std::string_view::npos ? next : next + 2;
    }
}

}  // namespace

Parts parse_parts(std::string_view message) {
    Parts parts;
    const auto [head, body] = split(message);
    parts.subject = decode_words(header(head, "Subject"));
    parts.from = decode_words(header(head, "From"));
    parts.to = decode_words(header(head, "To"));
    parts.language = header(head, "Content-Language");
    std::tm when{};
    if (strptime(header(head, "Date").c_str(), "%a, %d %b %Y %H:%M:%S", &when) != nullptr) parts.date = timegm(&when);
    take_body(parts, head, body, 0);
    return parts;
}

}  // namespace verbatim::mail
