// A file line by line, in bounded memory.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ground/formats/input.h"

namespace verbatim {

class LineReader {
public:
    static constexpr std::size_t one_mebibyte = std::size_t{1} << 20;
    // At least so many readable bytes lie behind each line's text, for parsers that read in wide steps.
    static constexpr std::size_t padding = 64;

    struct Line {
        std::size_t number = 0;    // from 1
        std::uint64_t offset = 0;  // of its first byte in the unpacked bytes
        std::string_view text;     // without LF or CR LF; valid until the next line is asked for
        bool too_long = false;     // longer than the limit: `text` is its beginning, the rest was skipped
    };

    // A leading UTF-8 byte order mark is skipped.
    explicit LineReader(Input& input, std::size_t longest = one_mebibyte) : input_(input), longest_(longest) {}

    // False at the end, and at a fault of the input (Input::fault).
    bool next(Line& line);

private:
    bool fill();

    Input& input_;
    std::size_t longest_;
    std::string buffer_;  // [begin_, end_) is unread, then padding
    std::size_t begin_ = 0, end_ = 0;
    std::uint64_t offset_ = 0;
    std::size_t number_ = 0;
    bool ended_ = false;
};

}  // namespace verbatim
