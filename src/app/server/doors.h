// The web's doors over one house: site, office, API, proofs. The server serves them; the certification pack asks them what a
// reader would see.
#pragma once

#include <string>
#include <vector>

#include "app/server/house.h"
#include "engine/http/http.h"
#include "engine/http/shop_window.h"

namespace verbatim::server {

// What every answer carries (norm of the house: no inline style or script, nothing from elsewhere).
std::vector<http::Field> safe_fields(const std::string& base_url);

// After House::compose(). Everything given must outlive the router.
void open_doors(http::Router& router, House& house, http::ShopWindow& window);

}  // namespace verbatim::server
