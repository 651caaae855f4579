// /demo/outbox: the mails of `--mail outbox:DIR` in the browser, newest first. For the demo only.
#pragma once

#include <string>

#include "engine/http/http.h"
#include "engine/render/render.h"

namespace verbatim::server {

void outbox_routes(http::Router& router, const render::Renderer& renderer, std::string folder, std::string brand);

}  // namespace verbatim::server
