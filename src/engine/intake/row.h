// One row of a file that comes in, as names and values; CSV and JSON Lines look the same from here.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ground/base/result.h"

namespace verbatim::intake {

struct Field {
    std::string_view name;
    std::string_view value;  // UTF-8
};

class Row {
public:
    explicit Row(std::span<const Field> fields) : fields_(fields) {}

    // The value without white space around it; "" where the column is absent or empty.
    std::string_view get(std::string_view name) const;
    // The value as it is written: for words that may not be touched.
    std::string_view exactly(std::string_view name) const;
    std::span<const Field> fields() const { return fields_; }

    // The columns that are none of `known` and hold something, as a JSON object; "" where there are none.
    std::string attributes(std::span<const std::string_view> known) const;

private:
    std::span<const Field> fields_;
};

// Reads one line of JSON Lines: an object. Numbers and booleans become their text, null is absent; a list of plain values is
// joined by ';', an object of them becomes name=value joined by ';'. Anything deeper is an error, as is a name given twice.
class JsonRows {
public:
    JsonRows();
    ~JsonRows();
    // `line` must be followed by LineReader::padding readable bytes. The fields live until the next call.
    Result<std::span<const Field>> parse(std::string_view line);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace verbatim::intake
