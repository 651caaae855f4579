// Writes every template with its sample data, in each language, and the static files to a folder, for looking at with any
// static server: engine_render_preview assets/templates/samples /tmp/preview
#include <cstdio>

#include "engine/render/render.h"
#include "engine/render/samples.h"

namespace fs = std::filesystem;
using namespace verbatim::render;

namespace {

void write(const fs::path& path, std::string_view bytes) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: engine_render_preview SAMPLES FOLDER\n", stderr);
        return 2;
    }
    const fs::path folder = argv[2];
    const auto renderer = Renderer::make();
    for (const Asset& file : assets()) write(folder / file.url.substr(1), file.bytes);
    std::size_t pages = 0;
    for (const auto& language : renderer->languages()) {
        const Locale& locale = renderer->locale(language);
        for (const bool html : {true, false}) {
            for (const auto& name : renderer->templates(html)) {
                const std::string sample = html ? name : name.substr(0, name.rfind("_text"));
                for (const auto& [variant, data] : samples(argv[1], sample)) {
                    const std::string file = name + (variant.empty() ? "" : "." + variant) + (html ? ".html" : ".txt");
                    write(folder / language / file, html ? renderer->html(name, locale, data) : renderer->plain(name, locale, data));
                    ++pages;
                }
            }
        }
    }
    std::printf("%zu pages in %s\n", pages, folder.c_str());
    return 0;
}
