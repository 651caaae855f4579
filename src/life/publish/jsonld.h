// schema.org Product with its own rating and reviews (norms SDT-1 to SDT-4): products only, never a site, and only what the
// page that carries it shows.
#pragma once

#include <string>
#include <string_view>

#include "life/publish/publish.h"

namespace verbatim::publish {

std::string product_jsonld(const network::Product& product, const Rating& rating, const List& list, std::string_view brand, std::string_view url);

}  // namespace verbatim::publish
