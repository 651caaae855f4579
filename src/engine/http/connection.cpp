#include "engine/http/connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "engine/http/negotiate.h"
#include "engine/http/names.h"
#include "ground/base/log.h"

namespace verbatim::http {

namespace {

constexpr std::size_t most_batched = 256;        // responses in one writev
constexpr int linger_seconds = 5, linger_seconds_draining = 1;

const FinishedPage::Coded& choose(const FinishedPage& page, std::string_view accept_encoding) {
    if (accept_encoding.empty() || (!page.gzip && !page.brotli)) return page.identity;
    const auto accepted = accepted_codings(accept_encoding);
    const int brotli = page.brotli ? accepted.brotli : 0;
    const int gzip = page.gzip ? accepted.gzip : 0;
    if (brotli > 0 && brotli >= gzip && brotli >= accepted.identity) return *page.brotli;
    if (gzip > 0 && gzip >= accepted.identity) return *page.gzip;
    return page.identity;
}

}  // namespace

void Connection::open(Loop& loop, int descriptor, std::string remote) {
    std::unique_ptr<Connection> connection(new Connection(loop, descriptor, std::move(remote)));
    serve(std::move(connection));
}

Connection::Connection(Loop& loop, int descriptor, std::string remote)
    : loop_(loop), shared_(loop.shared), socket_(loop.context()), peer_(std::move(remote)), index_(loop.connections_.size()),
      buffer_(std::max<std::size_t>(loop.shared.options.limits.header_bytes + 1, 64 * 1024)), parser_(loop.shared.options.limits.header_bytes) {
    loop_.connections_.push_back(this);
    asio::error_code ignored;
    socket_.assign(peer_.find(':') == std::string::npos ? asio::ip::tcp::v4() : asio::ip::tcp::v6(), descriptor, ignored);
    const int yes = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

Connection::~Connection() {
    loop_.connections_[index_] = loop_.connections_.back();
    loop_.connections_[index_]->index_ = index_;
    loop_.connections_.pop_back();
    shared_.body_bytes -= held_bytes_;
    if (--shared_.open == 0) {
        std::lock_guard lock(shared_.drained_mutex);
        shared_.drained.notify_all();
    }
}

void Connection::wait(Waits what, std::int64_t seconds) {
    waits_ = what;
    deadline_ = loop_.now() + seconds + 1;  // the clock is coarse: never too early
}

void Connection::wait_for_request() {
    const auto& limits = shared_.options.limits;
    if (buffer_.view().empty()) {
        buffer_.rest();
        // A new connection must say something as quickly as one that has begun.
        wait(Waits::idle, fresh_ ? std::min(limits.idle_seconds, limits.header_seconds) : limits.idle_seconds);
    } else if (waits_ != Waits::head) {
        wait(Waits::head, limits.header_seconds);  // from its first byte: more bytes do not move it
    }
}

void Connection::expire(std::int64_t now) {
    if (waits_ == Waits::nothing || waits_ == Waits::work || now < deadline_) return;
    timed_out_ = true;
    asio::error_code ignored;
    socket_.cancel(ignored);
}

void Connection::drain() {
    if (waits_ != Waits::idle && waits_ != Waits::stream) return;
    cut_ = waits_ == Waits::idle;  // a stream is ended in order
    asio::error_code ignored;
    socket_.cancel(ignored);
}

void Connection::cut() {
    cut_ = true;
    asio::error_code ignored;
    if (waits_ != Waits::work) socket_.cancel(ignored);
}

Detached Connection::serve(std::unique_ptr<Connection> self) {
    try {
        co_await self->run();
    } catch (const std::exception& fault) {
        log::error("connection failed", {{"fault", fault.what()}});
    }
}

// true where the connection ended in order.
Answer Connection::run() {
    while (true) {
        Next next = answer_from_window();
        if (!loop_.batch.empty()) {
            if (!loop_.batch.send(socket_.native_handle())) co_return false;
            if (!loop_.batch.empty()) {
                std::swap(pending_, loop_.batch);
                if (!co_await flush()) co_return false;
            }
            loop_.batch.clear();
        }
        if (next == Next::again) continue;
        if (next == Next::refuse) {
            asked_.method = parser_.head().method;
            co_await send_reply();
            next = Next::close;
        } else if (next == Next::counter) {
            if (co_await answer_at_counter()) continue;
            next = Next::close;
        }
        if (next == Next::close) co_return co_await linger();

        wait_for_request();
        if (loop_.draining() && waits_ == Waits::idle) co_return true;
        ReadSome read{socket_, buffer_.room()};
        co_await read;
        if (timed_out_ && waits_ == Waits::head && !cut_) {
            timed_out_ = false;
            refuse(408, "the header took too long");
            co_await send_reply();
            co_return co_await linger();
        }
        if (read.count == 0 || timed_out_ || cut_) co_return false;
        buffer_.received(read.count);
        fresh_ = false;
    }
}

std::string_view Connection::tail(bool keep_alive, bool http_1_0) const {
    if (!keep_alive) return tails_->close;
    return http_1_0 ? tails_->keep_alive_1_0 : tails_->keep_alive;
}

// Answers as many whole requests of the buffer as the window holds.
Connection::Next Connection::answer_from_window() {
    if (tails_ != loop_.tails()) tails_ = loop_.tails();
    auto& batch = loop_.batch;
    batch.clear();  // whatever happened to the connection before this one, its bytes are not ours
    while (batch.pages.size() < most_batched) {
        switch (parser_.parse(buffer_.view())) {
            case Step::more: return Next::more;
            case Step::bad:
                refuse(parser_.status(), parser_.fault());
                return Next::refuse;
            case Step::done: break;
        }
        const Head& head = parser_.head();
        if (!is_reading(head.method)) return Next::counter;
        if (head.has_body()) {
            // RFC 9110 section 9.3.1: it has no meaning, and serves to smuggle.
            refuse(400, "a GET has no body");
            return Next::refuse;
        }
        std::shared_ptr<const FinishedPage> page;
        try {
            if (shared_.window) page = shared_.window(head.target);
        } catch (const std::exception& fault) {
            log::error("the shop window failed", {{"fault", fault.what()}});
            refuse(500, {});
            return Next::refuse;
        }
        if (!page) return Next::counter;
        const bool keep_alive = head.keep_alive && !loop_.draining();
        add_page(head, std::move(page));
        buffer_.take(parser_.length());
        parser_.reset();
        waits_ = Waits::nothing;
        if (!keep_alive) return Next::close;
    }
    return Next::again;
}

void Connection::add_page(const Head& head, std::shared_ptr<const FinishedPage> page) {
    auto& batch = loop_.batch;
    const auto& coded = choose(*page, head.accept_encoding);
    const bool known = !head.if_none_match.empty() && names_etag(head.if_none_match, coded.etag);
    const bool bodiless = known || head.method == Method::head;
    batch.add(known ? coded.not_modified : coded.head);
    batch.add(tail(head.keep_alive && !loop_.draining(), head.http_1_0));
    if (!bodiless) batch.add(coded.body);
    loop_.counters.requests.add();
    loop_.counters.window_hits.add();
    loop_.counters.by_class[known ? 3 : 2].add();
    if (shared_.access_log.on())
        write_access_line(method_name(head.method), head.target, loop_.next_id(), shared_.proxies.client(peer_, head.forwarded_for), head.user_agent,
            known ? 304 : 200, bodiless ? 0 : coded.body.size(), -1);
    batch.pages.push_back(std::move(page));
}

void Connection::write_access_line(std::string_view method, std::string_view target, std::string_view id, std::string_view remote,
                                   std::string_view agent, int status, std::size_t bytes, long microseconds) {
    AccessLine line;
    line.at = loop_.tails()->moment;
    line.id = id;
    line.remote = remote;
    line.method = method;
    line.target = target;
    line.user_agent = agent;
    line.status = status;
    line.bytes = bytes;
    line.microseconds = microseconds;
    shared_.access_log.write(line);
}

void Connection::refuse(int status, std::string_view what, int retry_after) {
    const auto target = request_.id.empty() ? target_so_far(buffer_.view()) : std::string_view(request_.target);
    reply_ = asked_by_program(target) ? problem_refusal(status, what) : refusal(status, what);
    if (retry_after > 0) append_field(reply_.head, "Retry-After", std::to_string(retry_after));
    keep_alive_ = false;
    ++shared_.rejected;
}

Answer Connection::send_reply() {
    if (loop_.draining()) keep_alive_ = false;
    tails_ = loop_.tails();
    pending_.add(reply_.head);
    pending_.add(tail(keep_alive_, http_1_0_));
    if (asked_.method != Method::head) pending_.add(reply_.body);
    loop_.counters.requests.add();
    loop_.counters.by_class[static_cast<std::size_t>(reply_.status / 100 % 6)].add();
    if (shared_.access_log.on()) {
        const bool known = !request_.id.empty();
        write_access_line(known ? method_name(request_.method) : "-", known ? std::string_view(request_.target) : "-", known ? request_.id : loop_.next_id(),
            known ? std::string_view(request_.remote) : peer_, known ? request_.field("User-Agent") : "", reply_.status, reply_.body.size(), handler_microseconds_);
    }
    co_return co_await flush();
}

// Sends what is pending; false where the client went away or took too long.
Answer Connection::flush() {
    std::size_t bytes = 0;
    for (auto i = pending_.first; i < pending_.pieces.size(); ++i) bytes += pending_.pieces[i].iov_len;
    wait(Waits::write, shared_.options.limits.body_seconds + static_cast<std::int64_t>(bytes / bytes_a_second));
    while (true) {
        if (!pending_.send(socket_.native_handle())) co_return false;
        if (pending_.empty()) break;
        if (!co_await Writable{socket_} || timed_out_ || cut_) co_return false;
    }
    pending_.clear();
    waits_ = Waits::nothing;
    co_return true;
}

// Says the end and reads on for a moment: closing with bytes unread would make the kernel reset the connection, and the
// client might never see the response (RFC 9112 section 9.6).
Answer Connection::linger() {
    asio::error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    wait(Waits::linger, loop_.draining() ? linger_seconds_draining : linger_seconds);
    buffer_.take(buffer_.view().size());
    while (!cut_ && !timed_out_) {
        ReadSome read{socket_, buffer_.room()};
        if (co_await read == 0) break;
    }
    co_return true;
}

}  // namespace verbatim::http
