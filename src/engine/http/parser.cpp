#include "engine/http/parser.h"

#include <cstring>

#include "engine/http/characters.h"

namespace verbatim::http {

namespace {

constexpr std::size_t longest_chunk_line = 256;
constexpr std::size_t most_trailer_bytes = 8 * 1024;

// RFC 9112 section 3.2: host [":" port]; reg-name and IP literals without user information.
bool valid_host(std::string_view host) {
    if (host.empty() || host.size() > 255) return false;
    std::string_view port;
    if (host.front() == '[') {
        const auto end = host.find(']');
        if (end == std::string_view::npos) return false;
        for (char c : host.substr(1, end - 1))
            if (hex_digit(c) < 0 && c != ':' && c != '.') return false;
        port = host.substr(end + 1);
    } else {
        const auto colon = host.find(':');
        const auto name = host.substr(0, colon);
        if (name.empty()) return false;
        for (char c : name) {
            const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && c != '-' && c != '.' && c != '_' && c != '~' && c != '%') return false;
        }
        port = colon == std::string_view::npos ? std::string_view{} : host.substr(colon);
    }
    if (port.empty()) return true;
    if (port.front() != ':' || port.size() > 6) return false;
    for (char c : port.substr(1))
        if (c < '0' || c > '9') return false;
    return true;
}

struct MethodName {
    std::string_view name;
    Method method;
};
constexpr MethodName methods[] = {{"GET", Method::get},     {"HEAD", Method::head},    {"POST", Method::post},      {"PUT", Method::put},
                                  {"PATCH", Method::patch}, {"DELETE", Method::del}, {"OPTIONS", Method::options}};

}  // namespace

