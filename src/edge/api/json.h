// The API's JSON, written straight into a string: what the hot lane serves is made once per change. For this module only.
#pragma once

#include <string>
#include <string_view>

#include "life/publish/publish.h"

namespace verbatim::api {

std::string rating_json(const publish::Rating& rating, std::string_view jsonld);  // jsonld: "" or a JSON object
std::string reviews_json(const publish::List& list);
void append_line(std::string& out, const publish::Line& line);
}  // namespace verbatim::api
