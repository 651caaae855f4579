// What the API's routes share. For this module only.
#pragma once

#include "edge/api/api.h"
#include "ground/base/calendar.h"

namespace verbatim::api {

struct Doors {
    http::ShopWindow& window;
    const publish::Publish& publish;
    moderate::Moderate& moderate;
    const render::Renderer& renderer;
    const ledger::Ledger& log;
    const Clock& clock;
    Options options;
};

void subject_routes(http::Router& router, const Doors& doors);
void widget_routes(http::Router& router, const Doors& doors);
void feed_routes(http::Router& router, const Doors& doors);
void moderation_routes(http::Router& router, Gate& gate, const Doors& doors);
void tray_routes(Gate& gate, const Doors& doors);

}  // namespace verbatim::api
