#include "app/server/train.h"

#include "app/server/files.h"
#include "ground/text/learn.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <stdexcept>

namespace verbatim::server {
namespace {

constexpr std::size_t most_examples = 2'000'000;

std::string fixed(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", value);
    return text;
}

}  // namespace

int train_moderation(const TrainWish& wish) {
    std::vector<text::LabelledText> texts;
    std::map<std::string, std::size_t> refused;
    for (const std::string& file : wish.files) {
        std::size_t number = 0;
        each_line(file, [&](std::string_view line) {
            ++number;
            text::LabelledText text;
            if (const std::string why = text::read_labelled(line, text); !why.empty()) {
                ++refused[why];
            } else if (texts.size() == most_examples) {
                throw std::runtime_error("more than 2,000,000 examples: give fewer");
            } else {
                texts.push_back(std::move(text));
            }
        });
        std::cout << file << ": " << number << " lines\n";
    }
    for (const auto& [why, count] : refused) std::cout << "not learned from: " << count << " lines, " << why << "\n";
    if (texts.empty()) throw std::runtime_error("no example: give JSON Lines with lang, text and label");
    text::Learning how;
    how.seed = wish.seed;
    how.version = wish.version;
    how.plain_alarms = wish.plain_alarms;
    const text::Learned learned = text::learn(texts, text::plain_texts(wish.seed), *text::Detectors::shipped_without_model(), how);
    std::filesystem::create_directories(wish.out);
    write_file(wish.out + "/moderation.model", learned.model);
    std::string card = "# moderation.model, version " + wish.version + "\n\nMade by `verbatim train moderation --seed " + std::to_string(wish.seed) + "` from";
    for (const std::string& file : wish.files) card += " " + std::filesystem::path(file).filename().string();
    card += ".\n\nFive folds, macro F1 of offensive against other:\n\n| language | texts | offensive | model alone | with packs and frames | threshold | alarms on own plain texts |\n|---|---|---|---|---|---|---|\n";
    for (const auto& one : learned.figures) {
        card += "| " + one.lang + " | " + std::to_string(one.texts) + " | " + std::to_string(one.offensive) + " | " + fixed(one.f1_model) + " | " + fixed(one.f1_together) + " | " + fixed(one.threshold) + " | " +
                std::to_string(one.plain_alarms) + " of " + std::to_string(one.plain) + " |\n";
    }
    write_file(wish.out + "/moderation.md", card);
    std::cout << card << "written: " << wish.out << "/moderation.model, " << learned.model.size() << " bytes\n";
    return 0;
}

}  // namespace verbatim::server
