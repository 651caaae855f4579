// One I/O thread: its connections, its coarse clock, and the sweep that cuts off who is too slow. All timeouts hang on one
// timer a second, so that a request costs no timer.
#pragma once

#include <sys/uio.h>

#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/steady_timer.hpp>

#include <memory>
#include <thread>

#include "engine/http/shared.h"
#include "engine/http/task.h"

namespace verbatim::http {

class Connection;

// The live end of every head: Date, Connection and the empty line. Made once a second.
struct Tails {
    std::string keep_alive;      // HTTP/1.1: said by silence
    std::string keep_alive_1_0;
    std::string close;
    std::string moment;          // for the access log
};

// Responses on their way into one writev.
struct Batch {
    std::vector<iovec> pieces;
    std::vector<std::shared_ptr<const FinishedPage>> pages;  // keep the bytes alive until they are sent
    std::size_t first = 0;                                   // of the pieces not yet sent

    void add(std::string_view bytes) {
        if (!bytes.empty()) pieces.push_back({const_cast<char*>(bytes.data()), bytes.size()});
    }
    bool empty() const { return first == pieces.size(); }
    void clear() {
        pieces.clear();
        pages.clear();
        first = 0;
    }
    // Sends what the socket takes at once. false: the connection is broken.
    bool send(int descriptor);
};

class Loop {
public:
    explicit Loop(Shared& shared);
    ~Loop();

    void start();
    void join();                           // returns when the last connection is gone
    void drain();                          // from any thread: idle connections close, others after their response
    void cut();                            // from any thread: every connection closes now
    void adopt(int descriptor, std::string remote);  // from any thread: an accepted socket

    asio::io_context& context() { return context_; }
    std::int64_t now() const { return now_; }  // seconds, only grows
    const std::shared_ptr<const Tails>& tails() const { return tails_; }
    bool draining() const { return draining_; }
    std::string next_id();

    Shared& shared;
    Counters counters;
    Batch batch;  // of the connection being answered; nobody else is at the same time

private:
    friend class Connection;
    void tick();
    void schedule_tick();

    asio::io_context context_;
    asio::executor_work_guard<asio::io_context::executor_type> work_;
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, asio::io_context::executor_type> timer_;
    std::thread thread_;
    std::vector<Connection*> connections_;
    std::shared_ptr<const Tails> tails_;
    std::int64_t now_ = 0;
    bool draining_ = false, ending_ = false;
    std::string id_prefix_;
    std::uint32_t id_count_ = 0;
};

}  // namespace verbatim::http
