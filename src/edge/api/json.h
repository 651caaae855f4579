// The API's JSON, written straight into a string: what the hot lane serves is made once per change. For this module only.
#pragma once

#include <string>
#include <string_view>

#include "life/publish/publish.h"

namespace verbatim::api {

std::string rating_json(const publish::Rating& rating, std::string_view jsonld);  // jsonld: "" or a JSON object
std::string reviews_json(const publish::List& list);
void append_line(std::string& out, const publish::Line& line);
// schema.org Product with its own rating and reviews (norms SDT-1 to SDT-4): products only, never a site.
std::string product_jsonld(const network::Product& product, const publish::Rating& rating, const publish::List& list, std::string_view brand, std::string_view url);

}  // namespace verbatim::api
