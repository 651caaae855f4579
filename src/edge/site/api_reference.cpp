#include "edge/site/api_reference.h"

#include <algorithm>
#include <string>

namespace verbatim::site {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::string_view root = "/api/v1/";
constexpr std::string_view schema_root = "#/components/schemas/";
constexpr std::size_t example_width = 72;  // what is longer has a line for each member

std::string text_of(const ordered_json& object, const char* name) { return object.contains(name) && object[name].is_string() ? object[name].get<std::string>() : std::string(); }

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return text;
}

// A sentence of the description: its `names` in quotation marks.
std::string prose_of(const ordered_json& object, const char* name) {
    std::string out;
    bool open = false;
    for (const char c : text_of(object, name)) {
        if (c == '`') out += (open = !open) ? "“" : "”";
        else out += c;
    }
    return out;
}

// What a "$ref" points at; the object itself where it is none.
const ordered_json& followed(const ordered_json& description, const ordered_json& object) {
    const auto reference = text_of(object, "$ref");
    if (!reference.starts_with("#/")) return object;
    const nlohmann::ordered_json::json_pointer pointer(reference.substr(1));
    return description.contains(pointer) ? description.at(pointer) : object;
}

std::string written(const ordered_json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

std::string type_of(const ordered_json& schema);

std::string type_by_name(const ordered_json& schema, const std::string& name) {
    if (name == "array") return "list of " + (schema.contains("items") ? type_of(schema["items"]) : std::string("anything"));
    if (const auto format = text_of(schema, "format"); name == "string" && !format.empty()) return format;
    return name;
}

// In words a reader scans: "string or null", "one of open, late", "list of CaseLine".
std::string type_of(const ordered_json& schema) {
    if (const auto reference = text_of(schema, "$ref"); reference.starts_with(schema_root)) return reference.substr(schema_root.size());
    std::string out;
    const auto add = [&](const std::string& part, const char* between) { out += (out.empty() ? "" : between) + part; };
    if (schema.contains("enum")) {
        for (const auto& value : schema["enum"]) add(written(value), ", ");
        return "one of " + out;
    }
    if (schema.contains("const")) return written(schema["const"]);
    for (const char* choice : {"oneOf", "anyOf", "allOf"}) {
        if (!schema.contains(choice)) continue;
        for (const auto& one : schema[choice]) add(type_of(one), choice == std::string_view("allOf") ? " and " : " or ");
        return out;
    }
    if (!schema.contains("type")) return "anything";
    if (schema["type"].is_array()) {
        for (const auto& name : schema["type"]) add(type_by_name(schema, name.get<std::string>()), " or ");
        return out;
    }
    return type_by_name(schema, schema["type"].get<std::string>());
}

// The schema of components that this one is, or lists: for a link.
std::string linked(const ordered_json& schema) {
    if (const auto reference = text_of(schema, "$ref"); reference.starts_with(schema_root)) return reference.substr(schema_root.size());
    return schema.contains("items") ? linked(schema["items"]) : std::string();
}

std::string limits_of(const ordered_json& schema) {
    std::string out;
    const auto add = [&](const char* name, const char* before) {
        if (schema.contains(name)) out += (out.empty() ? "" : ", ") + std::string(before) + written(schema[name]);
    };
    add("minimum", "at least ");
    add("maximum", "at most ");
    add("maxLength", "characters at most ");
    add("minItems", "entries at least ");
    add("maxItems", "entries at most ");
    add("default", "otherwise ");
    return out;
}

json field_data(const std::string& name, const ordered_json& schema, bool required, const std::string& text, const std::string& where) {
    json data = {{"NAME", name}, {"TYPE", type_of(schema)}, {"TEXT", text.empty() ? prose_of(schema, "description") : text}, {"LIMITS", limits_of(schema)}, {"WHERE", where}};
    if (required) data["REQUIRED"] = true;
    if (const auto link = linked(schema); !link.empty()) data["LINK"] = link;
    return data;
}

json fields_of(const ordered_json& schema) {
    json fields = json::array();
    if (!schema.contains("properties")) return fields;
    for (const auto& [name, property] : schema["properties"].items()) {
        const bool required = schema.contains("required") && std::find(schema["required"].begin(), schema["required"].end(), name) != schema["required"].end();
        fields.push_back(field_data(name, property, required, {}, {}));
    }
    return fields;
}

std::string example_text(const ordered_json& example) {
    if (example.is_string()) return example.get<std::string>();
    const auto flat = example.dump();
    return flat.size() <= example_width ? flat : example.dump(2);
}

// The body of a request or an answer: its media type, its schema's name or fields, its example.
json content_data(const ordered_json& described) {
    json data = json::object();
    if (!described.contains("content")) return data;
    for (const auto& [media, content] : described["content"].items()) {
        if (data.contains("MEDIA")) {  // another form of the same
            data["MEDIA"] = data["MEDIA"].get<std::string>() + ", " + media;
            continue;
        }
        data["MEDIA"] = media;
        if (content.contains("schema")) {
            data["TYPE"] = type_of(content["schema"]);
            if (const auto link = linked(content["schema"]); !link.empty()) data["LINK"] = link;
            else data["FIELDS"] = fields_of(content["schema"]);
        }
        if (content.contains("example")) data["EXAMPLE"] = example_text(content["example"]);
        else if (content.contains("examples") && !content["examples"].empty() && content["examples"].front().contains("value")) data["EXAMPLE"] = example_text(content["examples"].front()["value"]);
    }
    return data;
}

json operation_data(const ordered_json& description, const std::string& path, const std::string& method, const ordered_json& operation, const ordered_json& shared) {
    auto id = text_of(operation, "operationId");
    if (id.empty()) {
        id = method + "-";
        for (const char c : path.substr(std::min(path.size(), root.size()))) id += (c >= 'a' && c <= 'z') ? c : '-';
    }
    json data = {{"ID", id}, {"METHOD", upper(method)}, {"PATH", path}, {"SUMMARY", prose_of(operation, "summary")}, {"NOTE", prose_of(operation, "description")}, {"PERMISSION", text_of(operation, "x-permission")}};
    if (operation.contains("security")) {
        if (data["PERMISSION"] == "") data["SIGNED_IN"] = true;
    } else {
        data["PUBLIC"] = true;
    }
    data["PARAMETERS"] = json::array();
    for (const auto* list : {&shared, &operation}) {
        if (!list->is_object() || !list->contains("parameters")) continue;
        for (const auto& one : (*list)["parameters"]) {
            const auto& parameter = followed(description, one);
            const auto& schema = parameter.contains("schema") ? parameter["schema"] : parameter;
            data["PARAMETERS"].push_back(field_data(text_of(parameter, "name"), schema, parameter.value("required", false), prose_of(parameter, "description"), text_of(parameter, "in")));
        }
    }
    if (operation.contains("requestBody")) data["BODY"] = content_data(followed(description, operation["requestBody"]));
    data["ANSWERS"] = json::array();
    std::string refusals;
    for (const auto& [status, one] : operation["responses"].items()) {
        if (text_of(one, "$ref").ends_with("/Problem")) {  // the same for all
            refusals += (refusals.empty() ? "" : ", ") + status;
            continue;
        }
        const auto& answer = followed(description, one);
        auto entry = content_data(answer);
        entry["STATUS"] = status;
        const auto text = prose_of(answer, "description");
        entry["TEXT"] = text == "as described" ? "" : text;
        data["ANSWERS"].push_back(std::move(entry));
    }
    if (!refusals.empty()) data["REFUSALS"] = refusals;
    return data;
}

}  // namespace

