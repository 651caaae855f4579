#include "engine/mail/smtp_wire.h"

namespace verbatim::mail {
namespace {

using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

constexpr std::size_t write_piece = 65536;  // what one deadline is for

bool is_address(const std::string& host) {
    std::error_code error;
    asio::ip::make_address(host, error);
    return !error;
}

// What OpenSSL knows about a failed handshake, in words an operator can act on.
std::string tls_reason(SSL* handle, const std::error_code& error) {
    const long verdict = SSL_get_verify_result(handle);
    if (verdict == X509_V_OK) return error.message();
    return "certificate not accepted: " + std::string(X509_verify_cert_error_string(verdict));
}

}  // namespace

Wire::Wire(asio::io_context& context, asio::ssl::context& tls, const SmtpSettings& settings)
    : context_(context), tls_context_(tls), settings_(settings), socket_(context), timer_(context) {}

void Wire::fail(std::string why) {
    if (failure_.empty()) failure_ = settings_.host + ":" + settings_.port + ": " + std::move(why);
    close();
}

void Wire::close() {
    closed_ = true;
    std::error_code ignored;
    socket_.close(ignored);
    timer_.cancel();
}

void Wire::expect(std::string_view what, std::chrono::milliseconds patience) {
    doing_ = what;
    deadline_ = Clock::now() + patience;
}

// One timer for the connection's life. A step only moves the deadline, which costs nothing; the timer looks at it again
// when it wakes. It sleeps no longer than the shortest patience, so no deadline is overlooked.
void Wire::watch() {
    timer_.expires_at(std::min(deadline_, Clock::now() + std::min({glance, settings_.timeout, settings_.data_timeout})));
    timer_.async_wait([self = shared_from_this()](const std::error_code&) {
        if (self->closed_) return;
        if (Clock::now() >= self->deadline_) {
            self->timed_out_ = true;
            self->fail("no answer in time (" + self->doing_ + ")");
        } else {
            self->watch();
        }
    });
}

bool Wire::step_failed(const std::error_code& error) {
    if (!error && !failed()) return false;
    const bool ended = error == asio::error::eof || error == asio::error::connection_reset || error == asio::error::broken_pipe ||
                       error == asio::ssl::error::stream_truncated;
    fail((ended ? "connection lost" : error.message()) + " (" + doing_ + ")");
    return true;
}

// getaddrinfo cannot be interrupted: it runs on Asio's resolver thread, and whoever waits for it may give up before it does.
asio::awaitable<tcp::resolver::results_type> Wire::resolve() {
    struct Answer {
        explicit Answer(asio::io_context& context) : resolver(context), arrived(context) {}
        tcp::resolver resolver;
        asio::steady_timer arrived;
        std::optional<std::error_code> error;
        tcp::resolver::results_type endpoints;
    };
    auto answer = std::make_shared<Answer>(context_);
    answer->arrived.expires_after(settings_.timeout);
    answer->resolver.async_resolve(settings_.host, settings_.port, [answer](const std::error_code& error, tcp::resolver::results_type endpoints) {
        answer->error = error;
        answer->endpoints = std::move(endpoints);
        answer->arrived.cancel();
    });
    std::error_code woken;
    co_await answer->arrived.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    if (!answer->error) {
        timed_out_ = true;
        fail("no answer in time (name lookup)");
    } else if (*answer->error) {
        fail("name lookup: " + answer->error->message());
    }
    co_return answer->endpoints;
}

asio::awaitable<bool> Wire::connect() {
    tcp::resolver::results_type endpoints;
    if (is_address(settings_.host)) {
        const auto port = static_cast<unsigned short>(std::stoi(settings_.port));
        endpoints = tcp::resolver::results_type::create(tcp::endpoint(asio::ip::make_address(settings_.host), port), settings_.host, settings_.port);
    } else {
        endpoints = co_await resolve();
    }
    if (failed()) co_return false;
    expect("connect", settings_.timeout);
    watch();
    std::error_code error;
    co_await asio::async_connect(socket_, endpoints, asio::redirect_error(asio::use_awaitable, error));
    if (step_failed(error)) co_return false;
    socket_.set_option(tcp::no_delay(true), error);
    co_return true;
}

asio::awaitable<bool> Wire::start_tls() {
    if (failed()) co_return false;
    // What came before the handshake came in the clear, from anyone (CVE-2011-0411 and its kin).
    if (unread()) {
        fail("bytes between STARTTLS and the handshake; someone may be tampering with the connection");
        co_return false;
    }
    tls_ = std::make_unique<asio::ssl::stream<tcp::socket&>>(socket_, tls_context_);
    SSL* handle = tls_->native_handle();
    const bool numeric = is_address(settings_.host);
    if (!numeric) SSL_set_tlsext_host_name(handle, settings_.host.c_str());
    if (settings_.tls == Tls::require) {
        tls_->set_verify_mode(asio::ssl::verify_peer);
        if (numeric) X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(handle), settings_.host.c_str());
        else SSL_set1_host(handle, settings_.host.c_str());
    }
    expect("TLS handshake", settings_.timeout);
    std::error_code error;
    co_await tls_->async_handshake(asio::ssl::stream_base::client, asio::redirect_error(asio::use_awaitable, error));
    if (error && !failed()) fail("TLS handshake: " + tls_reason(handle, error));
    co_return !failed();
}

