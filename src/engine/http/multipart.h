// multipart/form-data (RFC 7578 over RFC 2046 section 5.1) as browsers send it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ground/base/result.h"

namespace verbatim::http {

struct MultipartPart {
    std::string name, file_name;
    bool is_file = false;           // a file name was given, be it empty
    std::string_view content_type;  // "" where none was given
    std::string_view bytes;
};

// The views point into content_type and body. Errors: invalid "form_multipart" (malformed) and "form_fields" (too many).
Result<std::vector<MultipartPart>> split_multipart(std::string_view content_type, std::string_view body, std::size_t most_parts);

}  // namespace verbatim::http
