// How statuses and methods are written.
#pragma once

#include <string_view>

#include "engine/http/http.h"

namespace verbatim::http {

std::string_view status_text(int status);  // the reason phrases of RFC 9110 section 15

inline constexpr std::string_view method_names[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
constexpr std::string_view method_name(Method method) { return method_names[static_cast<int>(method)]; }

constexpr bool is_reading(Method method) { return method == Method::get || method == Method::head; }

}  // namespace verbatim::http
