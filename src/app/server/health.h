// /healthz (the process answers), /readyz (the database does too), /metrics (Prometheus text exposition format 0.0.4).
#pragma once

#include "app/server/house.h"
#include "engine/http/shop_window.h"

namespace verbatim::server {

void health_routes(http::Router& router, House& house, const http::Server& server, const http::ShopWindow& window);

}  // namespace verbatim::server
