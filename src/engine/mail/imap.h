// A mailbox read by IMAP (RFC 9051): what is unseen is fetched without marking it, and marked when the caller has kept it. libcurl makes the
// connection (TLS with a good certificate, CAPABILITY, authentication); the few commands behind that are spoken here, for libcurl's own fetch
// marks a message as seen before anybody could keep what it says. No connection without TLS leaves this machine.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ground/base/result.h"

namespace verbatim::mail {

struct ImapSettings {
    std::string host, port, user, password, mailbox = "INBOX";
    bool tls_first = true;   // imaps; else STARTTLS, or nothing at all towards this machine itself
    bool loopback = false;
    std::string ca_file;     // trusted instead of the system's authorities
    int timeout_seconds = 30;  // each step
};

// imaps://user@host[:port]/MAILBOX and imap://...; user and mailbox percent-encoded, no password. Error "imap_url".
Result<ImapSettings> parse_imap_url(std::string_view url);

class ImapBox {
public:
    // Connects and selects the mailbox. Error "imap" with the server's or the system's words, never the password.
    static Result<std::unique_ptr<ImapBox>> open(const ImapSettings& settings);
    ~ImapBox();
    ImapBox(const ImapBox&) = delete;
    ImapBox& operator=(const ImapBox&) = delete;

    // UIDs of unseen messages, oldest first; at most `most`. After an Error the box is of no use any more.
    Result<std::vector<std::uint32_t>> unseen(std::size_t most);
    // Its first most_of_a_report bytes (returned.h), still unseen; empty where it is gone.
    Result<std::string> fetch(std::uint32_t uid);
    Result<void> mark_seen(std::uint32_t uid);

private:
    struct Impl;
    explicit ImapBox(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace verbatim::mail
