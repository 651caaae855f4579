// Files that come in: CSV or JSON Lines, packed or not, or standard input. Every good row is taken and every bad one is
// reported with its line and reason; doing it twice changes nothing. Memory is bounded whatever the file's size. What a row
// means is the caller's: this module knows no domain.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/intake/row.h"
#include "engine/storage/storage.h"
#include "ground/base/result.h"
#include "ground/formats/input.h"

namespace verbatim::intake {

struct Counts {
    std::uint64_t read = 0, taken = 0, already = 0, rejected = 0;  // read = taken + already + rejected
};

std::string summary(const Counts& counts);   // "12 read, 10 taken, 1 already there, 1 rejected"
int exit_code(const Counts& counts);         // 1 where rows were read and every one was rejected, else 0

enum class Outcome { taken, already };  // taken: new or changed

struct Options {
    std::size_t batch = 500;     // rows a transaction
    std::size_t parsers = 1;     // threads that parse while rows are stored; 0: none beside the caller
    bool progress = true;        // rows and rate on stderr once a second, where that is a terminal
    std::function<void(const Counts&)> watch = {};  // after each batch that is stored, by the thread that called
    std::string rejected;        // where rejected rows go: a path; empty: FILE.rejected.csv, or stderr for "-"
};

// One kind of file.
template <class T>
struct Kind {
    std::vector<std::string> required;  // columns that must be there; each row must fill them
    // A row's meaning, or why it has none. Runs on several threads at once.
    std::function<Result<T>(const Row&)> parse;
    // The same from a line of JSON, for files read in bulk (`padding` readable bytes behind it); may be left out.
    std::function<Result<T>(std::string_view line)> parse_json;
    // What may stand in a file only once: a second row with the same key and other values is rejected. May be left out.
    std::function<std::string(const T&)> key;
    // Stores a batch in one transaction, one outcome a row in order. An Error row must have left nothing behind. Where a
    // constraint refuses the batch, it is tried again by halves, down to the row that is to blame.
    std::function<std::vector<Result<Outcome>>(storage::Tx&, std::span<const T>)> store;
};

namespace detail {

// A batch of rows as values of the caller's type, kept apart from the machinery.
class Values {
public:
    virtual ~Values() = default;
};

struct Handler {
    std::vector<std::string> required;
    bool json_lines = false;  // parse_line is there
    std::function<std::unique_ptr<Values>()> make;
    std::function<Result<void>(Values&, const Row&, std::string* key)> parse;
    std::function<Result<void>(Values&, std::string_view line, std::string* key)> parse_line;
    bool keyed = false;
    // Stores the values at these places of the list.
    std::function<std::vector<Result<Outcome>>(storage::Tx&, const Values&, std::span<const std::size_t> chosen)> store;
};

Result<Counts> run(storage::Db& db, const std::string& path, Input* input, const Handler& handler, const Options& options);

template <class T>
struct ValuesOf final : Values {
    std::vector<T> list;
};

template <class T>
Handler handler_of(const Kind<T>& kind) {
    const auto add = [kind](Values& values, Result<T> value, std::string* key) -> Result<void> {
        if (!value.ok()) return value.error();
        if (key && kind.key) *key = kind.key(*value);
        static_cast<ValuesOf<T>&>(values).list.push_back(std::move(*value));
        return {};
    };
    Handler handler;
    handler.required = kind.required;
    handler.json_lines = static_cast<bool>(kind.parse_json);
    handler.keyed = static_cast<bool>(kind.key);
    handler.make = [] { return std::make_unique<ValuesOf<T>>(); };
    handler.parse = [kind, add](Values& values, const Row& row, std::string* key) { return add(values, kind.parse(row), key); };
    if (kind.parse_json) handler.parse_line = [kind, add](Values& values, std::string_view line, std::string* key) { return add(values, kind.parse_json(line), key); };
    handler.store = [kind](storage::Tx& tx, const Values& values, std::span<const std::size_t> chosen) {
        const auto& list = static_cast<const ValuesOf<T>&>(values).list;
        if (chosen.size() == list.size()) return kind.store(tx, std::span<const T>(list));
        std::vector<T> some;
        some.reserve(chosen.size());
        for (const std::size_t index : chosen) some.push_back(list[index]);
        return kind.store(tx, std::span<const T>(some));
    };
    return handler;
}

}  // namespace detail

// Reads the file at `path` ("-" is standard input) into the database. The error of a file that cannot be read says what to
// do, and what was taken until then stays.
template <class T>
Result<Counts> run(storage::Db& db, const std::string& path, const Kind<T>& kind, const Options& options = {}) {
    return detail::run(db, path, nullptr, detail::handler_of(kind), options);
}
// The same from an open input; `name` stands in messages, and its ending tells the format.
template <class T>
Result<Counts> run(storage::Db& db, const std::string& name, Input& input, const Kind<T>& kind, const Options& options = {}) {
    return detail::run(db, name, &input, detail::handler_of(kind), options);
}

}  // namespace verbatim::intake
