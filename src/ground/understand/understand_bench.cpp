// What reading costs, by the clock of this thread's CPU: the language, the polarity, a whole reading, on real texts (a file, one a
// line) or, where there is none, on our own sayings put together, which repeat more than people do; with a model of `verbatim train
// aspects` beside the file, what the categories of such texts cost. fastText needed 1.6 us for the sentiment of a text on the machine where the limits were set.
#include "ground/understand/aspects.h"
#include "ground/understand/understanding.h"

#include <cstdio>
#include <ctime>
#include <fstream>
#include <sstream>

namespace {

using namespace verbatim::understand;

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// Texts of about so many bytes.
std::vector<std::string> texts(std::size_t size) {
    std::vector<std::string> all;
    for (const char* lang : {"fr", "en", "de"}) {
        std::ifstream in(std::string(VERBATIM_SAYINGS) + "/" + lang + ".txt");
        std::ostringstream bytes;
        bytes << in.rdbuf();
        const auto sayings = read_sayings(bytes.str(), lang);
        if (!sayings.ok()) return {};
        Dice dice(5);
        for (int i = 0; i < 700; ++i) {
            std::string text;
            const auto& list = i % 2 == 0 ? sayings->good : sayings->bad;
            while (text.size() < size) text += list[dice.next() % list.size()] + ". ";
            all.push_back(text.substr(0, text.rfind(' ')));
        }
    }
    return all;
}

template <class Fn>
void measure(const char* what, const std::vector<std::string>& all, double limit, Fn&& fn) {
    for (const auto& text : all) fn(text);
    double best = 1e9, bytes = 0;
    for (const auto& text : all) bytes += static_cast<double>(text.size());
    for (int round = 0; round < 7; ++round) {
        const double began = cpu_seconds();
        for (const auto& text : all) fn(text);
        best = std::min(best, (cpu_seconds() - began) / static_cast<double>(all.size()) * 1e6);
    }
    std::printf("  %-44s %6.2f us a text of %.0f bytes", what, best, bytes / static_cast<double>(all.size()));
    if (limit > 0) std::printf(" (limit %.1f, ratio %.2f)", limit, best / limit);
    std::printf("\n");
}

// Of the file's lines, cut to whole words of about so many bytes.
std::vector<std::string> lines_of(const char* path, std::size_t size) {
    std::vector<std::string> all;
    std::ifstream in(path);
    for (std::string line; all.size() < 5000 && std::getline(in, line);)
        if (line.size() >= size) all.push_back(line.substr(0, line.find(' ', size)));
    return all;
}

}  // namespace

int main(int count, char** arguments) {
    const auto small = count > 1 ? lines_of(arguments[1], 150) : texts(150), large = count > 1 ? lines_of(arguments[1], 400) : texts(400);
    if (small.empty()) return std::fprintf(stderr, "our own sayings (assets/models/polarity) are not where this was built\n"), 1;
    const auto& shipped = Understanding::shipped();
    Tokens tokens;
    Scratch scratch;
    double sum = 0;
    std::printf("cost\n");
    measure("language", small, 2.5, [&](const std::string& text) { sum += shipped.languages().guess(text).confidence; });
    measure("sentiment: cut into words, and polarity", small, 1.6, [&](const std::string& text) {
        tokenize(text, tokens);
        sum += shipped.polarity().of(tokens, scratch);
    });
    measure("cut into words alone", small, 0, [&](const std::string& text) { tokenize(text, tokens); });
    measure("whole reading: language, polarity, stars, themes", large, 30, [&](const std::string& text) { sum += shipped.read(text).polarity; });
    measure("genuine?", large, 0, [&](const std::string& text) { sum += shipped.judge(text).score; });
    if (count > 2) {
        std::ifstream in(arguments[2], std::ios::binary);
        std::ostringstream bytes;
        bytes << in.rdbuf();
        const auto aspects = Aspects::read(bytes.view());
        if (!aspects.ok()) return std::fprintf(stderr, "%s: %s\n", arguments[2], aspects.error().message.c_str()), 1;
        std::vector<Aspects::Found> found;
        const std::string domain = count > 3 ? arguments[3] : "", lang = count > 4 ? arguments[4] : "";
        const auto categories = [&](const std::string& text) {
            tokenize(text, tokens);
            aspects->categories(tokens, lang, domain, found);
            sum += static_cast<double>(found.size());
        };
        measure("categories", lines_of(arguments[1], 75), 0, categories);
        measure("categories", large, 30, categories);
        measure("whole reading and categories", large, 30, [&](const std::string& text) {
            sum += shipped.read(text).polarity;
            categories(text);
        });
    }
    std::printf("  (%g)\n", sum);
    return 0;
}
