#include "app/server/train.h"

#include "ground/text/learn.h"

#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <stdexcept>

namespace verbatim::server {
namespace {

constexpr std::size_t longest_line = 1 << 20, most_examples = 2'000'000;

// Every line of a file, unpacked when it is gzip; zlib reads both.
template <class Take>
void each_line(const std::string& path, Take&& take) {
    const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
    if (!file) throw std::runtime_error(path + " cannot be opened");
    std::string line;
    char buffer[1 << 16];
    while (gzgets(file.get(), buffer, sizeof buffer) != nullptr) {
        line += buffer;
        if (line.size() > longest_line) throw std::runtime_error(path + ": a line is longer than 1 MiB");
        if (line.back() != '\n') continue;
        line.pop_back();
        take(line);
        line.clear();
    }
    int error = Z_OK;
    const char* message = gzerror(file.get(), &error);
    if (error != Z_OK && error != Z_STREAM_END) throw std::runtime_error(path + " cannot be read: " + message);
    if (!line.empty()) take(line);
}

void write_file(const std::string& path, const std::string& bytes) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) throw std::runtime_error(path + " cannot be written");
}

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
        each_line(file, [&](const std::string& line) {
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