asio::awaitable<bool> Wire::write(std::string_view first, std::string_view second) {
    written_ = 0;
    while (first.size() + second.size() > 0 && !failed()) {
        const std::string_view head = first.substr(0, write_piece), tail = second.substr(0, write_piece - head.size());
        const std::array<asio::const_buffer, 2> buffers = {asio::buffer(head), asio::buffer(tail)};
        first.remove_prefix(head.size());
        second.remove_prefix(tail.size());
        expect("send", settings_.timeout);
        std::error_code error;
        std::size_t size = 0;
        if (tls_) size = co_await asio::async_write(*tls_, buffers, asio::redirect_error(asio::use_awaitable, error));
        else size = co_await asio::async_write(socket_, buffers, asio::redirect_error(asio::use_awaitable, error));
        // Of a TLS write that failed nobody knows how many records got through.
        written_ += tls_ ? head.size() + tail.size() : size;
        if (step_failed(error)) break;
    }
    co_return !failed();
}

asio::awaitable<Reply> Wire::reply(std::string_view to, std::chrono::milliseconds patience) {
    bool waiting = false;
    while (!failed()) {
        ReplyRead read = read_reply(std::string_view(arrived_).substr(read_));
        if (read.state == ReplyState::complete) {
            read_ += read.used;
            if (read_ == arrived_.size()) {
                arrived_.clear();
                read_ = 0;
            }
            expect_nothing();
            co_return std::move(read.reply);
        }
        if (read.state == ReplyState::malformed) {
            fail("malformed reply (" + std::string(to) + ")");
            break;
        }
        if (!waiting) expect(to, patience);  // for the whole reply: a server that drips bytes gains nothing
        waiting = true;
        const std::size_t before = arrived_.size();
        constexpr std::size_t room = 2048;
        arrived_.resize(before + room);
        std::error_code error;
        std::size_t size = 0;
        const asio::mutable_buffer target(arrived_.data() + before, room);
        if (tls_) size = co_await tls_->async_read_some(target, asio::redirect_error(asio::use_awaitable, error));
        else size = co_await socket_.async_read_some(target, asio::redirect_error(asio::use_awaitable, error));
        arrived_.resize(before + size);
        if (step_failed(error)) break;
    }
    co_return Reply{};
}

std::string Wire::local_address() const {
    std::error_code error;
    const auto address = socket_.local_endpoint(error).address();
    return (address.is_v6() ? "[IPv6:" : "[") + address.to_string() + "]";
}

}  // namespace verbatim::mail
