#include "engine/http/stream.h"

#include <asio/post.hpp>

#include "engine/http/connection.h"

namespace verbatim::http {

namespace {

void append_chunk(std::string& out, std::string_view bytes) {
    char size[20];
    std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
    out += size;
    out += bytes;
    out += "\r\n";
}

}  // namespace

bool Stream::write(std::string_view bytes) {
    std::lock_guard lock(mutex_);
    if (gone_ || ended_ || overrun_) return false;
    if (waiting_.size() + bytes.size() > options_.most_waiting) {
        overrun_ = true;
        waiting_ = std::string();
    } else {
        waiting_ += bytes;
    }
    wake_connection();
    return !overrun_;
}

void Stream::end() {
    std::lock_guard lock(mutex_);
    ended_ = true;
    wake_connection();
}

bool Stream::over() const {
    std::lock_guard lock(mutex_);
    return gone_ || ended_ || overrun_;
}

std::size_t Stream::waiting() const {
    std::lock_guard lock(mutex_);
    return waiting_.size();
}

// One wake on its way is enough, however many pieces are written meanwhile. The loop outlives its connections.
void Stream::wake_connection() {
    if (!connection_ || woken_) return;
    woken_ = true;
    asio::post(loop_->context(), [self = shared_from_this()] {
        Connection* connection;
        bool overrun;
        {
            std::lock_guard lock(self->mutex_);
            self->woken_ = false;
            connection = self->connection_;
            overrun = self->overrun_;
        }
        if (connection) connection->stream_ready(overrun);
    });
}

void Stream::attach(Loop& loop, Connection& connection) {
    std::lock_guard lock(mutex_);
    loop_ = &loop;
    connection_ = &connection;
}

void Stream::detach() {
    std::lock_guard lock(mutex_);
    connection_ = nullptr;
    gone_ = true;
    waiting_ = std::string();
}

bool Stream::take(std::string& bytes) {
    std::lock_guard lock(mutex_);
    bytes = std::exchange(waiting_, {});
    return !ended_ && !overrun_;
}

// The reader hears from us or goes; meanwhile only the descriptor, this frame and an empty buffer are kept.
Answer Connection::stream_out(std::shared_ptr<Stream> stream) {
    struct Detach {
        Stream& stream;
        ~Detach() { stream.detach(); }
    } const detach{*stream};
    stream->attach(loop_, *this);
    const bool chunked = !http_1_0_;
    buffer_.take(buffer_.view().size());  // whatever was sent behind the request is not answered any more
    buffer_.release();
    request_ = Request{};
    std::string bytes, framed;
    while (true) {
        const bool more = stream->take(bytes) && !loop_.draining();
        if (!bytes.empty()) {
            framed.clear();
            if (chunked) append_chunk(framed, bytes);
            else framed = std::move(bytes);
            pending_.add(framed);
            if (!co_await flush()) co_return false;
            bytes = std::string();
            framed = std::string();
            continue;  // more may have come meanwhile
        }
        if (!more) break;
        wait(Waits::stream, stream->options_.heartbeat_seconds);
        const bool readable = co_await Readable{socket_};
        waits_ = Waits::nothing;
        if (cut_) co_return false;
        if (timed_out_) {
            timed_out_ = false;
            if (!stream->options_.heartbeat.empty()) stream->write(stream->options_.heartbeat);
            continue;
        }
        if (!readable) continue;  // woken
        char unread[512];
        const auto count = ::recv(socket_.native_handle(), unread, sizeof unread, MSG_DONTWAIT);
        if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) co_return false;
    }
    if (chunked) {
        pending_.add("0\r\n\r\n");
        co_await flush();
    }
    co_return true;
}

// There is something to send, or nothing more will come.
void Connection::stream_ready(bool overrun) {
    if (overrun) cut_ = true;
    if (waits_ != Waits::stream && !overrun) return;  // the coroutine looks again by itself
    asio::error_code ignored;
    socket_.cancel(ignored);
}

}  // namespace verbatim::http
