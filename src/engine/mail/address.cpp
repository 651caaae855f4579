// Which mailboxes we write to: the dot-string form of RFC 5321 section 4.1.2 only, in ASCII. Quoted local parts, address
// literals and SMTPUTF8 are refused: no customer has them, and each is a way to smuggle something into a command.
#include "engine/mail/mail.h"

namespace verbatim::mail {
namespace {

bool letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// RFC 5322 section 3.2.3
bool atext(char c) {
    return letter_or_digit(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

bool dot_atom(std::string_view text) {
    if (text.empty() || text.size() > 64) return false;  // RFC 5321 section 4.5.3.1.1
    char before = '.';
    for (char c : text) {
        if (c == '.' ? before == '.' : !atext(c)) return false;
        before = c;
    }
    return before != '.';
}

bool label(std::string_view text) {
    if (text.empty() || text.size() > 63 || text.front() == '-' || text.back() == '-') return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return letter_or_digit(c) || c == '-'; });
}

bool domain(std::string_view text) {
    if (text == "localhost") return true;
    int labels = 0;
    for (;;) {
        const auto dot = text.find('.');
        const auto part = text.substr(0, dot);
        if (!label(part)) return false;
        ++labels;
        if (dot == std::string_view::npos) {
            // The last label of a name is never a number; 192.0.2.1 is no domain.
            return labels > 1 && !std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
        }
        text.remove_prefix(dot + 1);
    }
}

}  // namespace

bool valid_address(std::string_view email) {
    if (email.size() > 254) return false;
    const auto at = email.find('@');
    return at != std::string_view::npos && dot_atom(email.substr(0, at)) && domain(email.substr(at + 1));
}

}  // namespace verbatim::mail
