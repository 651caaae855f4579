#include "engine/render/catalogue.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace verbatim::render {

Catalogue::Catalogue(std::string tag, std::string_view json) : tag_(std::move(tag)) {
    const auto parsed = Json::parse(json, nullptr, false);
    if (!parsed.is_object()) throw std::logic_error("catalogue " + tag_ + " is not a JSON object");
    for (const auto& [key, value] : parsed.items()) {
        if (!value.is_string()) throw std::logic_error("catalogue " + tag_ + ": " + key + " is not a string");
        try {
            messages_.emplace(key, Message(value.get_ref<const std::string&>()));
        } catch (const std::logic_error& error) {
            throw std::logic_error("catalogue " + tag_ + ", " + key + ": " + error.what());
        }
    }
}

const Message* Catalogue::find(std::string_view key) const {
    const auto found = messages_.find(key);
    return found == messages_.end() ? nullptr : &found->second;
}

}  // namespace verbatim::render