std::optional<std::uint64_t> parse_length(std::string_view digits) {
    if (digits.empty() || digits.size() > 18) return std::nullopt;
    std::uint64_t number = 0;
    for (char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return number;
}

std::optional<FieldView> parse_field_line(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    // A space before the colon, and a folded line's leading space, are no token characters (RFC 9112 sections 5.1, 5.2).
    const auto name = line.substr(0, colon);
    if (!all_are(name, token_character)) return std::nullopt;
    const auto value = trim(line.substr(colon + 1));
    if (!value.empty() && !all_are(value, value_character)) return std::nullopt;
    return FieldView{name, value};
}

Step HeadParser::refuse(int status, std::string_view fault) {
    status_ = status;
    fault_ = fault;
    return Step::bad;
}

void HeadParser::reset() {
    auto fields = std::move(head_.fields);  // keeps its room
    fields.clear();
    head_ = Head{};
    head_.fields = std::move(fields);
    scanned_ = line_start_ = first_ = lines_ = length_ = 0;
    hosts_ = 0;
    close_ = keep_alive_ = false;
    status_ = 400;
    fault_ = {};
}

Step HeadParser::parse(std::string_view bytes) {
    // First find the end: every line must end with CRLF. Only a whole head is read further, so views stay valid.
    while (true) {
        const void* found = scanned_ < bytes.size() ? std::memchr(bytes.data() + scanned_, '\n', bytes.size() - scanned_) : nullptr;
        if (!found) {
            scanned_ = bytes.size();
            return bytes.size() > most_bytes_ ? refuse(431, "the header is too large") : Step::more;
        }
        const auto end = static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
        if (end == line_start_ || bytes[end - 1] != '\r') return refuse(400, "a line ends without CR");
        if (end + 1 > most_bytes_) return refuse(431, "the header is too large");
        scanned_ = end + 1;
        const bool empty = end - 1 == line_start_;
        // RFC 9112 section 5.2: refused before the field it continues is looked at
        if (const char lead = bytes[line_start_]; lead == ' ' || lead == '\t') return refuse(400, "a folded field");
        line_start_ = end + 1;
        if (!empty) {
            if (++lines_ > most_fields + 1) return refuse(431, "too many fields");
            continue;
        }
        if (lines_ > 0) break;
        // RFC 9112 section 2.2: an empty line before the request line is ignored; one only.
        if (first_ != 0) return refuse(400, "empty lines before the request");
        first_ = end + 1;
    }
    length_ = line_start_;

    bool request_line = true;
    for (std::size_t at = first_; at < length_ - 2;) {
        const auto* newline = static_cast<const char*>(std::memchr(bytes.data() + at, '\n', length_ - at));
        const auto end = static_cast<std::size_t>(newline - bytes.data());
        const auto line = bytes.substr(at, end - 1 - at);
        if ((request_line ? parse_request_line(line) : parse_field(line)) == Step::bad) return Step::bad;
        request_line = false;
        at = end + 1;
    }
    return finish();
}

Step HeadParser::parse_request_line(std::string_view line) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return refuse(400, "malformed request line");
    const auto method = line.substr(0, first);
    auto target = line.substr(first + 1, last - first - 1);
    const auto version = line.substr(last + 1);
    if (!all_are(method, token_character)) return refuse(400, "malformed method");
    if (!all_are(target, target_character)) return refuse(400, "malformed target");
    if (version == "HTTP/1.1") head_.http_1_0 = false;
    else if (version == "HTTP/1.0") head_.http_1_0 = true;
    else if (version.size() == 8 && version.starts_with("HTTP/") && version[5] >= '0' && version[5] <= '9' && version[6] == '.' &&
             version[7] >= '0' && version[7] <= '9')
        return refuse(505, "this server speaks HTTP/1.1");
    else return refuse(400, "malformed version");

    bool known = false;
    for (const auto& candidate : methods)
        if (candidate.name == method) head_.method = candidate.method, known = true;
    if (!known) return refuse(501, "unknown method");

    // RFC 9112 section 3.2: origin form; absolute form is reduced to it; the asterisk belongs to OPTIONS.
    if (target.front() != '/') {
        if (target == "*") {
            if (head_.method != Method::options) return refuse(400, "the target * belongs to OPTIONS");
        } else if (starts_without_case(target, "http://") || starts_without_case(target, "https://")) {
            const auto authority = target.find("//") + 2;
            const auto path = target.find_first_of("/?", authority);
            if (!valid_host(target.substr(authority, path == std::string_view::npos ? path : path - authority)))
                return refuse(400, "malformed target");
            if (path == std::string_view::npos) target = "/";
            else if (target[path] == '?') return refuse(400, "malformed target");
            else target = target.substr(path);
        } else {
            return refuse(400, "malformed target");
        }
    }
    head_.target = target;
    return Step::more;
}

Step HeadParser::parse_field(std::string_view line) {
    const auto field = parse_field_line(line);
    if (!field) return refuse(400, "malformed field");
    head_.fields.push_back(*field);
    return take_field(field->name, field->value);
}

// The fields that decide on framing and on the connection; where a second one would leave a choice, it is refused.
Step HeadParser::take_field(std::string_view name, std::string_view value) {
    switch (name.size()) {
        case 4:
            if (!equal_without_case(name, "host")) break;
            if (++hosts_ > 1 || !valid_host(value)) return refuse(400, "malformed or second Host");
            head_.host = value;
            break;
        case 6:
            if (!equal_without_case(name, "expect")) break;
            if (!equal_without_case(value, "100-continue")) return refuse(417, "unknown expectation");
            head_.expects_continue = true;
            break;
        case 10:
            if (equal_without_case(name, "connection")) {
                for (auto rest = value; !rest.empty();) {
                    const auto option = next_element(rest, ',');
                    if (equal_without_case(option, "close")) close_ = true;
                    else if (equal_without_case(option, "keep-alive")) keep_alive_ = true;
                }
            } else if (equal_without_case(name, "user-agent")) {
                head_.user_agent = value;
            }
            break;
        case 12:
            if (equal_without_case(name, "content-type")) {
                if (head_.content_type.data()) return refuse(400, "second Content-Type");
                head_.content_type = value;
            }
            break;
        case 13:
            if (equal_without_case(name, "if-none-match")) {
                if (head_.if_none_match.data()) return refuse(400, "second If-None-Match");
                head_.if_none_match = value;
            }
            break;
        case 14: {
            if (!equal_without_case(name, "content-length")) break;
            const auto length = parse_length(value);
            if (!length || head_.content_length) return refuse(400, "malformed or second Content-Length");
            head_.content_length = length;
            break;
        }
        case 15:
            if (equal_without_case(name, "accept-encoding")) head_.accept_encoding = value;
            else if (equal_without_case(name, "x-forwarded-for")) head_.forwarded_for = value;
            break;
        case 17:
            if (equal_without_case(name, "transfer-encoding")) {
                if (head_.chunked) return refuse(400, "second Transfer-Encoding");
                if (!equal_without_case(value, "chunked")) return refuse(501, "unknown Transfer-Encoding");
                head_.chunked = true;
            } else if (equal_without_case(name, "x-forwarded-proto")) {
                head_.forwarded_proto = value;
            }
            break;
        default: break;
    }
    return Step::more;
}

