#include "ground/base/log.h"

#include <unistd.h>

#include <atomic>
#include <cstdio>

#include "ground/base/calendar.h"

namespace verbatim::log {
namespace {

std::atomic<Level> least{Level::info};
constexpr const char* names[] = {"debug", "info", "warning", "error"};

}  // namespace

void set_level(Level level) { least = level; }

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            case '\b': out += "\\b"; break;
            case '\f': out += "\\f"; break;
            default:
                if (static_cast<unsigned char>(c) < 0x20) {
                    char escape[8];
                    std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
                    out += escape;
                } else {
                    out += c;
                }
        }
    }
    out += '"';
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
    if (level < least.load(std::memory_order_relaxed)) return;
    std::string line = "{\"at\":\"" + format_moment(SystemClock{}.now()) + "\",\"level\":\"" + names[static_cast<int>(level)] + "\",\"event\":";
    append_json_string(line, event);
    for (const auto& field : fields) {
        line += ',';
        append_json_string(line, field.name);
        line += ':';
        if (const auto* text = std::get_if<std::string_view>(&field.value)) append_json_string(line, *text);
        else if (const auto* integer = std::get_if<long long>(&field.value)) line += std::to_string(*integer);
        else if (const auto* real = std::get_if<double>(&field.value)) line += std::to_string(*real);
        else line += std::get<bool>(field.value) ? "true" : "false";
    }
    line += "}\n";
    // One write, so that lines of several threads never mix; a log that cannot be written must not stop the server.
    if (::write(2, line.data(), line.size()) < 0) return;
}

}  // namespace verbatim::log
