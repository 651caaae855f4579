#include "life/plan/compare.h"

#include <algorithm>
#include <cmath>

#include "ground/formats/toml.h"

namespace verbatim::plan {
namespace {

using toml::Node;

std::string said(const Node& node) {
    switch (node.kind) {
        case Node::Kind::text: return "\"" + node.text + "\"";
        case Node::Kind::integer: return std::to_string(node.integer);
        case Node::Kind::real: {
            auto text = std::to_string(node.real);
            while (text.ends_with('0') && !text.ends_with(".0")) text.pop_back();
            return text;
        }
        case Node::Kind::flag: return node.flag ? "true" : "false";
        case Node::Kind::moment: return node.text;
        case Node::Kind::list: {
            std::string text = "[";
            for (const auto& one : node.list) text += (text.size() > 1 ? ", " : "") + said(one);
            return text + "]";
        }
        case Node::Kind::table: {
            std::string text = "{";
            for (const auto& entry : node.table) text += (text.size() > 1 ? ", " : " ") + entry.key + " = " + said(entry.value);
            return text + " }";
        }
    }
    return {};
}

struct Part {
    std::string name;
    const Node* node;
};

// Lists of tables with an id are parts by that id, others by their place; a table of tables (template) is a part an entry.
std::vector<Part> parts_of(const Node& root) {
    std::vector<Part> all;
    for (const auto& entry : root.table) {
        const auto& value = entry.value;
        if (value.kind == Node::Kind::list && !value.list.empty() && value.list.front().kind == Node::Kind::table) {
            for (std::size_t i = 0; i < value.list.size(); ++i) {
                const auto* id = value.list[i].find("id");
                all.push_back({entry.key + " " + (id && id->value.kind == Node::Kind::text ? id->value.text : std::to_string(i + 1)), &value.list[i]});
            }
        } else if (entry.key == "template" && value.kind == Node::Kind::table) {
            for (const auto& one : value.table) all.push_back({"template " + one.key, &one.value});
        } else {
            all.push_back({entry.key, &value});
        }
    }
    return all;
}

void differ(const std::string& part, const std::string& key, const Node& a, const Node& b, std::vector<Change>& changes) {
    if (a.kind != Node::Kind::table || b.kind != Node::Kind::table) {
        auto before = said(a), after = said(b);
        if (before != after) changes.push_back({part, key, std::move(before), std::move(after)});
        return;
    }
    const auto under = [&](const std::string& name) { return key.empty() ? name : key + "." + name; };
    for (const auto& entry : b.table) {
        if (const auto* old = a.find(entry.key)) differ(part, under(entry.key), old->value, entry.value, changes);
        else changes.push_back({part, under(entry.key), {}, said(entry.value)});
    }
    for (const auto& entry : a.table)
        if (!b.find(entry.key)) changes.push_back({part, under(entry.key), said(entry.value), {}});
}

const Part* find(const std::vector<Part>& parts, const std::string& name) {
    const auto found = std::find_if(parts.begin(), parts.end(), [&](const Part& part) { return part.name == name; });
    return found == parts.end() ? nullptr : &*found;
}

}  // namespace

Result<std::vector<Change>> compare(std::string_view a, std::string_view b) {
    const auto before = toml::parse(a), after = toml::parse(b);
    if (!before) return Error{ErrorKind::invalid, "no_toml", "line " + before.error().field + ": " + before.error().message, "a"};
    if (!after) return Error{ErrorKind::invalid, "no_toml", "line " + after.error().field + ": " + after.error().message, "b"};
    const auto old_parts = parts_of(*before), new_parts = parts_of(*after);
    std::vector<Change> changes;
    for (const auto& part : new_parts) {
        if (const auto* old = find(old_parts, part.name)) differ(part.name, {}, *old->node, *part.node, changes);
        else changes.push_back({part.name, {}, {}, said(*part.node)});
    }
    for (const auto& part : old_parts)
        if (!find(new_parts, part.name)) changes.push_back({part.name, {}, said(*part.node), {}});
    return changes;
}

}  // namespace verbatim::plan
