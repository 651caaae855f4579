#include "engine/mail/smtp_reply.h"

namespace verbatim::mail {
namespace {

int code_of(std::string_view line) {
    if (line.size() < 3 || line[0] < '2' || line[0] > '5' || line[1] < '0' || line[1] > '9' || line[2] < '0' || line[2] > '9') return 0;
    return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
}

}  // namespace

std::string Reply::last_line() const {
    const auto at = text.rfind('\n');
    return (std::to_string(code) + " " + (at == std::string::npos ? text : text.substr(at + 1))).substr(0, 500);
}

ReplyRead read_reply(std::string_view arrived) {
    ReplyRead read;
    std::size_t at = 0;
    for (std::size_t lines = 0; lines < reply_lines_limit; ++lines) {
        const std::size_t end = arrived.find('\n', at);
        const std::size_t length = (end == std::string_view::npos ? arrived.size() : end + 1) - at;
        if (length > reply_line_limit || at + length > reply_size_limit) break;
        if (end == std::string_view::npos) return {};
        if (length < 5 || arrived[end - 1] != '\r') break;
        const std::string_view line = arrived.substr(at, length - 2);
        const int code = code_of(line);
        const char separator = line.size() > 3 ? line[3] : ' ';
        if (code == 0 || (lines > 0 && code != read.reply.code) || (separator != ' ' && separator != '-')) break;
        read.reply.code = code;
        if (lines > 0) read.reply.text += '\n';
        for (char c : line.substr(std::min<std::size_t>(4, line.size()))) read.reply.text += c >= ' ' && c <= '~' ? c : '?';
        at = end + 1;
        if (separator == ' ') {
            read.state = ReplyState::complete;
            read.used = at;
            return read;
        }
    }
    read.reply = {};
    read.state = ReplyState::malformed;
    return read;
}

}  // namespace verbatim::mail
