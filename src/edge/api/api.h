// The JSON API for readers and integrators (contract "Web"), the widget's data, the product review feed and the sitemap.
#pragma once

#include <functional>
#include <string>

#include "engine/http/http.h"
#include "engine/http/shop_window.h"
#include "engine/render/render.h"
#include "life/publish/publish.h"

namespace verbatim::api {

struct Options {
    std::string base_url, brand;
};

// All must outlive the router.
void routes(http::Router& router, http::ShopWindow& window, const publish::Publish& publish, const render::Renderer& renderer, const Options& options);

}  // namespace verbatim::api