Step HeadParser::finish() {
    if (hosts_ == 0 && !head_.http_1_0) return refuse(400, "Host is missing");
    if (head_.chunked && (head_.content_length || head_.http_1_0)) return refuse(400, "Transfer-Encoding where it may not stand");
    head_.keep_alive = !close_ && (!head_.http_1_0 || keep_alive_);
    if (head_.http_1_0) head_.expects_continue = false;  // RFC 9110 section 10.1.1
    return Step::done;
}

// One CRLF line of at most longest_chunk_line bytes, joined from pieces.
Step ChunkedReader::line(std::string_view& bytes, std::string_view& line) {
    const auto end = bytes.find('\n');
    const auto piece = bytes.substr(0, end == std::string_view::npos ? end : end + 1);
    if (line_.size() + piece.size() > longest_chunk_line) return bad(400);
    line_ += piece;
    bytes.remove_prefix(piece.size());
    if (end == std::string_view::npos) return Step::more;
    if (line_.size() < 2 || line_[line_.size() - 2] != '\r') return bad(400);
    line = std::string_view(line_).substr(0, line_.size() - 2);
    return Step::done;
}

bool ChunkedReader::read_size(std::string_view line) {
    std::size_t digits = 0;
    left_ = 0;
    while (digits < line.size() && hex_digit(line[digits]) >= 0) {
        if (digits == 8) return false;
        left_ = left_ * 16 + static_cast<std::uint64_t>(hex_digit(line[digits]));
        ++digits;
    }
    if (digits == 0) return false;
    // Extensions have no meaning here; they only must not hide anything.
    const auto extension = line.substr(digits);
    return extension.empty() || (extension.front() == ';' && all_are(extension, value_character));
}

Step ChunkedReader::feed(std::string_view& bytes, std::string& body) {
    while (true) {
        std::string_view text;
        switch (state_) {
            case State::size: {
                const auto step = line(bytes, text);
                if (step != Step::done) return step;
                if (!read_size(text)) return bad(400);
                line_.clear();
                if (left_ > most_bytes_ || body.size() + left_ > most_bytes_) return bad(413);
                state_ = left_ == 0 ? State::trailer : State::data;
                break;
            }
            case State::data: {
                if (bytes.empty()) return Step::more;
                const auto piece = bytes.substr(0, left_);
                body += piece;
                bytes.remove_prefix(piece.size());
                left_ -= piece.size();
                if (left_ == 0) state_ = State::data_end;
                break;
            }
            case State::data_end: {
                const auto step = line(bytes, text);
                if (step != Step::done) {
                    if (step == Step::more && !line_.empty() && line_ != "\r") return bad(400);
                    return step;
                }
                if (!text.empty()) return bad(400);
                line_.clear();
                state_ = State::size;
                break;
            }
            case State::trailer: {
                const auto step = line(bytes, text);
                if (step != Step::done) return step;
                if (text.empty()) return Step::done;
                trailer_bytes_ += text.size();
                if (trailer_bytes_ > most_trailer_bytes || !parse_field_line(text)) return bad(400);
                line_.clear();
                break;
            }
        }
    }
}

}  // namespace verbatim::http
