// The SMTP dialogue on one connection (RFC 5321, 2920 pipelining, 3207 STARTTLS, 4954 AUTH, 1870 SIZE).
// Internal to engine/mail, and for its .cpp files only.
#pragma once

#include "engine/mail/smtp_queue.h"
#include "engine/mail/smtp_wire.h"

namespace verbatim::mail {

class Session {
public:
    Session(std::shared_ptr<Wire> wire, const SmtpSettings& settings, Queue& queue) : wire_(std::move(wire)), settings_(settings), queue_(queue) {}

    // Greeting, EHLO, TLS, AUTH. False: the wire's failure says why, no message was touched.
    asio::awaitable<bool> open();
    // Sends until the queue is empty, the connection has had its share, or the wire fails. Every message it took is then
    // settled or back in the queue.
    asio::awaitable<void> work();
    asio::awaitable<void> quit();

    bool spent() const { return messages_ >= settings_.messages; }
    bool progressed() const { return progressed_; }  // the server gave its verdict on a message

private:
    struct Offer {
        Reply verdict;           // the first reply that was not good, or the 354
        bool data_open = false;  // the server waits for data
    };

    asio::awaitable<Reply> answer(std::string_view name, std::chrono::milliseconds patience);
    asio::awaitable<Reply> command(std::string_view name, std::string_view line);
    asio::awaitable<bool> hello();
    asio::awaitable<bool> secure();
    asio::awaitable<bool> authenticate();
    void read_features(const Reply& ehlo);
    Item* take();
    std::string opening(const Envelope& envelope) const;  // MAIL, RCPT, DATA in one group
    asio::awaitable<Offer> offer(const Envelope& envelope, bool asked);
    asio::awaitable<Item*> send(Item* item);
    asio::awaitable<void> turn_down(Item* item, Offer offer);
    void lost_before_data(Item* item);

    std::shared_ptr<Wire> wire_;
    const SmtpSettings& settings_;
    Queue& queue_;
    bool extended_ = false, pipelining_ = false, tls_offered_ = false, auth_plain_ = false, auth_login_ = false, size_offered_ = false;
    std::size_t size_limit_ = 0;  // 0: none told
    int messages_ = 0;
    bool progressed_ = false;
};

}  // namespace verbatim::mail
