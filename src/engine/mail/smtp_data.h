// A message's bytes on their way into DATA. Internal to engine/mail.
#pragma once

#include <string>
#include <string_view>

namespace verbatim::mail {

struct DataCheck {
    // Why SMTP without 8BITMIME cannot carry this, "" when it can: 8-bit bytes or NUL, a CR or LF alone (which ends a message
    // early on some servers: SMTP smuggling), a line of more than 998 bytes (RFC 5321 sections 2.3.8 and 4.5.3.1.6).
    std::string fault;
    bool dots = false;  // a line starts with ".": the data must be stuffed (RFC 5321 section 4.5.2)
};
DataCheck check_data(std::string_view data);

std::string stuffed(std::string_view data);

// What ends the data: "." alone on a line.
inline std::string_view end_of_data(std::string_view data) {
    const bool at_line_start = data.empty() || data.back() == '\n';
    return at_line_start ? ".\r\n" : "\r\n.\r\n";
}

}  // namespace verbatim::mail
