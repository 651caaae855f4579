#include "record/experiences/incentive.h"

#include <nlohmann/json.hpp>

#include "ground/formats/utf8.h"

namespace verbatim::experiences {

std::string incentive_of(const Experience& experience) {
    if (experience.attributes.empty()) return {};
    const auto attributes = nlohmann::json::parse(experience.attributes, nullptr, false);
    if (!attributes.is_object() || !attributes.contains("incentive") || !attributes["incentive"].is_string()) return {};
    const auto text = attributes["incentive"].get<std::string>();
    const auto first = text.find_first_not_of(' ');
    if (first == std::string::npos) return {};
    return std::string(truncate_code_points(text.substr(first, text.find_last_not_of(' ') - first + 1), incentive_limit));
}

}  // namespace verbatim::experiences
