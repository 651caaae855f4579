#include "engine/http/read_buffer.h"

#include <cstring>

namespace verbatim::http {

void ReadBuffer::take(std::size_t count) {
    begin_ += count;
    if (begin_ == end_) begin_ = end_ = 0;
}

asio::mutable_buffer ReadBuffer::room() {
    if (!bytes_) {
        bytes_ = std::make_unique_for_overwrite<char[]>(small);
        size_ = small;
    }
    if (begin_ > 0) {
        std::memmove(bytes_.get(), bytes_.get() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    if ((end_ == size_ || filled_) && size_ < most_) {
        const auto larger = std::min(most_, size_ * 4);
        auto grown = std::make_unique_for_overwrite<char[]>(larger);
        std::memcpy(grown.get(), bytes_.get(), end_);
        bytes_ = std::move(grown);
        size_ = larger;
    }
    return {bytes_.get() + end_, size_ - end_};
}

void ReadBuffer::received(std::size_t count) {
    end_ += count;
    filled_ = end_ == size_;
}

void ReadBuffer::rest() {
    if (size_ > small) release();
}

void ReadBuffer::release() {
    if (begin_ != end_) return;
    bytes_.reset();
    size_ = begin_ = end_ = 0;
}

}  // namespace verbatim::http
