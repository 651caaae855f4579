#include "engine/mail/prepared.h"

#include <algorithm>

#include "engine/mail/body_text.h"
#include "engine/mail/compose_parts.h"

namespace verbatim::mail {
namespace {

// Controls stand in no text of ours; the "<" tells what became of the mark.
constexpr char opens = '\x02', closes = '\x03';

// As the templates' HTML escaping does it.
std::string escaped_html(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 8);
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            case '\t':
            case '\v':
            case '\f': out += ' '; break;
            default: out += c;
        }
    }
    return out;
}

}  // namespace

std::string mark(std::size_t n) { return {opens, static_cast<char>('A' + n), '<', closes}; }

std::optional<Prepared> Prepared::make(std::string_view marked, bool html) {
    const std::string text = canonical_text(marked);
    const std::string_view end = html ? "&lt;\x03" : "<\x03";
    Prepared made;
    made.html_ = html;
    std::string fixed;
    for (std::string_view rest(text); !rest.empty();) {
        const auto at = rest.find("\r\n");
        const bool ended = at != std::string_view::npos;
        auto line = rest.substr(0, at);
        rest.remove_prefix(ended ? at + 2 : rest.size());
        if (line.find(opens) == std::string_view::npos) {
            if (line.find(closes) != std::string_view::npos) return std::nullopt;
            fixed.append(line).append(ended ? "\r\n" : "");
            continue;
        }
        Line open;
        open.ended = ended;
        append_coded(open.coded, fixed, Coding::quoted_printable);
        made.fixed_bytes_ += fixed.size() + (ended ? 2 : 0);
        made.fixed_coded_ += count_coded(fixed);
        fixed.clear();
        for (auto from = line.find(opens); from != std::string_view::npos; from = line.find(opens)) {
            if (from + 2 + end.size() > line.size() || line.substr(from + 2, end.size()) != end) return std::nullopt;
            const auto value = static_cast<unsigned char>(line[from + 1]);
            if (value < 'A' || value >= 'A' + most_values) return std::nullopt;
            open.places.push_back({std::string(line.substr(0, from)), static_cast<std::size_t>(value - 'A')});
            line.remove_prefix(from + 2 + end.size());
        }
        if (line.find(closes) != std::string_view::npos) return std::nullopt;
        open.after = line;
        made.lines_.push_back(std::move(open));
    }
    append_coded(made.last_, fixed, Coding::quoted_printable);
    made.fixed_bytes_ += fixed.size();
    made.fixed_coded_ += count_coded(fixed);
    return made;
}

bool Prepared::append(std::string& out, std::span<const std::string> values, std::span<const std::string> escaped) const {
    const auto shown = html_ ? escaped : values;
    std::size_t bytes = fixed_bytes_, coded = fixed_coded_;
    std::string text;
    for (const auto& line : lines_) {
        out += line.coded;
        text.clear();
        for (const auto& place : line.places) (text += place.before) += shown[place.value];
        text += line.after;
        bytes += text.size();
        coded += count_coded(text);
        if (line.ended) text += "\r\n";
        append_coded(out, text, Coding::quoted_printable);
    }
    out += last_;
    return shorter_coding(bytes, coded) == Coding::quoted_printable;
}

std::size_t Prepared::bytes() const {
    std::size_t sum = last_.size();
    for (const auto& line : lines_) {
        sum += sizeof line + line.coded.size() + line.after.size();
        for (const auto& place : line.places) sum += sizeof place + place.before.size();
    }
    return sum;
}

std::optional<std::string> compose_prepared(const Message& message, const Prepared& text, const Prepared& html, std::span<const std::string> values) {
    std::vector<std::string> escaped;
    escaped.reserve(values.size());
    for (const auto& value : values) {
        if (value.find_first_of("\r\n") != std::string::npos) return std::nullopt;
        escaped.push_back(escaped_html(value));
    }
    bool quoted = true;
    const auto part = [&](std::string& out, std::string_view type, const Prepared& prepared) {
        append_part_head(out, type, Coding::quoted_printable);
        quoted = prepared.append(out, values, escaped) && quoted;
    };
    auto composed = compose_with(message, text.bytes() + html.bytes(), [&](std::string& out) { part(out, "text/plain", text); }, [&](std::string& out) { part(out, "text/html", html); });
    if (!quoted) return std::nullopt;
    return composed;
}

}  // namespace verbatim::mail
