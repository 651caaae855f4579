// A server's reply (RFC 5321 section 4.2), read strictly and bounded. Internal to engine/mail.
#pragma once

#include <string>
#include <string_view>

namespace verbatim::mail {

struct Reply {
    int code = 0;      // 200..599; 0: there is none, the connection is lost
    std::string text;  // the texts after the codes, one a line, \n between them; printable ASCII, other bytes as "?"

    bool good() const { return code / 100 == 2; }
    bool more() const { return code / 100 == 3; }
    std::string last_line() const;  // "250 2.0.0 Ok: queued", at most 500 bytes
};

enum class ReplyState { complete, partial, malformed };

struct ReplyRead {
    ReplyState state = ReplyState::partial;
    std::size_t used = 0;  // bytes of a complete reply
    Reply reply;
};

inline constexpr std::size_t reply_line_limit = 2048;   // RFC 5321 section 4.5.3.1.5 says 512; servers exceed it
inline constexpr std::size_t reply_size_limit = 16384;  // all lines together
inline constexpr std::size_t reply_lines_limit = 100;

// The first reply in what has arrived so far. Every line: the same code, "-" or " " (the last; or nothing), text, CRLF.
// A bare LF, another code in the middle, or more than the limits is malformed: the connection cannot be trusted further.
ReplyRead read_reply(std::string_view arrived);

}  // namespace verbatim::mail
