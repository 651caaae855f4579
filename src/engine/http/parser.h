// The strict reader of requests (RFC 9112): pure functions of bytes, no sockets. What two readers could understand in two
// ways is refused, because a proxy in front may be the other reader.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/http/http.h"

namespace verbatim::http {

enum class Step { more, done, bad };

struct FieldView {
    std::string_view name, value;
};

// A request line and its fields; the views point into the bytes given to parse().
struct Head {
    Method method = Method::get;
    std::string_view target;        // origin form ("/a?b"), or "*" of OPTIONS
    bool http_1_0 = false;
    bool keep_alive = true;
    bool chunked = false;
    bool expects_continue = false;
    std::optional<std::uint64_t> content_length;
    std::string_view host, accept_encoding, if_none_match, content_type, user_agent, forwarded_for, forwarded_proto;
    std::vector<FieldView> fields;

    bool has_body() const { return chunked || content_length.value_or(0) > 0; }
};

// Reads one head out of bytes that grow. Lines end with CRLF only.
class HeadParser {
public:
    explicit HeadParser(std::size_t most_bytes) : most_bytes_(most_bytes) {}

    // `bytes` starts at the request's first byte and holds at least what the last call held. On bad, status() says the
    // answer and the connection must be closed. What follows the head stays unread.
    Step parse(std::string_view bytes);

    const Head& head() const { return head_; }
    std::size_t length() const { return length_; }  // of the head, with its empty line
    int status() const { return status_; }          // 400, 417, 431, 501 or 505
    std::string_view fault() const { return fault_; }  // what was wrong, in English
    void reset();                                   // before the next request

private:
    Step refuse(int status, std::string_view fault);
    Step parse_request_line(std::string_view line);
    Step parse_field(std::string_view line);
    Step take_field(std::string_view name, std::string_view value);
    Step finish();

    std::size_t most_bytes_;
    Head head_;
    std::size_t scanned_ = 0;     // bytes known to hold whole lines only
    std::size_t line_start_ = 0;
    std::size_t first_ = 0;       // where the request line begins: after one empty line at most
    std::size_t lines_ = 0;
    std::size_t length_ = 0;
    int hosts_ = 0;
    bool close_ = false, keep_alive_ = false;
    int status_ = 400;
    std::string_view fault_;
};

inline constexpr std::size_t most_fields = 100;

// "Name: value" of a response or a trailer, checked as strictly as a request's.
std::optional<FieldView> parse_field_line(std::string_view line);

// Digits only, at most 18 of them.
std::optional<std::uint64_t> parse_length(std::string_view digits);

// The chunked coding (RFC 9112 section 7.1), of requests and of responses to the client. Trailers are read and dropped.
class ChunkedReader {
public:
    explicit ChunkedReader(std::size_t most_bytes) : most_bytes_(most_bytes) {}

    // Takes what it can from the front of `bytes` and appends the content to `body`. On bad, status() is 400, or 413 when
    // the content grows over its bound.
    Step feed(std::string_view& bytes, std::string& body);
    int status() const { return status_; }

private:
    enum class State { size, data, data_end, trailer };
    Step bad(int status) { status_ = status; return Step::bad; }
    Step line(std::string_view& bytes, std::string_view& line);
    bool read_size(std::string_view line);

    std::size_t most_bytes_;
    State state_ = State::size;
    std::string line_;            // a line that came in pieces
    std::uint64_t left_ = 0;      // of the chunk
    std::size_t trailer_bytes_ = 0;
    int status_ = 400;
};

}  // namespace verbatim::http
