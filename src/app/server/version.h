#pragma once

namespace verbatim::server {

inline constexpr const char* program_version = "verbatim 0.1.0";

}  // namespace verbatim::server
