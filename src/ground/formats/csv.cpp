#include "ground/formats/csv.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "ground/formats/utf8.h"

namespace verbatim {
namespace {

struct Span {
    std::size_t begin = 0, end = 0;
    bool doubled = false;  // holds doubled quotes
};

enum class Shape { whole, more, unclosed, stray_quote, after_quote, stray_return };

struct Scan {
    Shape shape = Shape::whole;
    std::size_t at = 0;   // where the record's text ends (whole), or where it breaks
    std::size_t end = 0;  // behind its line end
    std::vector<Span> fields;
};

constexpr std::array<bool, 256> ends_plain_field = [] {
    std::array<bool, 256> table{};
    for (const char c : {',', '"', '\r', '\n'}) table[static_cast<unsigned char>(c)] = true;
    return table;
}();

// RFC 4180 section 2. `last`: nothing follows the text. Without it, a record that touches the end of the text asks for more.
void scan(std::string_view text, bool last, Scan& out) {
    out.fields.clear();
    const auto stop = [&](Shape shape, std::size_t at) {
        out.shape = shape;
        out.at = at;
        out.end = at;
    };
    for (std::size_t i = 0;;) {
        Span field;
        if (i < text.size() && text[i] == '"') {
            field.begin = i + 1;
            for (std::size_t from = i + 1;;) {
                const std::size_t quote = text.find('"', from);
                if (quote == std::string_view::npos) return stop(last ? Shape::unclosed : Shape::more, text.size());
                if (quote + 1 == text.size() && !last) return stop(Shape::more, text.size());
                field.end = quote;
                if (quote + 1 == text.size() || text[quote + 1] != '"') break;
                field.doubled = true;
                from = quote + 2;
            }
            i = field.end + 1;
        } else {
            field.begin = i;
            while (i < text.size() && !ends_plain_field[static_cast<unsigned char>(text[i])]) ++i;
            field.end = i;
            if (i < text.size() && text[i] == '"') return stop(Shape::stray_quote, i);
        }
        out.fields.push_back(field);
        if (i == text.size()) return stop(last ? Shape::whole : Shape::more, i);
        if (text[i] == ',') {
            ++i;
            continue;
        }
        std::size_t newline = i;
        if (text[i] == '\r') {
            if (i + 1 == text.size()) {
                if (!last) return stop(Shape::more, i);
                stop(Shape::whole, i);
                out.end = i + 1;
                return;
            }
            if (text[i + 1] != '\n') return stop(Shape::stray_return, i);
            newline = i + 1;
        }
        if (text[newline] != '\n') return stop(Shape::after_quote, i);  // a plain field ends only at one of the four
        stop(Shape::whole, i);
        out.end = newline + 1;
        return;
    }
}

std::string_view first_line(std::string_view text) {
    std::string_view line = text.substr(0, text.find('\n'));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
}

bool stands_alone(std::string_view line, std::size_t columns) {
    Scan alone;
    scan(line, true, alone);
    return !line.empty() && alone.shape == Shape::whole && alone.fields.size() == columns;
}

// How many of the lines in the text are whole records by themselves, and whether all of them are.
struct Inner {
    bool any = false, all = true;
    std::size_t lines = 0;
};
Inner look_at_lines(std::string_view text, std::size_t columns) {
    Inner inner;
    while (!text.empty()) {
        const std::string_view line = first_line(text);
        const bool alone = stands_alone(line, columns);
        inner.any = inner.any || alone;
        inner.all = inner.all && alone;
        ++inner.lines;
        const std::size_t end = text.find('\n');
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return inner;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

bool CsvReader::fill() {
    if (ended_) return false;
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    const std::size_t step = std::max<std::size_t>(std::size_t{64} * 1024, end_);
    if (buffer_.size() < end_ + step) buffer_.resize(end_ + step);
    const std::size_t got = input_.read(buffer_.data() + end_, step);
    end_ += got;
    if (got == 0) ended_ = true;
    return got != 0;
}

void CsvReader::consume(std::size_t bytes) {
    const std::string_view gone = unread().substr(0, bytes);
    line_ += static_cast<std::size_t>(std::count(gone.begin(), gone.end(), '\n'));
    begin_ += gone.size();
}

// Drops everything through the next line end.
void CsvReader::skip_line() {
    for (;;) {
        const std::size_t newline = unread().find('\n');
        if (newline != std::string_view::npos) return consume(newline + 1);
        begin_ = end_;
        if (!fill()) return;
    }
}

Result<void> CsvReader::read_header() {
    while (unread().size() < 3 && fill()) {}
    if (unread().substr(0, 3) == "\xef\xbb\xbf") begin_ += 3;
    Record header;
    if (!next(header)) return input_.fault() ? Result<void>(*input_.fault()) : invalid("no_header", "the file is empty; its first line must name the columns");
    if (!header.fault.empty()) return invalid("bad_header", "the header line is broken: " + std::string(header.fault));
    for (const std::string_view field : header.fields) {
        std::string name(trimmed(field));
        if (name.empty()) return invalid("bad_header", "a column of the header line has no name");
        if (std::find(columns_.begin(), columns_.end(), name) != columns_.end())
            return invalid("bad_header", "the header line names the column \"" + name + "\" twice");
        columns_.push_back(std::move(name));
    }
    return {};
}

bool CsvReader::next(Record& record) {
    consume(consume_later_);
    consume_later_ = 0;
    if (skip_later_) skip_line();
    skip_later_ = false;
    record = {};
    for (;;) {  // blank lines are passed over
        while (unread().size() < 2 && fill()) {}
        if (unread().empty()) return false;
        if (unread().front() == '\n') consume(1);
        else if (unread() == "\r" || unread().substr(0, 2) == "\r\n") consume(std::min<std::size_t>(2, unread().size()));
        else break;
    }
    record.line = line_;
    read_record(record);
    return true;
}

// Does a whole record start so far behind the unread bytes' beginning? It may go on over several lines.
bool CsvReader::starts_record(std::size_t at) {
    Scan scanned;
    scan(unread().substr(at), ended_, scanned);
    while (scanned.shape == Shape::more && unread().size() - at <= longest_record) {
        fill();
        scan(unread().substr(at), ended_, scanned);
    }
    return scanned.shape == Shape::whole && scanned.fields.size() == columns_.size();
}

void CsvReader::read_record(Record& record) {
    Scan scanned;
    scan(unread(), ended_, scanned);
    while (scanned.shape == Shape::more && unread().size() <= longest_record) {
        fill();
        scan(unread(), ended_, scanned);
    }
    const auto reject = [&](std::string_view why, std::size_t taken) {
        record.fault = why;
        record.raw = unread().substr(0, std::min(taken, longest_record));
        while (!record.raw.empty() && (record.raw.back() == '\n' || record.raw.back() == '\r')) record.raw.remove_suffix(1);
        consume_later_ = taken;
    };
    // Where the first line ends, as far as it can be known within a record's limit.
    std::size_t newline = unread().find('\n');
    while (newline == std::string_view::npos && unread().size() <= longest_record && fill()) newline = unread().find('\n');
    const std::size_t first_end = newline == std::string_view::npos ? unread().size() : newline + 1;
    if (newline == std::string_view::npos && !ended_) {
        skip_later_ = true;
        return reject("the record is longer than 1 MiB", unread().size());
    }

    if (scanned.shape == Shape::unclosed) return reject("unbalanced quote", first_end);
    if (scanned.shape == Shape::more) return reject("unbalanced quote, or a record longer than 1 MiB", first_end);
    const auto line_end_after = [&](std::size_t at) {
        std::size_t end = unread().find('\n', at);
        while (end == std::string_view::npos && unread().size() <= 2 * longest_record && fill()) end = unread().find('\n', at);
        return end == std::string_view::npos ? unread().size() : end + 1;
    };
    const std::size_t end = scanned.shape == Shape::whole ? scanned.end : line_end_after(scanned.at);
    const bool spans_lines = end > first_end;
    const bool counted = columns_.empty() || scanned.fields.size() == columns_.size();
    if (scanned.shape != Shape::whole || !counted) {
        const std::string_view why = scanned.shape == Shape::after_quote    ? "unbalanced quote: text after a closing quote"
                                     : scanned.shape == Shape::stray_quote  ? "unbalanced quote: a quote inside an unquoted field"
                                     : scanned.shape == Shape::stray_return ? "a carriage return without a line feed"
                                     : scanned.fields.size() < columns_.size() ? "too few fields"
                                                                               : "too many fields";
        if (!spans_lines) return reject(why, end);
        const bool swallowed = look_at_lines(unread().substr(first_end, end - first_end), columns_.size()).any || starts_record(unread().rfind('\n', end - 2) + 1);
        return swallowed ? reject("unbalanced quote", first_end) : reject(why, end);
    }
    if (spans_lines && columns_.size() > 2) {
        // A quote opened by mistake and closed by the next mistake: the lines between are records, not text.
        const std::string_view record_text = unread().substr(0, scanned.at);
        const std::size_t last_line = record_text.rfind('\n') + 1;
        if (last_line > first_end) {
            const Inner inner = look_at_lines(record_text.substr(first_end, last_line - first_end), columns_.size());
            if (inner.lines > 0 && inner.all) return reject("unbalanced quote", first_end);
        }
    }
    if (scanned.at > longest_record) return reject("the record is longer than 1 MiB", end);
    const std::string_view raw = unread().substr(0, scanned.at);
    if (raw.find('\0') != std::string_view::npos) return reject("a NUL byte", end);
    if (!valid_utf8(raw)) return reject("not UTF-8", end);

    record.raw = raw;
    consume_later_ = end;
    unquoted_.clear();
    unquoted_.reserve(raw.size());  // no view into it may move
    record.fields.reserve(scanned.fields.size());
    for (const Span& span : scanned.fields) {
        std::string_view field = raw.substr(span.begin, span.end - span.begin);
        if (span.doubled) {
            const std::size_t start = unquoted_.size();
            for (std::size_t i = 0; i < field.size(); ++i) {
                unquoted_ += field[i];
                if (field[i] == '"') ++i;
            }
            field = std::string_view(unquoted_).substr(start);
        }
        record.fields.push_back(field);
    }
}

std::string csv_field(std::string_view text) {
    const bool edge = !text.empty() && (text.front() == ' ' || text.back() == ' ');
    const bool mark = text.substr(0, 3) == "\xef\xbb\xbf";  // at a file's beginning it would be skipped
    if (!edge && !mark && text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string field = "\"";
    for (const char c : text) {
        if (c == '"') field += '"';
        field += c;
    }
    return field + '"';
}

std::string csv_row(std::span<const std::string_view> fields) {
    std::string row;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i != 0) row += ',';
        row += csv_field(fields[i]);
    }
    return row + "\r\n";
}

}  // namespace verbatim
