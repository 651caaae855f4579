// An SMTP transport's URL, taken apart. Internal to engine/mail.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "ground/base/result.h"

namespace verbatim::mail {

enum class Tls {
    none,       // never, even when offered
    opportune,  // "try": when offered; the certificate is not checked (RFC 7435)
    require,    // STARTTLS with a certificate that is good for the host, or no delivery
};

struct SmtpSettings {
    std::string host;
    std::string port;
    std::string user, password;
    bool tls_first = false;  // smtps: TLS before the greeting (RFC 8314 section 3)
    Tls tls = Tls::opportune;
    std::string ca_file;    // trusted besides the system's authorities
    std::string helo;       // our name; "" asks the machine
    int connections = 4;    // at once
    int domain_connections = 0;  // of them, messages under way to one domain; 0: no limit
    int messages = 100;     // a connection, then a new one
    std::chrono::milliseconds timeout{30'000};       // each step: connect, handshake, a reply, 64 KB of data taken
    std::chrono::milliseconds data_timeout{30'000};  // the reply to end-of-data
    std::chrono::milliseconds idle{5'000};           // how long an unused connection is kept
};

// smtp://[user:password@]host[:port][?...] and smtps://. User and password are percent-decoded. An error never repeats them.
Result<SmtpSettings> parse_smtp_url(std::string_view url);

// Nothing where an escape is broken or hides a NUL.
std::optional<std::string> percent_decoded(std::string_view text);

}  // namespace verbatim::mail
