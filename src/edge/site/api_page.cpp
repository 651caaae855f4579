// /api/: the API for people, made from the description that programs read.
#include "edge/site/api_reference.h"
#include "edge/site/frame.h"

namespace verbatim::site {

void api_routes(http::Router& router, const Desk& desk) {
    if (!desk.house.api_description) return;
    const auto page = [desk](const http::Request& request) {
        // Its texts are English as the description is; one page for everybody.
        const auto& locale = desk.house.renderer.locale("en");
        return desk.house.window.show(request, {"about"}, 3600, [&]() -> http::ShopWindow::Built {
            auto data = desk.frame(locale, "");
            data.update(api_reference(nlohmann::ordered_json::parse(desk.house.api_description())));
            data["DESCRIPTION_URL"] = "/api/v1/openapi.json";
            return {desk.page("api", locale, data), desk.options.page_fields, request.query.empty()};
        });
    };
    router.get("/api/", page);
    router.get("/api", [](const http::Request&) { return http::Response::redirect("/api/"); });
}

}  // namespace verbatim::site
