#include "engine/render/embedded.h"
#include "engine/render/render.h"

extern "C" {
extern const verbatim::render::EmbeddedFile verbatim_resources[];
extern const std::uint64_t verbatim_resources_count;
extern const verbatim::render::EmbeddedFile verbatim_assets[];
extern const std::uint64_t verbatim_assets_count;
}

namespace verbatim::render {

std::span<const EmbeddedFile> embedded_resources() { return {verbatim_resources, verbatim_resources_count}; }
std::span<const EmbeddedFile> embedded_assets() { return {verbatim_assets, verbatim_assets_count}; }

namespace {

std::string_view content_type(std::string_view name) {
    if (name.ends_with(".css")) return "text/css; charset=utf-8";
    if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
    if (name.ends_with(".svg")) return "image/svg+xml";
    if (name.ends_with(".json")) return "application/json";
    if (name.ends_with(".woff2")) return "font/woff2";
    return "application/octet-stream";
}

// "style.css" with hash 1f3a9c -> "/a/style.1f3a9c.css". The widget's address is printed in foreign pages and never changes.
std::string url_of(const EmbeddedFile& file) {
    const std::string_view name = file.name;
    if (name.starts_with("desk")) return {};  // edge/office takes it apart and says where its files are
    if (name.starts_with("widget/")) return "/w/" + std::string(name.substr(7));
    const auto dot = name.rfind('.');
    return "/a/" + std::string(name.substr(0, dot)) + "." + file.hash + std::string(name.substr(dot));
}

const std::vector<Asset>& table() {
    static const std::vector<Asset> all = [] {
        std::vector<Asset> made;
        for (const auto& file : embedded_assets()) made.push_back({file.content(), content_type(file.name), url_of(file)});
        return made;
    }();
    return all;
}

}  // namespace

const Asset* asset(std::string_view name) {
    const auto files = embedded_assets();
    for (std::size_t i = 0; i < files.size(); ++i)
        if (name == files[i].name) return &table()[i];
    return nullptr;
}

std::span<const Asset> assets() { return table(); }

}  // namespace verbatim::render
