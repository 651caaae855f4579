// The two coroutine types of a connection, and what they wait for. Asio's own awaitable would do the same with an executor
// and a type-erased handler more a step; here a step is one callback that resumes the frame.
#pragma once

#include <asio/buffer.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>

#include <coroutine>
#include <exception>
#include <utility>

namespace verbatim::http {

using Socket = asio::basic_stream_socket<asio::ip::tcp, asio::io_context::executor_type>;

// Runs at once and frees itself at its end; nobody waits for it, so it must catch what it throws.
struct Detached {
    struct promise_type {
        Detached get_return_object() { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
};

// A step that answers yes or no; starts when awaited.
class Answer {
public:
    struct promise_type {
        std::coroutine_handle<> awaiting;
        bool value = false;
        std::exception_ptr fault;

        struct Final {
            bool await_ready() noexcept { return false; }
            std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> ended) noexcept { return ended.promise().awaiting; }
            void await_resume() noexcept {}
        };
        Answer get_return_object() { return Answer(std::coroutine_handle<promise_type>::from_promise(*this)); }
        std::suspend_always initial_suspend() noexcept { return {}; }
        Final final_suspend() noexcept { return {}; }
        void return_value(bool answer) { value = answer; }
        void unhandled_exception() { fault = std::current_exception(); }
    };

    explicit Answer(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
    Answer(Answer&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    Answer& operator=(Answer&&) = delete;
    ~Answer() { if (handle_) handle_.destroy(); }

    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiting) noexcept {
        handle_.promise().awaiting = awaiting;
        return handle_;
    }
    bool await_resume() {
        if (handle_.promise().fault) std::rethrow_exception(handle_.promise().fault);
        return handle_.promise().value;
    }

private:
    std::coroutine_handle<promise_type> handle_;
};

// Bytes from the socket; 0 at its end or on an error.
struct ReadSome {
    Socket& socket;
    asio::mutable_buffer room;
    std::size_t count = 0;

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) {
        socket.async_read_some(room, [this, waiting](const asio::error_code& error, std::size_t bytes) {
            count = error ? 0 : bytes;
            waiting.resume();
        });
    }
    std::size_t await_resume() const noexcept { return count; }
};

// There are bytes to read, or the other end has closed; false where the wait was cancelled.
struct Readable {
    Socket& socket;
    bool ready = false;

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) {
        socket.async_wait(Socket::wait_read, [this, waiting](const asio::error_code& error) {
            ready = !error;
            waiting.resume();
        });
    }
    bool await_resume() const noexcept { return ready; }
};

// The socket takes bytes again; false on an error.
struct Writable {
    Socket& socket;
    bool ready = false;

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) {
        socket.async_wait(Socket::wait_write, [this, waiting](const asio::error_code& error) {
            ready = !error;
            waiting.resume();
        });
    }
    bool await_resume() const noexcept { return ready; }
};

}  // namespace verbatim::http
