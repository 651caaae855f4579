// One client's connection: reads requests, answers them in their order, from the window at once or from the counter through
// a worker.
#pragma once

#include "engine/http/loop.h"
#include "engine/http/parser.h"
#include "engine/http/read_buffer.h"
#include "engine/http/reply.h"

namespace verbatim::http {

class Connection {
public:
    static void open(Loop& loop, int descriptor, std::string remote);
    ~Connection();

    // Called by the loop, on its thread.
    void expire(std::int64_t now);
    void drain();
    void cut();
    void stream_ready(bool overrun);

private:
    static constexpr std::size_t bytes_a_second = 64 * 1024;  // slower than this over a whole body, and the time is up
    enum class Waits { nothing, idle, head, body, work, write, stream, linger };
    enum class Next { again, more, counter, refuse, close };

    Connection(Loop& loop, int descriptor, std::string remote);
    static Detached serve(std::unique_ptr<Connection> self);
    Answer run();

    void wait(Waits what, std::int64_t seconds);
    void wait_for_request();
    Next answer_from_window();
    void add_page(const Head& head, std::shared_ptr<const FinishedPage> page);
    std::string_view tail(bool keep_alive, bool http_1_0) const;

    Answer answer_at_counter();         // true: go on with the next request
    bool admit();                       // fills request_; false: refused
    Answer read_body(bool chunked, std::uint64_t length, std::size_t most);
    bool hold_body();                   // counts the body's bytes against the server's bound
    void work();                        // on a worker thread
    void refuse(int status, std::string_view what, int retry_after = 0);
    Answer send_reply();
    Answer flush();
    Answer stream_out(std::shared_ptr<Stream> stream);
    Answer linger();
    void write_access_line(std::string_view method, std::string_view target, std::string_view id, std::string_view remote, std::string_view agent,
                           int status, std::size_t bytes, long microseconds);

    Loop& loop_;
    Shared& shared_;
    Socket socket_;
    const std::string peer_;
    std::size_t index_;                 // in the loop's list
    ReadBuffer buffer_;
    HeadParser parser_;
    Batch pending_;                     // what the socket would not take at once
    std::shared_ptr<const Tails> tails_;
    Waits waits_ = Waits::nothing;
    std::int64_t deadline_ = 0;
    bool fresh_ = true, timed_out_ = false, cut_ = false;

    // The counter request under way.
    Request request_;
    Asked asked_;
    Reply reply_;
    bool keep_alive_ = true, http_1_0_ = false;
    std::uint64_t held_bytes_ = 0;
    long handler_microseconds_ = 0;

    friend struct OnWorker;
};

}  // namespace verbatim::http
