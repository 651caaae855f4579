// Words in a mail header: RFC 5322 lines folded at 76 bytes, RFC 2047 encoded words where ASCII does not suffice.
// Internal to engine/mail.
#pragma once

#include <string>
#include <string_view>

namespace verbatim::mail {

// UTF-8 as it may be shown: every control becomes a space, every malformed byte U+FFFD, the ends are trimmed.
std::string one_line(std::string_view utf8);

// Malformed bytes become U+FFFD (one each); the rest is unchanged.
std::string valid_utf8(std::string_view bytes);

// "name: value" and CRLF for unstructured text (Subject).
void append_text_header(std::string& out, std::string_view name, std::string_view utf8);

// "name: display <email>" and CRLF. An address that valid_address refuses is written as nobody@invalid (RFC 2606):
// a header never carries what was not checked.
void append_address_header(std::string& out, std::string_view name, std::string_view display, std::string_view email);

}  // namespace verbatim::mail
