// What a connection has received: small while it is quiet, larger in a burst.
#pragma once

#include <asio/buffer.hpp>

#include <memory>
#include <string_view>

namespace verbatim::http {

// Bytes received and not yet taken.
class ReadBuffer {
public:
    std::string_view view() const { return {bytes_.get() + begin_, end_ - begin_}; }
    void take(std::size_t count);
    asio::mutable_buffer room();          // at least 1 byte; grows to hold `most` and moves what is there to the front
    void received(std::size_t count);
    void rest();                          // gives room back that a burst had needed
    void release();                       // gives all of it back, where nothing is unread
    explicit ReadBuffer(std::size_t most) : most_(most) {}

private:
    static constexpr std::size_t small = 4 * 1024;
    std::unique_ptr<char[]> bytes_;
    std::size_t size_ = 0, begin_ = 0, end_ = 0, most_;
    bool filled_ = false;                 // the last read had more to come
};

}  // namespace verbatim::http
