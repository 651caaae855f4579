// The JSON API for readers, members of staff and integrators (contract "Web"), the widget's data, the product review feed and the sitemap.
#pragma once

#include <functional>
#include <string>

#include "edge/api/gate.h"
#include "engine/http/http.h"
#include "engine/http/shop_window.h"
#include "engine/render/render.h"
#include "life/moderate/moderate.h"
#include "life/publish/publish.h"
#include "record/ledger/ledger.h"

namespace verbatim::api {

struct Options {
    std::string base_url, brand;
};

struct House {
    http::ShopWindow& window;
    const publish::Publish& publish;
    moderate::Moderate& moderate;
    const render::Renderer& renderer;
    const ledger::Ledger& log;
    const Clock& clock;
};

// Everything given must outlive the router, but the gate and `options`. Open to everybody, and through the gate what is not.
void routes(http::Router& router, Gate& gate, House house, Options options);

}  // namespace verbatim::api
