#include "engine/mail/returned.h"

#include <algorithm>
#include <optional>

namespace verbatim::mail {
namespace {

constexpr std::size_t most_parts = 50;
constexpr int deepest = 4;  // parts within parts

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool same(std::string_view left, std::string_view right) {
    return left.size() == right.size() && std::equal(left.begin(), left.end(), right.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

bool begins(std::string_view text, std::string_view with) { return text.size() >= with.size() && same(text.substr(0, with.size()), with); }

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

// The next line, without its end; false at the end.
bool next_line(std::string_view& rest, std::string_view& line) {
    if (rest.empty()) return false;
    const auto end = std::min(rest.find('\n'), rest.size());
    line = rest.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    rest.remove_prefix(std::min(rest.size(), end + 1));
    return true;
}

// Header fields up to the empty line, unfolded (RFC 5322 section 2.2.3): take(name, value). What is behind the empty line is left in `rest`.
template <class Take>
void each_field(std::string_view& rest, Take&& take) {
    std::string name, value;
    const auto give = [&] {
        if (!name.empty()) take(std::string_view(name), trimmed(value));
        name.clear();
        value.clear();
    };
    std::string_view line;
    while (next_line(rest, line)) {
        if (line.empty()) break;
        if (line.front() == ' ' || line.front() == '\t') {
            if (value.size() < 4000) value += " " + std::string(trimmed(line).substr(0, 1000));
            continue;
        }
        give();
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || colon > 100) continue;
        name = std::string(trimmed(line.substr(0, colon)));
        value = std::string(line.substr(colon + 1, 4000));
    }
    give();
}

// A parameter of Content-Type: boundary, report-type.
std::string parameter(std::string_view value, std::string_view name) {
    for (auto at = value.find(';'); at != std::string_view::npos; at = value.find(';', at)) {
        ++at;
        auto part = trimmed(value.substr(at));
        if (!begins(part, name)) continue;
        part = trimmed(part.substr(name.size()));
        if (part.empty() || part.front() != '=') continue;
        part = trimmed(part.substr(1));
        if (!part.empty() && part.front() == '"') return std::string(part.substr(1, part.find('"', 1) - 1));
        return std::string(trimmed(part.substr(0, part.find_first_of("; \t"))));
    }
    return {};
}

std::string without_brackets(std::string_view id) {
    if (!id.empty() && id.front() == '<') id.remove_prefix(1);
    return std::string(id.substr(0, std::min<std::size_t>(id.find('>'), 250)));
}

std::string one_line(std::string_view text, std::size_t most) {
    std::string out;
    for (const char c : text.substr(0, most)) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    return out;
}

// "Name <a@b>", "a@b, c@d": what has an @ in it.
void addresses_in(std::string_view value, std::vector<std::string>& into) {
    std::size_t at = 0;
    while (at < value.size() && into.size() < 10) {
        const auto begin = value.find_first_not_of(" \t,;<>\"()", at);
        if (begin == std::string_view::npos) return;
        const auto end = std::min(value.find_first_of(" \t,;<>\"()", begin), value.size());
        const auto word = value.substr(begin, end - begin);
        if (word.find('@') != std::string_view::npos && word.size() <= 320) into.emplace_back(word);
        at = end;
    }
}

struct Reading {
    Returned found;
    std::string type;  // feedback-type
    bool failed = false, delayed = false;
};

// The fields of message/delivery-status: a group for the message, then one a recipient (RFC 3464 section 2.1).
void read_status(std::string_view body, Reading& reading) {
    for (int group = 0; !body.empty() && group < 100; ++group)
        each_field(body, [&](std::string_view name, std::string_view value) {
            if (same(name, "Action")) {
                reading.failed = reading.failed || begins(value, "failed");
                reading.delayed = reading.delayed || begins(value, "delayed");
            } else if (same(name, "Status") && reading.found.status.empty()) {
                reading.found.status = one_line(value.substr(0, value.find_first_of(" \t(")), 12);
            } else if (same(name, "Diagnostic-Code") && reading.found.diagnostic.empty()) {
                reading.found.diagnostic = one_line(value, 500);
            }
        });
}

void read_feedback(std::string_view body, Reading& reading) {
    for (int group = 0; !body.empty() && group < 10; ++group)
        each_field(body, [&](std::string_view name, std::string_view value) {
            if (same(name, "Feedback-Type")) reading.type = one_line(value, 40);
            if (same(name, "Original-Mail-From")) addresses_in(value, reading.found.sent_to);
        });
}

void read_part(std::string_view part, Reading& reading, int depth);

void read_parts(std::string_view body, const std::string& boundary, Reading& reading, int depth) {
    const std::string mark = "--" + boundary;
    std::string_view rest = body, line;
    std::optional<std::size_t> begin;
    std::size_t parts = 0;
    while (true) {
        const std::size_t at = body.size() - rest.size();
        const bool more = next_line(rest, line);
        const bool ends = !more || line.starts_with(mark);
        if (ends && begin && parts < most_parts) {
            ++parts;
            read_part(body.substr(*begin, at - *begin), reading, depth);
        }
        if (!more || (ends && line.substr(mark.size()).starts_with("--"))) return;
        if (ends) begin = body.size() - rest.size();
    }
}

void read_part(std::string_view part, Reading& reading, int depth) {
    std::string type;
    each_field(part, [&](std::string_view name, std::string_view value) {
        if (same(name, "Content-Type")) type = std::string(value);
    });
    if (begins(type, "message/delivery-status")) read_status(part, reading);
    else if (begins(type, "message/feedback-report")) read_feedback(part, reading);
    else if (begins(type, "message/rfc822") || begins(type, "text/rfc822-headers"))
        each_field(part, [&](std::string_view name, std::string_view value) {
            if (same(name, "Message-ID") && reading.found.message_id.empty()) reading.found.message_id = without_brackets(value);
        });
    else if (begins(type, "multipart/") && depth < deepest)
        if (const auto boundary = parameter(type, "boundary"); !boundary.empty()) read_parts(part, boundary, reading, depth + 1);
}

}  // namespace

Returned read_returned(std::string_view message) {
    message = message.substr(0, most_of_a_report);
    Reading reading;
    std::string type;
    each_field(message, [&](std::string_view name, std::string_view value) {
        if (same(name, "Content-Type")) type = std::string(value);
        if (same(name, "Delivered-To") || same(name, "X-Original-To") || same(name, "To")) addresses_in(value, reading.found.sent_to);
    });
    if (!begins(type, "multipart/report")) return std::move(reading.found);
    if (const auto boundary = parameter(type, "boundary"); !boundary.empty()) read_parts(message, boundary, reading, 0);
    auto& found = reading.found;
    if (!reading.type.empty()) {
        if (!same(reading.type, "not-spam")) found.kind = Returned::Kind::complaint;
    } else if (reading.failed || (found.status.starts_with("5.") && !reading.delayed)) {
        // A status of 4 with action failed: given up after days of trying. The mailbox may be full, not gone.
        found.kind = found.status.starts_with("4.") ? Returned::Kind::delayed : Returned::Kind::failed;
    } else if (reading.delayed || found.status.starts_with("4.")) {
        found.kind = Returned::Kind::delayed;
    }
    return std::move(found);
}

}  // namespace verbatim::mail
