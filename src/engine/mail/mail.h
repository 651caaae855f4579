// Building and sending mail: MIME (RFC 2045-2049, 5322), DKIM (RFC 6376, Ed25519 by RFC 8463), SMTP (RFC 5321) with
// PIPELINING, STARTTLS and AUTH. Knows no reviews and no consent: record/contact is the only caller.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ground/base/clock.h"
#include "ground/base/result.h"

namespace verbatim::mail {

struct Address {
    std::string name;   // UTF-8, may be empty
    std::string email;  // already checked by valid_address
};
// A mailbox we are willing to write to: one @, no controls, no spaces, at most 254 bytes, a dot in the domain (or localhost).
bool valid_address(std::string_view email);

// A file that travels with a letter.
struct Attachment {
    std::string name;   // "report-2026-10.pdf": letters, digits, '.', '-' and '_' survive
    std::string type;   // "application/pdf"
    std::string bytes;
};

struct Message {
    Address from, to;
    std::optional<Address> reply_to;
    std::string subject;     // UTF-8; no line breaks survive
    std::string text;        // UTF-8, \n line ends
    std::string html;        // may be empty
    std::string message_id;  // without angle brackets, stable: the same row sends the same id again
    Seconds date = 0;
    std::string list_unsubscribe_url;  // https; with it go List-Unsubscribe and List-Unsubscribe-Post (RFC 8058)
    std::string list_unsubscribe_mailto;
    std::string language;              // Content-Language
    bool automatic = true;             // Auto-Submitted: auto-generated (RFC 3834)
    std::vector<Attachment> attachments;  // RFC 2183
};

// The finished message with CRLF, lines at most 998 bytes (76 in encoded parts), 7-bit clean. Deterministic: same in, same out.
std::string compose(const Message& message);

struct DkimKey {
    std::string domain, selector;
    std::string pem;  // RSA-2048 or Ed25519 private key, PKCS #8
};
// Prepends one DKIM-Signature a key (relaxed/relaxed); signs From, To, Subject, Date, Message-ID, MIME headers and both
// List-Unsubscribe headers (norm EML-2).
Result<std::string> sign(std::string message, const std::vector<DkimKey>& keys, Seconds now);

struct Envelope {
    std::string sender;     // envelope address, "" for the null sender
    std::string recipient;
    std::string data;       // a composed message
};

enum class Delivery { sent, retry, refused };  // accepted; try again (4xx, no answer); 5xx for good
struct Outcome {
    Delivery delivery = Delivery::retry;
    std::string reply;  // the server's last line, or what went wrong; starts with "maybe delivered" when the connection was
                        // lost after the whole message had gone out: a second try may make a second copy
};

class Transport {
public:
    virtual ~Transport() = default;
    // Delivers each envelope; one outcome each, in order. Blocks until all have one. Thread-safe. When no connection works
    // any more, what is left gets `retry` at once, so a dead server costs one timeout however many messages wait.
    virtual std::vector<Outcome> deliver(const std::vector<Envelope>& envelopes) = 0;
    // The program ends: what is being sent has three more seconds, everything else gets `retry` at once, now and later.
    virtual void stop() {}
};

// "outbox:DIR" (one .eml a message, complete before it appears under its name; the same Message-ID again replaces it) or
// "smtp://[user:password@]host[:port]", "smtps://" for TLS before the greeting. User and password percent-encoded.
// Query parameters of the smtp forms: ?connections=4&timeout=30&tls=require|try|none, and
//   data_timeout=30  seconds for the answer to end-of-data, as long as timeout unless said; RFC 5321 section 4.5.3.2 would
//                    wait ten minutes: raise it for a server that filters before it answers, lest mail goes out twice
//   messages=100     a connection; idle=5 seconds it is kept unused; helo=NAME; ca=FILE of authorities trusted besides
// tls is "require" (certificate checked) when there is a user, else "try" (encrypted where offered, not checked).
Result<std::unique_ptr<Transport>> make_transport(std::string_view url);

}  // namespace verbatim::mail
