#include "ground/formats/toml.h"

#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_MAX_NESTED_VALUES 32
#include <toml++/toml.h>

#include <algorithm>

namespace verbatim::toml {
namespace {

// The library's namespace has our name; from here on `library` is meant.
namespace library = ::toml;

int line_of(const library::source_region& at) { return static_cast<int>(at.begin.line); }

Node copy(const library::node& from);

Node copy_table(const library::table& from) {
    Node made;
    for (const auto& [key, value] : from) {
        Entry entry{std::string(key.str()), line_of(key.source()), copy(value)};
        if (entry.value.line == 0) entry.value.line = entry.line;
        made.table.push_back(std::move(entry));
    }
    // The library sorts keys by name; people read from the top.
    std::stable_sort(made.table.begin(), made.table.end(), [](const Entry& one, const Entry& other) { return one.line < other.line; });
    return made;
}

Node copy(const library::node& from) {
    Node made;
    if (const auto* table = from.as_table()) {
        made = copy_table(*table);
    } else if (const auto* array = from.as_array()) {
        made.kind = Node::Kind::list;
        for (const auto& item : *array) made.list.push_back(copy(item));
    } else if (const auto* text = from.as_string()) {
        made.kind = Node::Kind::text;
        made.text = text->get();
    } else if (const auto* integer = from.as_integer()) {
        made.kind = Node::Kind::integer;
        made.integer = integer->get();
    } else if (const auto* real = from.as_floating_point()) {
        made.kind = Node::Kind::real;
        made.real = real->get();
    } else if (const auto* flag = from.as_boolean()) {
        made.kind = Node::Kind::flag;
        made.flag = flag->get();
    } else {
        made.kind = Node::Kind::moment;
        made.text = from.is_date() ? "date" : from.is_time() ? "time" : "date and time";
        if (const auto* date = from.as_date()) {
            char day[32];
            std::snprintf(day, sizeof day, "%04d-%02d-%02d", date->get().year, date->get().month, date->get().day);
            made.text = day;
        }
    }
    made.line = line_of(from.source());
    return made;
}

}  // namespace

const Entry* Node::find(std::string_view key) const {
    const auto found = std::find_if(table.begin(), table.end(), [&](const Entry& entry) { return entry.key == key; });
    return found == table.end() ? nullptr : &*found;
}

std::string_view kind_name(Node::Kind kind) {
    switch (kind) {
        case Node::Kind::text: return "a text";
        case Node::Kind::integer: return "a whole number";
        case Node::Kind::real: return "a number with a point";
        case Node::Kind::flag: return "true or false";
        case Node::Kind::list: return "a list";
        case Node::Kind::table: return "a table";
        case Node::Kind::moment: return "a date or time";
    }
    return "";
}

Result<Node> parse(std::string_view text) {
    if (text.size() > largest_file) return invalid("too_long", "a TOML file may have 1 MiB at most", "1");
    const auto parsed = library::parse(text);
    if (!parsed) {
        const auto& error = parsed.error();
        return invalid("toml", std::string(error.description()), std::to_string(std::max(1, line_of(error.source()))));
    }
    return copy_table(parsed.table());
}

}  // namespace verbatim::toml
