// The connection's counter lane: one request read in full, handed to a worker, answered when it comes back.
#include <asio/post.hpp>

#include "engine/http/characters.h"
#include "engine/http/connection.h"
#include "engine/http/names.h"
#include "engine/http/percent.h"
#include "engine/http/stream.h"

namespace verbatim::http {

namespace {

constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

// Runs the handler on a worker and comes back to the loop. false: no worker was free to take it.
struct OnWorker {
    Connection& connection;
    bool taken = true;

    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<> waiting) {
        auto* busy = &connection;
        taken = connection.shared_.workers.submit([busy, waiting] {
            busy->work();
            asio::post(busy->loop_.context(), [waiting] { waiting.resume(); });
        });
        return taken;
    }
    bool await_resume() const noexcept { return taken; }
};

// Takes the request over from the parser, whose views end with the buffer's next change.
bool Connection::admit() {
    const Head& head = parser_.head();
    request_ = Request{};
    request_.id = loop_.next_id();
    request_.method = head.method;
    request_.target = head.target;
    request_.remote = shared_.proxies.client(peer_, head.forwarded_for);
    request_.scheme = "http";
    if (shared_.proxies.trusts(peer_) && equal_without_case(head.forwarded_proto, "https")) request_.scheme = "https";
    for (const auto& field : head.fields) request_.fields.push_back({std::string(field.name), std::string(field.value)});
    asked_ = Asked{head.method, std::string(head.accept_encoding), std::string(head.if_none_match), head.http_1_0};
    http_1_0_ = head.http_1_0;
    keep_alive_ = head.keep_alive;

    if (request_.target == "*") {
        request_.path = "*";
    } else {
        const auto question = head.target.find('?');
        auto path = decode_path(head.target.substr(0, question));
        if (!path) {
            refuse(400, "malformed path");
            return false;
        }
        request_.path = std::move(*path);
        if (question != std::string_view::npos) request_.query = head.target.substr(question + 1);
    }
    if (!is_reading(head.method) && head.method != Method::options) {
        if (const int seconds = shared_.posts.take(request_.remote, loop_.now()); seconds > 0) {
            refuse(429, "too many from this address, try again later", seconds);
            return false;
        }
    }
    return true;
}

Answer Connection::answer_at_counter() {
    reply_ = Reply{};
    handler_microseconds_ = 0;
    if (admit()) {
        const Head& head = parser_.head();
        const auto& limits = shared_.options.limits;
        const bool chunked = head.chunked, expects_continue = head.expects_continue;
        const auto length = head.content_length.value_or(0);
        const auto most = starts_without_case(head.content_type, "multipart/form-data") ? limits.upload_bytes : limits.form_bytes;
        buffer_.take(parser_.length());
        parser_.reset();
        bool complete = true;
        if (chunked || length > 0) {
            if (expects_continue && length <= most && buffer_.view().empty()) {
                pending_.add(go_on);
                if (!co_await flush()) co_return false;
            }
            complete = co_await read_body(chunked, length, most);
            if (!complete && reply_.status == 0) co_return false;  // the client is gone
        }
        waits_ = Waits::work;
        if (complete && !co_await OnWorker{*this}) refuse(503, "busy, try again in a moment", 1);
        if (cut_) {
            if (reply_.stream) reply_.stream->end();
            co_return false;
        }
    }
    const auto stream = std::exchange(reply_.stream, nullptr);
    if (stream) keep_alive_ = false;
    bool sent = co_await send_reply();
    if (stream) sent = sent ? co_await stream_out(stream) : (stream->end(), false);
    shared_.body_bytes -= std::exchange(held_bytes_, 0);
    request_ = Request{};
    reply_ = Reply{};
    waits_ = Waits::nothing;
    co_return sent && keep_alive_;
}

bool Connection::hold_body() {
    const auto grown = request_.body.size() - held_bytes_;
    held_bytes_ += grown;
    if (shared_.body_bytes.fetch_add(grown) + grown <= shared_.options.limits.all_bodies_bytes) return true;
    refuse(503, "busy, try again in a moment", 1);
    return false;
}

// The body in full, or false with a refusal in reply_, or false without one where the client went away.
Answer Connection::read_body(bool chunked, std::uint64_t length, std::size_t most) {
    if (length > most) {
        refuse(413, "the body is too large");
        co_return false;
    }
    const auto& limits = shared_.options.limits;
    ChunkedReader chunks(most);
    const std::int64_t begun = loop_.now();
    while (true) {
        auto bytes = buffer_.view();
        const auto available = bytes.size();
        Step step;
        if (chunked) {
            step = chunks.feed(bytes, request_.body);
        } else {
            const auto piece = bytes.substr(0, length - request_.body.size());
            request_.body += piece;
            bytes.remove_prefix(piece.size());
            step = request_.body.size() == length ? Step::done : Step::more;
        }
        buffer_.take(available - bytes.size());
        if (!hold_body()) co_return false;
        if (step == Step::done) co_return true;
        if (step == Step::bad) {
            refuse(chunks.status(), chunks.status() == 413 ? "the body is too large" : "malformed chunk");
            co_return false;
        }
        // A large upload over a thin line gets the time it needs, a trickle does not.
        wait(Waits::body, begun - loop_.now() + limits.body_seconds + static_cast<std::int64_t>(request_.body.size() / bytes_a_second));
        ReadSome read{socket_, buffer_.room()};
        co_await read;
        if (timed_out_ && !cut_) {
            timed_out_ = false;
            refuse(408, "the body took too long");
            co_return false;
        }
        if (read.count == 0 || cut_) co_return false;
        buffer_.received(read.count);
    }
}

void Connection::work() {
    if (shared_.abandoned) return;
    const auto begun = std::chrono::steady_clock::now();
    reply_ = finish_reply(shared_.router.dispatch(request_), asked_, request_.id, shared_.options.default_fields);
    request_.body = std::string();
    handler_microseconds_ = static_cast<long>(std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun).count());
}

}  // namespace verbatim::http
