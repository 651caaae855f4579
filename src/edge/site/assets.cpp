// Style, fonts, icons and scripts: built in, named by their content, kept for a year.
#include "edge/site/frame.h"

namespace verbatim::site {

void asset_routes(http::Router& router, const Desk& desk) {
    for (const auto& asset : render::assets()) {
        if (asset.url.empty()) continue;
        router.get(asset.url, [desk, &asset](const http::Request& request) {
            return desk.house.window.show(request, {"asset"}, 86400, [&]() -> http::ShopWindow::Built {
                http::Response response;
                response.content_type = asset.content_type;
                response.body = asset.bytes;
                // Fonts are fetched with CORS even by their own page, and the widget by pages of other origins, under an address
                // that stays.
                const bool widget = asset.url.rfind("/w/", 0) == 0;
                return {std::move(response),
                        {{"Cache-Control", widget ? "public, max-age=300" : "public, max-age=31536000, immutable"},
                         {"X-Content-Type-Options", "nosniff"},
                         {"Access-Control-Allow-Origin", "*"},
                         {"Cross-Origin-Resource-Policy", "cross-origin"}},
                        true};
            });
        });
    }
}

}  // namespace verbatim::site
