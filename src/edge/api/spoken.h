// Themes and summaries of sites and products, open to everybody like the pages they stand on.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "engine/http/http.h"
#include "engine/http/shop_window.h"
#include "life/publish/publish.h"
#include "life/publish/spoken.h"

namespace verbatim::api {

struct SpokenHouse {
    http::ShopWindow& window;
    const publish::Publish& publish;
    std::shared_ptr<const publish::Spoken> spoken;
    std::function<std::string(std::string_view theme, std::string_view language)> theme_name;
};
void spoken_routes(http::Router& router, const SpokenHouse& house);

}  // namespace verbatim::api
