#include "engine/mail/dkim_canonical.h"

namespace verbatim::mail {
namespace {

bool blank(char c) {
    return c == ' ' || c == '\t';
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool same_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

// Appends a line with each run of blanks as one space and none at the end.
void append_relaxed_line(std::string& out, std::string_view line) {
    while (!line.empty() && blank(line.back())) line.remove_suffix(1);
    std::size_t at = 0;
    while (at < line.size()) {
        std::size_t end = at;
        while (end < line.size() && !blank(line[end])) ++end;
        out.append(line, at, end - at);
        if (end == line.size()) break;
        out += ' ';
        while (blank(line[end])) ++end;
        at = end;
    }
}

}  // namespace

Parsed parse_message(std::string_view message) {
    Parsed parsed;
    std::size_t at = 0;
    while (at < message.size() && message.substr(at, 2) != "\r\n") {
        std::size_t end = at;
        do {  // a line that begins with a blank continues the field
            end = std::min(message.find("\r\n", end), message.size());
            end = std::min(end + 2, message.size());
        } while (end < message.size() && blank(message[end]));
        std::string_view raw = message.substr(at, end - at);
        if (raw.size() >= 2 && raw.substr(raw.size() - 2) == "\r\n") raw.remove_suffix(2);
        std::string_view name = raw.substr(0, raw.find(':'));
        while (!name.empty() && blank(name.back())) name.remove_suffix(1);
        parsed.fields.push_back({name, raw});
        at = end;
    }
    parsed.body = message.substr(std::min(at + 2, message.size()));
    return parsed;
}

std::string relaxed_header(std::string_view raw) {
    const std::size_t colon = std::min(raw.find(':'), raw.size());
    std::string_view name = raw.substr(0, colon);
    while (!name.empty() && blank(name.back())) name.remove_suffix(1);
    std::string out;
    for (char c : name) out += lower(c);
    out += ':';
    std::string unfolded;
    for (char c : raw.substr(std::min(colon + 1, raw.size()))) {
        if (c != '\r' && c != '\n') unfolded += c;
    }
    const std::size_t first = std::min(unfolded.find_first_not_of(" \t"), unfolded.size());
    append_relaxed_line(out, std::string_view(unfolded).substr(first));
    return out;
}

std::string relaxed_body(std::string_view body) {
    std::string out;
    out.reserve(body.size() + 2);
    std::size_t empty_lines = 0;
    while (!body.empty()) {
        const std::size_t end = std::min(body.find("\r\n"), body.size());
        const std::size_t before = out.size();
        if (empty_lines == 0) {
            append_relaxed_line(out, body.substr(0, end));
        } else {
            std::string line;
            append_relaxed_line(line, body.substr(0, end));
            if (!line.empty()) {
                for (; empty_lines > 0; --empty_lines) out += "\r\n";
                out += line;
            }
        }
        if (out.size() == before) ++empty_lines;
        else out += "\r\n";
        body.remove_prefix(std::min(end + 2, body.size()));
    }
    return out;
}

std::string signed_header(const Parsed& message, const std::vector<std::string>& names, std::string_view signature) {
    std::string out;
    std::vector<bool> used(message.fields.size(), false);
    for (const auto& name : names) {
        for (std::size_t i = message.fields.size(); i-- > 0;) {
            if (used[i] || !same_name(message.fields[i].name, name)) continue;
            used[i] = true;
            out += relaxed_header(message.fields[i].raw) + "\r\n";
            break;
        }
    }
    return out += relaxed_header(signature);
}

}  // namespace verbatim::mail
