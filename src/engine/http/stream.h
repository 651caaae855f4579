// A long answer: the handler gives it back at once and its worker is free; whoever keeps the stream writes pieces later, from
// any thread, and the connection's I/O thread sends them. It holds no thread and, while it is quiet, hardly any memory.
//
//   auto stream = std::make_shared<Stream>(Stream::Options{.heartbeat = ": \n\n"});
//   keep(stream);
//   return Response::streaming("text/event-stream", stream);
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace verbatim::http {

class Connection;
class Loop;

class Stream : public std::enable_shared_from_this<Stream> {
public:
    struct Options {
        std::string heartbeat;               // sent after so much silence, so that proxies keep the connection and the dead are found
        int heartbeat_seconds = 20;
        std::size_t most_waiting = 64 * 1024;  // bytes unsent; a reader slower than this is dropped
    };
    explicit Stream(Options options) : options_(std::move(options)) {}

    // false: the reader is gone, or was too slow and is now. Never blocks.
    bool write(std::string_view bytes);
    void end();                              // sends what waits, then closes
    bool over() const;                       // nobody reads any more
    // Bytes not yet given to the socket.
    std::size_t waiting() const;

private:
    friend class Connection;
    void attach(Loop& loop, Connection& connection);  // on the loop's thread, as detach and take
    void detach();
    bool take(std::string& bytes);           // what waits; false where nothing follows it
    void wake_connection();                  // with the lock held

    const Options options_;
    mutable std::mutex mutex_;
    std::string waiting_;
    Loop* loop_ = nullptr;
    Connection* connection_ = nullptr;
    bool ended_ = false, gone_ = false, overrun_ = false, woken_ = false;
};

}  // namespace verbatim::http
