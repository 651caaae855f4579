// For this module only.
#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace verbatim::openid {

// A string member of an object; "" where it is absent or something else.
inline std::string string_of(const nlohmann::json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace verbatim::openid
