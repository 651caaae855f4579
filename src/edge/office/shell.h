// /office/: the desk. One page for every address below it; what it shows is a program in the reader's browser (front/desk) that uses
// nothing but the JSON API. Its files are built into the binary as one pack and lie under /a/desk/, named by their content.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/http/http.h"
#include "engine/http/shop_window.h"
#include "engine/render/render.h"
#include "ground/base/result.h"

namespace verbatim::office {

// What front/desk/build.mjs wrote. The bytes are those of the binary.
struct DeskFile {
    std::string name;
    std::string_view bytes;
};
struct DeskPack {
    std::string entry, style;
    std::vector<std::string> early;  // what the entry imports at once
    std::vector<DeskFile> files;
};
Result<DeskPack> read_desk_pack(std::string_view pack);

struct Shell {
    const render::Renderer& renderer;
    http::ShopWindow& window;
    std::string brand;
};

// What it refers to must outlive the router.
void shell_routes(http::Router& router, Shell shell);

}  // namespace verbatim::office
