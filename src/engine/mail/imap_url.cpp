#include <algorithm>
#include <charconv>

#include "engine/mail/imap.h"
#include "engine/mail/smtp_settings.h"

namespace verbatim::mail {
namespace {

Error refused(const char* why) { return invalid("imap_url", std::string("imaps://user@host/INBOX is expected: ") + why, "mail.bounce_imap"); }

bool plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= 0x20 && c != 0x7f; });
}

}  // namespace

Result<ImapSettings> parse_imap_url(std::string_view url) {
    ImapSettings out;
    if (url.size() > 2000) return refused("it is too long");
    if (url.starts_with("imaps://")) url.remove_prefix(8);
    else if (url.starts_with("imap://")) url.remove_prefix(7), out.tls_first = false;
    else return refused("it begins with imaps:// or imap://");
    const auto slash = url.find('/');
    auto place = url.substr(0, slash);
    if (slash != std::string_view::npos && slash + 1 < url.size()) out.mailbox = percent_decoded(url.substr(slash + 1)).value_or(std::string());
    const auto at = place.rfind('@');
    if (at == std::string_view::npos || at == 0) return refused("it names no user");
    if (place.substr(0, at).find(':') != std::string_view::npos) return refused("the password stands in a file (mail.bounce_imap_password_file)");
    out.user = percent_decoded(place.substr(0, at)).value_or(std::string());
    place.remove_prefix(at + 1);
    std::string_view port;
    if (place.starts_with('[')) {
        const auto end = place.find(']');
        if (end == std::string_view::npos) return refused("the address has no end");
        out.host = place.substr(1, end - 1), port = place.substr(end + 1);
    } else {
        const auto colon = place.find(':');
        out.host = place.substr(0, colon), port = colon == std::string_view::npos ? std::string_view() : place.substr(colon);
    }
    int number = out.tls_first ? 993 : 143;
    if (!port.empty()) {
        port.remove_prefix(1);
        const auto read = std::from_chars(port.data(), port.data() + port.size(), number);
        if (read.ec != std::errc() || read.ptr != port.data() + port.size() || number < 1 || number > 65535) return refused("the port is a number");
    }
    out.port = std::to_string(number);
    const auto good = [](unsigned char c) { return std::isalnum(c) || c == '.' || c == '-' || c == '_' || c == ':'; };
    if (out.host.empty() || !std::all_of(out.host.begin(), out.host.end(), good)) return refused("it names no host");
    if (out.user.empty() || out.mailbox.empty() || !plain(out.user) || !plain(out.mailbox)) return refused("user or mailbox cannot be read");
    out.loopback = out.host == "localhost" || out.host == "::1" || out.host.starts_with("127.");
    return out;
}

}  // namespace verbatim::mail
