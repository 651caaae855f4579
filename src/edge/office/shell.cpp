#include "edge/office/shell.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace verbatim::office {
namespace {

using http::Request;
using http::Response;
using nlohmann::json;

constexpr std::string_view folder = "/a/desk/";

std::string_view type_of(std::string_view name) {
    if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
    if (name.ends_with(".css")) return "text/css; charset=utf-8";
    return "application/octet-stream";
}

void file_route(http::Router& router, http::ShopWindow& window, std::string address, std::string_view bytes, std::string_view type) {
    router.get(std::move(address), [&window, bytes, type](const Request& request) {
        return window.show(request, {"asset"}, 86400, [&]() -> http::ShopWindow::Built {
            Response response;
            response.content_type = type;
            response.body = bytes;
            return {std::move(response),
                    {{"Cache-Control", "public, max-age=31536000, immutable"}, {"X-Content-Type-Options", "nosniff"}, {"Cross-Origin-Resource-Policy", "same-origin"}},
                    true};
        });
    });
}

}  // namespace

Result<DeskPack> read_desk_pack(std::string_view pack) {
    const auto broken = [](const char* why) { return Error{ErrorKind::invalid, "desk_pack", why, {}}; };
    const auto line = pack.find('\n');
    if (line == std::string_view::npos) return broken("the desk's pack has no index");
    const auto index = json::parse(pack.substr(0, line), nullptr, false);
    if (!index.is_object() || !index.contains("files") || !index["files"].is_array()) return broken("the desk's pack has no list of files");
    DeskPack read;
    read.entry = index.value("entry", "");
    read.style = index.value("style", "");
    for (const auto& name : index.value("early", json::array())) read.early.push_back(name.get<std::string>());
    auto rest = pack.substr(line + 1);
    for (const auto& file : index["files"]) {
        const auto size = file.at("size").get<std::size_t>();
        if (size > rest.size()) return broken("the desk's pack is cut off");
        read.files.push_back({file.at("name").get<std::string>(), rest.substr(0, size)});
        rest.remove_prefix(size);
    }
    const auto there = [&](const std::string& name) { return std::any_of(read.files.begin(), read.files.end(), [&](const DeskFile& file) { return file.name == name; }); };
    if (!there(read.entry) || !there(read.style)) return broken("the desk's pack lacks its first file");
    return read;
}

void shell_routes(http::Router& router, Shell shell) {
    json data = {{"BRAND", shell.brand}, {"EARLY", json::array()}};
    // Without npm at build time there is no desk, and its page says so.
    if (const auto* asset = render::asset("desk.pack")) {
        const auto pack = read_desk_pack(asset->bytes);
        if (!pack) throw std::logic_error(pack.error().message);
        data["ENTRY_URL"] = std::string(folder) + pack->entry;
        data["STYLE_URL"] = std::string(folder) + pack->style;
        for (const auto& name : pack->early) data["EARLY"].push_back({{"URL", std::string(folder) + name}});
        for (const auto& file : pack->files) file_route(router, shell.window, std::string(folder) + file.name, file.bytes, type_of(file.name));
    }
    const auto page = [shell, data](const Request& request) {
        const auto& locale = shell.renderer.negotiate(request.field("Accept-Language"));
        const bool built = data.contains("ENTRY_URL");
        auto response = Response::html(shell.renderer.html("office", locale, data), built ? 200 : 503);
        // The page names this release's files, so it is asked for anew each time.
        response.with("Cache-Control", "no-cache").with("X-Robots-Tag", "noindex").with("Content-Language", locale.tag()).with("Vary", "Accept-Language");
        return response;
    };
    router.get("/office", [](const Request&) { return Response::redirect("/office/", 308); });
    router.get("/office/", page);
    router.get("/office/{rest...}", page);
    if (const auto* worker = render::asset("desk/sw.js")) {
        router.get("/office/sw.js", [worker](const Request&) {
            Response response;
            response.content_type = "text/javascript; charset=utf-8";
            response.body = worker->bytes;
            response.with("Cache-Control", "no-cache");
            return response;
        });
    }
}

}  // namespace verbatim::office
