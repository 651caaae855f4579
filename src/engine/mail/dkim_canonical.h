// What a DKIM signature is made over: the relaxed forms of RFC 6376 sections 3.4.2 and 3.4.4. Internal to engine/mail.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace verbatim::mail {

struct HeaderField {
    std::string_view name;
    std::string_view raw;  // name, colon, value with its folds, without the last CRLF
};

// A message as its header fields, top first, and its body.
struct Parsed {
    std::vector<HeaderField> fields;
    std::string_view body;
};
Parsed parse_message(std::string_view message);

// Lower-case name, ":", unfolded value with single spaces, without the last CRLF.
std::string relaxed_header(std::string_view raw);

// Single spaces, none at line ends, no empty lines at the end; a body that is not empty ends with CRLF.
std::string relaxed_body(std::string_view body);

// The header fields named in `names` (the last instance first, RFC 6376 section 5.4.2; a name beyond the instances adds
// nothing), then `signature` with an empty b= and without CRLF: the bytes that are signed.
std::string signed_header(const Parsed& message, const std::vector<std::string>& names, std::string_view signature);

}  // namespace verbatim::mail
