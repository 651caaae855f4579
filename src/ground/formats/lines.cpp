#include "ground/formats/lines.h"

#include <algorithm>
#include <cstring>

namespace verbatim {

// Adds bytes behind end_; what was consumed makes room first. False when there is no more.
bool LineReader::fill() {
    if (ended_) return false;
    if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    const std::size_t step = std::max<std::size_t>(std::size_t{64} * 1024, end_);
    if (buffer_.size() < end_ + step + padding) buffer_.resize(end_ + step + padding);
    const std::size_t got = input_.read(buffer_.data() + end_, step);
    end_ += got;
    if (got == 0) ended_ = true;
    return got != 0;
}

bool LineReader::next(Line& line) {
    const auto line_end = [&](std::size_t from) -> std::size_t {
        const void* found = from < end_ ? std::memchr(buffer_.data() + from, '\n', end_ - from) : nullptr;
        return found ? static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data()) : std::string::npos;
    };
    if (number_ == 0) {
        while (end_ - begin_ < 3 && fill()) {}
        if (end_ - begin_ >= 3 && std::memcmp(buffer_.data() + begin_, "\xef\xbb\xbf", 3) == 0) {
            begin_ += 3;
            offset_ += 3;
        }
    }
    line = {};
    line.offset = offset_;
    std::size_t end = line_end(begin_);
    while (end == std::string::npos && end_ - begin_ <= longest_ + 1) {  // one more byte for the CR
        const std::size_t seen = end_ - begin_;
        if (!fill()) break;
        end = line_end(begin_ + seen);
    }
    if (end == std::string::npos && ended_) end = end_;
    if (end == std::string::npos) {  // longer than the limit: keep its beginning, skip the rest
        line.too_long = true;
        const std::string kept(buffer_.data() + begin_, longest_);
        while (end == std::string::npos) {
            offset_ += end_ - begin_;
            begin_ = end_;
            if (!fill()) break;
            end = line_end(begin_);
        }
        if (end == std::string::npos) end = end_;
        offset_ += end - begin_ + (end < end_);
        // The beginning goes back to the front of the buffer, where the bytes read so far are no longer needed.
        const std::string rest(buffer_.data() + std::min(end + 1, end_), end_ - std::min(end + 1, end_));
        buffer_.assign(kept).append(rest);
        begin_ = kept.size();
        end_ = buffer_.size();
        buffer_.resize(end_ + padding);
        line.number = ++number_;
        line.text = {buffer_.data(), kept.size()};
        return true;
    }
    if (begin_ == end_ && ended_) return false;
    line.number = ++number_;
    line.text = {buffer_.data() + begin_, end - begin_};
    offset_ += end - begin_ + (end < end_);
    begin_ = std::min(end + 1, end_);
    if (!line.text.empty() && line.text.back() == '\r') line.text.remove_suffix(1);
    if (line.text.size() > longest_) {
        line.too_long = true;
        line.text = line.text.substr(0, longest_);
    }
    return true;
}

}  // namespace verbatim
