// CSV as RFC 4180 writes it, UTF-8, header line first; LF is taken for CR LF, a byte order mark is skipped. Reading streams in
// bounded memory. A broken record is reported with its line and costs no good record after it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ground/formats/input.h"

namespace verbatim {

class CsvReader {
public:
    static constexpr std::size_t longest_record = std::size_t{1} << 20;  // bytes

    struct Record {
        std::size_t line = 0;                  // where it starts, from 1
        std::vector<std::string_view> fields;  // one a column, unquoted; valid until the next record is asked for
        std::string_view raw;                  // as it stands in the file, without the line's end; of a longer one its beginning
        std::string_view fault;                // why it cannot be used; empty for a good record
    };

    explicit CsvReader(Input& input) : input_(input) {}

    // Reads the header line, before anything else. Column names lose the white space around them. Fails where there is no
    // header, where it is broken, or where a name is empty or given twice.
    Result<void> read_header();
    const std::vector<std::string>& columns() const { return columns_; }

    // False at the end, and at a fault of the input (Input::fault). Blank lines are passed over. After an unbalanced quote
    // reading goes on at the next line, if one of the lines it would have swallowed is a whole record by itself.
    bool next(Record& record);

private:
    bool fill();
    std::string_view unread() const { return {buffer_.data() + begin_, end_ - begin_}; }
    void consume(std::size_t bytes);
    void skip_line();
    bool starts_record(std::size_t at);
    void read_record(Record& record);

    Input& input_;
    std::vector<std::string> columns_;
    std::string buffer_;
    std::size_t begin_ = 0, end_ = 0;
    std::size_t consume_later_ = 0;  // the record given out lies in the buffer until the next is asked for
    bool skip_later_ = false;        // ... and its line goes on beyond the buffer
    std::size_t line_ = 1;
    std::string unquoted_;           // fields with doubled quotes, undoubled
    bool ended_ = false;
};

// The field as it must be written: quoted where it holds a comma, a quote, a line's end, or white space at an edge.
std::string csv_field(std::string_view text);

// One record with CR LF at its end.
std::string csv_row(std::span<const std::string_view> fields);

}  // namespace verbatim
