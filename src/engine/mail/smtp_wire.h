// One TCP connection to a mail server: deadlines, replies, TLS. Internal to engine/mail, and for its .cpp files only: it
// includes Asio.
#pragma once

#if defined(__clang__) && __clang_major__ < 16 && !defined(ASIO_HAS_CO_AWAIT)
// Asio 1.22 looks for <experimental/coroutine> with clang; libstdc++'s <coroutine> serves as well.
#define ASIO_HAS_CO_AWAIT 1
#define ASIO_HAS_STD_COROUTINE 1
#endif
#include <asio.hpp>
#include <asio/ssl.hpp>

#include "engine/mail/smtp_reply.h"
#include "engine/mail/smtp_settings.h"

namespace verbatim::mail {

// After a failure every step returns at once (false, or a reply of code 0), so that callers need to look only where they
// would look anyway; failure() says what happened first.
// The shortest patience anybody has: deadlines are looked at that often.
inline constexpr std::chrono::milliseconds glance{1000};

class Wire : public std::enable_shared_from_this<Wire> {
public:
    Wire(asio::io_context& context, asio::ssl::context& tls, const SmtpSettings& settings);

    asio::awaitable<bool> connect();
    asio::awaitable<bool> start_tls();
    // Both, one after the other, in as few system calls as may be. The views must live until it returns.
    asio::awaitable<bool> write(std::string_view first, std::string_view second = {});
    // How much of the last write can have reached the server.
    std::size_t written() const { return written_; }
    // `to` names in failures what was asked ("MAIL").
    asio::awaitable<Reply> reply(std::string_view to, std::chrono::milliseconds patience);

    void fail(std::string why);
    void close();

    bool failed() const { return !failure_.empty(); }
    bool timed_out() const { return timed_out_; }
    const std::string& failure() const { return failure_; }
    bool encrypted() const { return tls_ != nullptr; }
    bool unread() const { return read_ < arrived_.size(); }
    std::string local_address() const;  // "[192.0.2.1]" or "[IPv6:...]", as EHLO wants it

private:
    void expect(std::string_view what, std::chrono::milliseconds patience);
    void expect_nothing() { deadline_ = std::chrono::steady_clock::time_point::max(); }
    void watch();
    asio::awaitable<asio::ip::tcp::resolver::results_type> resolve();
    bool step_failed(const std::error_code& error);

    asio::io_context& context_;
    asio::ssl::context& tls_context_;
    const SmtpSettings& settings_;
    asio::ip::tcp::socket socket_;
    std::unique_ptr<asio::ssl::stream<asio::ip::tcp::socket&>> tls_;
    asio::steady_timer timer_;
    std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::time_point::max();
    std::string doing_;
    std::size_t written_ = 0;
    std::string arrived_;
    std::size_t read_ = 0;
    std::string failure_;
    bool timed_out_ = false;
    bool closed_ = false;
};

}  // namespace verbatim::mail
