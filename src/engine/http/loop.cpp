#include "engine/http/loop.h"

#include <sys/socket.h>

#include <asio/post.hpp>

#include <cerrno>
#include <cstdio>
#include <random>

#include "engine/http/connection.h"
#include "ground/base/calendar.h"
#include "ground/base/log.h"

namespace verbatim::http {

namespace {

constexpr std::size_t most_pieces = 1024;  // IOV_MAX

std::int64_t steady_seconds() {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::shared_ptr<const Tails> make_tails() {
    const Seconds now = SystemClock().now();
    const std::string date = "Date: " + format_http_date(now) + "\r\n";
    auto tails = std::make_shared<Tails>();
    tails->keep_alive = date + "\r\n";
    tails->keep_alive_1_0 = date + "Connection: keep-alive\r\n\r\n";
    tails->close = date + "Connection: close\r\n\r\n";
    tails->moment = format_moment(now);
    return tails;
}

}  // namespace

bool Batch::send(int descriptor) {
    while (!empty()) {
        msghdr message{};
        message.msg_iov = pieces.data() + first;
        message.msg_iovlen = std::min(pieces.size() - first, most_pieces);
        const ssize_t sent = ::sendmsg(descriptor, &message, MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno == EINTR) continue;
            return errno == EAGAIN || errno == EWOULDBLOCK;
        }
        auto left = static_cast<std::size_t>(sent);
        while (first < pieces.size() && left >= pieces[first].iov_len) left -= pieces[first++].iov_len;
        if (left > 0) {
            pieces[first].iov_base = static_cast<char*>(pieces[first].iov_base) + left;
            pieces[first].iov_len -= left;
        }
    }
    return true;
}

// One thread runs the context, and only it touches sockets: the reactor needs no locks.
Loop::Loop(Shared& common)
    : shared(common), context_(ASIO_CONCURRENCY_HINT_UNSAFE_IO), work_(context_.get_executor()), timer_(context_), tails_(make_tails()), now_(steady_seconds()) {
    char prefix[16];
    std::snprintf(prefix, sizeof prefix, "%08x", static_cast<unsigned>(std::random_device{}()));
    id_prefix_ = prefix;
}

Loop::~Loop() = default;

void Loop::start() {
    schedule_tick();
    thread_ = std::thread([this] {
        while (true) try {
                context_.run();
                return;
            } catch (const std::exception& fault) {
                log::error("the I/O thread stumbled and goes on", {{"fault", fault.what()}});
            }
    });
}

void Loop::join() {
    asio::post(context_, [this] {
        ending_ = true;
        timer_.cancel();
        work_.reset();
    });
    if (thread_.joinable()) thread_.join();
}

void Loop::drain() {
    asio::post(context_, [this] {
        draining_ = true;
        for (auto* connection : connections_) connection->drain();
    });
}

void Loop::cut() {
    asio::post(context_, [this] {
        for (auto* connection : connections_) connection->cut();
    });
}

void Loop::adopt(int descriptor, std::string remote) {
    asio::post(context_, [this, descriptor, from = std::move(remote)]() mutable { Connection::open(*this, descriptor, std::move(from)); });
}

std::string Loop::next_id() {
    char text[32];
    std::snprintf(text, sizeof text, "%s-%08x", id_prefix_.c_str(), ++id_count_);
    return text;
}

void Loop::schedule_tick() {
    timer_.expires_after(std::chrono::seconds(1));
    timer_.async_wait([this](const asio::error_code& error) {
        // A tick that was due already is not cancelled any more, and must not be the next one's beginning.
        if (error || ending_) return;
        tick();
        schedule_tick();
    });
}

void Loop::tick() {
    now_ = steady_seconds();
    tails_ = make_tails();
    // Backwards: who expires may leave, and the last one takes its place.
    for (auto i = connections_.size(); i-- > 0;)
        if (i < connections_.size()) connections_[i]->expire(now_);
}

}  // namespace verbatim::http
