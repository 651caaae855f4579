#include "app/server/train_aspects.h"

#include "app/server/files.h"
#include "ground/understand/aspects.h"

#include <filesystem>
#include <iostream>
#include <stdexcept>

namespace verbatim::server {

using namespace understand;

int train_aspects(const UnderstandingTraining& wish) {
    constexpr std::size_t most_examples = 500'000;
    std::vector<AspectExample> examples;
    std::map<std::string, std::size_t> refused, parts;
    std::size_t targets = 0;
    for (const std::string& file : wish.files) {
        std::size_t number = 0;
        each_line(file, [&](std::string_view line) {
            ++number;
            AspectExample example;
            std::string why;
            if (!read_aspects(line, example, why)) {
                ++refused[why];
                return;
            }
            if (examples.size() == most_examples) throw std::runtime_error("more than 500,000 sentences: give fewer");
            targets += example.targets.size();
            ++parts[(example.domain.empty() ? "no domain" : example.domain) + ", " + (example.lang.empty() ? "?" : example.lang)];
            examples.push_back(std::move(example));
        });
        std::cout << file << ": " << number << " lines\n";
    }
    for (const auto& [why, count] : refused) std::cout << "not learned from: " << count << " lines, " << why << "\n";
    AspectTeaching how;
    how.seed = wish.seed;
    how.version = wish.version;
    if (wish.cost > 0) how.cost = how.categories.cost = wish.cost;
    const auto taught = Aspects::teach(examples, how, wish.only);
    if (!taught.ok()) throw std::runtime_error(taught.error().message);
    const std::string model = taught->write();
    std::string card = "# aspects.model, version " + wish.version + "\n\nMade by `verbatim train aspects --seed " + std::to_string(wish.seed) + "` from";
    for (const std::string& file : wish.files) card += " " + std::filesystem::path(file).filename().string();
    card += ".\n\n" + std::to_string(examples.size()) + " sentences with " + std::to_string(targets) + " targets:\n\n";
    for (const auto& [part, count] : parts) card += "- " + part + ": " + std::to_string(count) + "\n";
    card += "\nHow well it does on sentences it has not seen is measured by `./dev bench understanding`.\n";
    write_file(std::filesystem::path(wish.out) / "aspects.model", model);
    write_file(std::filesystem::path(wish.out) / "aspects.md", card);
    std::cout << card << "written: " << wish.out << "/aspects.model, " << model.size() << " bytes\n";
    return 0;
}

}  // namespace verbatim::server
