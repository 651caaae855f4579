// The program's own voice: one JSON object a line on stderr. Never a customer's words, name or address.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace verbatim::log {

enum class Level { debug, info, warning, error };

using Value = std::variant<std::string_view, long long, double, bool>;
struct Field {
    std::string_view name;
    Value value;
    Field(std::string_view n, std::string_view v) : name(n), value(v) {}
    Field(std::string_view n, const std::string& v) : name(n), value(std::string_view(v)) {}
    Field(std::string_view n, const char* v) : name(n), value(std::string_view(v)) {}
    Field(std::string_view n, bool v) : name(n), value(v) {}
    Field(std::string_view n, double v) : name(n), value(v) {}
    template <class T>
        requires std::is_integral_v<T>
    Field(std::string_view n, T v) : name(n), value(static_cast<long long>(v)) {}
};

void set_level(Level least);  // default info
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

inline void debug(std::string_view event, std::initializer_list<Field> fields = {}) { write(Level::debug, event, fields); }
inline void info(std::string_view event, std::initializer_list<Field> fields = {}) { write(Level::info, event, fields); }
inline void warning(std::string_view event, std::initializer_list<Field> fields = {}) { write(Level::warning, event, fields); }
inline void error(std::string_view event, std::initializer_list<Field> fields = {}) { write(Level::error, event, fields); }

// Appends text as a JSON string with its quotes (RFC 8259 section 7); bytes above 0x7f pass through.
void append_json_string(std::string& out, std::string_view text);

}  // namespace verbatim::log
