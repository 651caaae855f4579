#include "edge/api/description.h"

#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "engine/render/embedded.h"

namespace verbatim::api {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view methods[] = {"get", "head", "post", "put", "patch", "delete", "options"};

ordered_json read(const render::EmbeddedFile& file) {
    auto parsed = ordered_json::parse(file.content(), nullptr, false);
    if (!parsed.is_object()) throw std::logic_error(std::string(file.name) + " is no JSON object");
    return parsed;
}

// Members of `from` go into `to`; one that is there already is somebody's mistake.
void join(ordered_json& to, const ordered_json& from, const std::string& where) {
    for (const auto& [name, value] : from.items()) {
        if (to.contains(name)) throw std::logic_error(where + " describes " + name + ", which is described already");
        to[name] = value;
    }
}

ordered_json merge() {
    ordered_json whole;
    for (const auto& file : render::embedded_assets())
        if (std::string_view(file.name) == "openapi.json") whole = read(file);
    if (!whole.is_object()) throw std::logic_error("openapi.json is not built in");
    for (const auto& file : render::embedded_assets()) {
        if (!std::string_view(file.name).starts_with("openapi/")) continue;
        const auto part = read(file);
        if (part.contains("paths"))
            for (const auto& [path, operations] : part["paths"].items()) join(whole["paths"][path], operations, std::string(file.name) + " at " + path);
        if (part.contains("components"))
            for (const auto& [kind, members] : part["components"].items()) join(whole["components"][kind], members, file.name);
    }
    return whole;
}

const ordered_json& whole() {
    static const ordered_json made = merge();
    return made;
}

}  // namespace

const std::string& description() {
    static const std::string text = whole().dump();
    return text;
}

void check_described(const Gate& gate) {
    std::set<std::string> described;
    for (const auto& [path, operations] : whole()["paths"].items())
        for (const auto& [method, operation] : operations.items())
            if (operation.is_object() && operation.contains("x-permission")) described.insert(method + " " + path + " " + operation["x-permission"].get<std::string>());
    for (const auto& route : gate.routes()) {
        const auto line = std::string(methods[static_cast<int>(route.method)]) + " " + route.pattern + " " + std::string(to_word(route.permission));
        if (described.erase(line) == 0) throw std::logic_error("the OpenAPI file does not describe: " + line);
    }
    if (!described.empty()) throw std::logic_error("the OpenAPI file describes what is not there: " + *described.begin());
}

}  // namespace verbatim::api