json api_reference(const ordered_json& description) {
    json groups = json::array();
    const auto group_of = [&](const std::string& path) -> json& {
        auto word = path.starts_with(root) ? path.substr(root.size()) : path.substr(1);
        word = word.substr(0, word.find('/'));
        for (auto& group : groups) {
            if (group["WORD"] == word) return group;
        }
        groups.push_back({{"WORD", word}, {"OPERATIONS", json::array()}});
        return groups.back();
    };
    for (const auto& [path, operations] : description.at("paths").items()) {
        auto& group = group_of(path);
        for (const auto& [method, operation] : operations.items()) {
            if (method != "parameters" && operation.is_object()) group["OPERATIONS"].push_back(operation_data(description, path, method, operation, operations));
        }
    }
    std::sort(groups.begin(), groups.end(), [](const json& a, const json& b) { return a["WORD"] < b["WORD"]; });
    json schemas = json::array();
    for (const auto& [name, schema] : description.at("components").at("schemas").items()) {
        json one = {{"NAME", name}, {"TEXT", prose_of(schema, "description")}, {"FIELDS", fields_of(schema)}};
        if (one["FIELDS"].empty()) one["TYPE"] = type_of(schema);
        // Said once, for all that ask for it or answer with it.
        if (schema.contains("examples") && !schema["examples"].empty()) one["EXAMPLE"] = example_text(schema["examples"].front());
        schemas.push_back(std::move(one));
    }
    std::sort(schemas.begin(), schemas.end(), [](const json& a, const json& b) { return a["NAME"] < b["NAME"]; });
    return {{"GROUPS", std::move(groups)}, {"SCHEMAS", std::move(schemas)}, {"ABOUT", prose_of(description.at("info"), "description")}};
}

}  // namespace verbatim::site
