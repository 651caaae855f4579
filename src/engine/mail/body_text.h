// A body part for the wire: canonical CRLF line ends, then quoted-printable or base64 (RFC 2045 sections 6.7 and 6.8),
// whichever is shorter. Internal to engine/mail.
#pragma once

#include <string>
#include <string_view>

namespace verbatim::mail {

enum class Coding { quoted_printable, base64 };

// \n, \r\n and \r become CRLF; malformed UTF-8 becomes U+FFFD.
std::string canonical_text(std::string_view text);

Coding shorter_coding(std::string_view canonical);
// The same of a text in pieces: the bytes of all, and those that quoted-printable must code.
Coding shorter_coding(std::size_t bytes, std::size_t coded);
std::size_t count_coded(std::string_view canonical);
std::string_view coding_name(Coding coding);

// Lines of at most 76 bytes, each ended by CRLF, 7-bit; no line starts with "." (so SMTP stuffs nothing) or with "From ".
void append_coded(std::string& out, std::string_view canonical, Coding coding);

}  // namespace verbatim::mail
