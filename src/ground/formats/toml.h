// TOML 1.0 as a plain tree in which every key and value knows its line, so that a mistake can be named where it stands. Only
// toml.cpp knows the library behind it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ground/base/result.h"

namespace verbatim::toml {

struct Entry;

struct Node {
    enum class Kind { text, integer, real, flag, list, table, moment };
    Kind kind = Kind::table;
    int line = 0;               // where the value begins, from 1
    std::string text;           // text; of a moment 2026-11-27, "time" or "date and time"
    std::int64_t integer = 0;
    double real = 0;
    bool flag = false;
    std::vector<Node> list;
    std::vector<Entry> table;   // in the file's order

    const Entry* find(std::string_view key) const;
};

struct Entry {
    std::string key;
    int line = 0;  // where the key stands
    Node value;
};

std::string_view kind_name(Node::Kind kind);  // "a text", "a whole number", ...

inline constexpr std::size_t largest_file = 1 << 20;

// A file at most 1 MiB, nested at most 32 deep. The error's field is the line where reading stopped, as decimal digits.
Result<Node> parse(std::string_view text);

}  // namespace verbatim::toml
