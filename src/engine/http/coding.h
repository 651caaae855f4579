// gzip (RFC 1952) and Brotli (RFC 7932) of whole bodies.
#pragma once

#include <string>
#include <string_view>

namespace verbatim::http {

std::string gzip(std::string_view bytes, int level);      // 1 fastest .. 9 smallest
std::string brotli(std::string_view bytes, int quality);  // 0 fastest .. 11 smallest

// Whether a content type is text that compressing makes smaller.
bool is_compressible(std::string_view content_type);

}  // namespace verbatim::http
