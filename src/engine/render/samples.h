// The sample data of assets/templates/samples, for tests and the preview: NAME.json is the contract with the handlers,
// NAME.variants.json holds further cases as RFC 7396 patches of it. frame.json stands under every page, frame_mail.json under
// every mail.
#pragma once

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace verbatim::render {

inline nlohmann::json read_json(const std::filesystem::path& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("no sample " + path.string());
    return nlohmann::json::parse(file);
}

// ("", the sample itself) and then each variant by name.
inline std::vector<std::pair<std::string, nlohmann::json>> samples(const std::filesystem::path& folder, const std::string& name) {
    nlohmann::json base = read_json(folder / (name.starts_with("mail_") && name != "mail_view" ? "frame_mail.json" : "frame.json"));
    base.merge_patch(read_json(folder / (name + ".json")));
    std::vector<std::pair<std::string, nlohmann::json>> all = {{"", base}};
    const auto variants = folder / (name + ".variants.json");
    if (std::filesystem::exists(variants)) {
        const auto patches = read_json(variants);
        for (const auto& [variant, patch] : patches.items()) {
            auto data = base;
            data.merge_patch(patch);
            all.emplace_back(variant, std::move(data));
        }
    }
    return all;
}

}  // namespace verbatim::render
