#include "engine/http/multipart.h"

#include "engine/http/characters.h"
#include "engine/http/parser.h"

namespace verbatim::http {

namespace {

constexpr std::size_t longest_boundary = 70;  // RFC 2046 section 5.1.1
constexpr std::size_t most_part_header_bytes = 4 * 1024;

Error malformed(std::string message) { return invalid("form_multipart", std::move(message)); }

// Reads `; name=value` or `; name="value"` off the front. Inside quotes a backslash escapes only a quote or itself: browsers
// write %22 for a quote and leave backslashes of file names alone.
bool next_parameter(std::string_view& rest, std::string_view& name, std::string& value) {
    rest = trim(rest);
    if (rest.empty() || rest.front() != ';') return false;
    rest = trim(rest.substr(1));
    const auto equals = rest.find('=');
    if (equals == std::string_view::npos) return false;
    name = trim(rest.substr(0, equals));
    if (!all_are(name, token_character)) return false;
    rest = rest.substr(equals + 1);
    value.clear();
    if (rest.empty() || rest.front() != '"') {
        const auto end = rest.find(';');
        value = trim(rest.substr(0, end));
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end);
        return all_are(value, token_character);
    }
    std::size_t at = 1;
    for (; at < rest.size() && rest[at] != '"'; ++at) {
        if (rest[at] == '\\' && at + 1 < rest.size() && (rest[at + 1] == '"' || rest[at + 1] == '\\')) ++at;
        value += rest[at];
    }
    if (at >= rest.size()) return false;
    rest = rest.substr(at + 1);
    return true;
}

// %22, %0D and %0A are how browsers write these three in names (WHATWG HTML, multipart/form-data encoding algorithm).
std::string unescape(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto three = text.substr(i, 3);
        if (three == "%22") out += '"', i += 2;
        else if (three == "%0D") out += '\r', i += 2;
        else if (three == "%0A") out += '\n', i += 2;
        else out += text[i];
    }
    return out;
}

Result<std::string> boundary_of(std::string_view content_type) {
    const auto semicolon = content_type.find(';');
    auto rest = semicolon == std::string_view::npos ? std::string_view{} : content_type.substr(semicolon);
    std::string_view name;
    std::string value;
    while (next_parameter(rest, name, value))
        if (equal_without_case(name, "boundary")) {
            if (value.empty() || value.size() > longest_boundary) break;
            return value;
        }
    return malformed("multipart/form-data without a boundary");
}

Result<void> read_header(std::string_view header, MultipartPart& part) {
    bool disposed = false;
    while (!header.empty()) {
        const auto end = header.find("\r\n");
        const auto field = parse_field_line(header.substr(0, end));
        header = end == std::string_view::npos ? std::string_view{} : header.substr(end + 2);
        if (!field) return malformed("a part's header is malformed");
        if (equal_without_case(field->name, "Content-Type")) part.content_type = field->value;
        if (equal_without_case(field->name, "Content-Transfer-Encoding") && !equal_without_case(field->value, "binary") &&
            !equal_without_case(field->value, "8bit") && !equal_without_case(field->value, "7bit"))
            return malformed("a part is coded (RFC 7578 section 4.7 forbids it)");
        if (!equal_without_case(field->name, "Content-Disposition")) continue;
        const auto semicolon = field->value.find(';');
        if (disposed || !equal_without_case(trim(field->value.substr(0, semicolon)), "form-data"))
            return malformed("a part's disposition is not form-data");
        disposed = true;
        auto rest = semicolon == std::string_view::npos ? std::string_view{} : field->value.substr(semicolon);
        bool named = false;
        std::string_view name;
        std::string value;
        while (!trim(rest).empty()) {
            if (!next_parameter(rest, name, value)) return malformed("a part's disposition is malformed");
            if (equal_without_case(name, "name")) {
                if (named) return malformed("a part has two names");
                named = true;
                part.name = unescape(value);
            } else if (equal_without_case(name, "filename")) {
                part.is_file = true;
                part.file_name = unescape(value);
            }
        }
        if (!named) return malformed("a part has no name");
    }
    if (!disposed) return malformed("a part has no disposition");
    return {};
}

}  // namespace

Result<std::vector<MultipartPart>> split_multipart(std::string_view content_type, std::string_view body, std::size_t most_parts) {
    const auto boundary = boundary_of(content_type);
    if (!boundary) return boundary.error();
    const std::string delimiter = "\r\n--" + *boundary;
    std::vector<MultipartPart> parts;

    // The first delimiter may lack its CRLF; a preamble before it is ignored.
    std::string_view rest;
    if (body.starts_with(std::string_view(delimiter).substr(2))) {
        rest = body.substr(delimiter.size() - 2);
    } else {
        const auto at = body.find(delimiter);
        if (at == std::string_view::npos) return malformed("the boundary is nowhere in the body");
        rest = body.substr(at + delimiter.size());
    }
    while (!rest.starts_with("--")) {
        const auto line_end = rest.find("\r\n");
        if (line_end == std::string_view::npos || !trim(rest.substr(0, line_end)).empty()) return malformed("a boundary line is malformed");
        rest.remove_prefix(line_end);  // keeps the CRLF, so that an empty header ends like any other
        const auto header_end = rest.find("\r\n\r\n");
        if (header_end == std::string_view::npos || header_end > most_part_header_bytes) return malformed("a part's header does not end");
        if (parts.size() == most_parts) return invalid("form_fields", "a form may hold " + std::to_string(most_parts) + " fields");
        MultipartPart part;
        if (header_end < 2) return malformed("a part has no header");
        if (const auto read = read_header(rest.substr(2, header_end - 2), part); !read) return read.error();
        rest.remove_prefix(header_end + 2);  // the content may be empty and end at once
        const auto end = rest.find(delimiter);
        if (end == std::string_view::npos) return malformed("the last part does not end");
        part.bytes = end < 2 ? std::string_view{} : rest.substr(2, end - 2);
        rest.remove_prefix(end + delimiter.size());
        parts.push_back(std::move(part));
    }
    return parts;
}

}  // namespace verbatim::http
