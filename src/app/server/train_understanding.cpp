#include "app/server/train_understanding.h"

#include "app/server/files.h"
#include "ground/understand/language.h"
#include "ground/understand/opinion.h"

#include <filesystem>
#include <iostream>
#include <map>
#include <stdexcept>

namespace verbatim::server {
namespace {

using namespace understand;

constexpr std::size_t most_examples = 2'000'000;
constexpr std::size_t texts_of_sayings = 5000;  // a language
constexpr std::size_t texts_of_lines = 8000;    // a language, of sentences of one's own

template <class T>
T must(Result<T> result) {
    if (!result.ok()) throw std::runtime_error(result.error().message);
    return std::move(result).value();
}

}  // namespace

int train_understanding(const std::string& task, const UnderstandingTraining& wish) {
    std::vector<Example> examples;
    std::map<std::string, std::size_t> refused, languages;
    // Polarity learns what is praised and what is blamed apart; the others read a review whole.
    const bool apart = task == "polarity" || task == "language";
    for (const std::string& file : wish.files) {
        std::size_t number = 0;
        if (task == "language" && std::filesystem::path(file).extension() == ".txt") {
            std::vector<std::string> lines;
            each_line(file, [&](std::string_view line) {
                if (!line.empty() && line.front() != '#') lines.push_back(std::string(line));
            });
            for (auto& one : compose_lines(lines, std::filesystem::path(file).stem().string(), texts_of_lines, wish.seed)) examples.push_back(std::move(one));
            std::cout << file << ": " << lines.size() << " lines\n";
            continue;
        }
        each_line(file, [&](std::string_view line) {
            ++number;
            std::string why;
            auto read = read_example(line, apart, why);
            if (!why.empty()) ++refused[why];
            for (auto& one : read) {
                if (examples.size() == most_examples) throw std::runtime_error("more than 2,000,000 examples: give fewer");
                examples.push_back(std::move(one));
            }
        });
        std::cout << file << ": " << number << " lines\n";
    }
    // A few hundred sayings of what satisfied and dissatisfied customers say anywhere: what a few thousand reviews do not teach of rare
    // words, they do. Of the languages the files are in. Stars have grades that sayings do not: they are learned from reviews alone.
    for (const Example& one : examples) ++languages[one.lang.empty() ? "?" : one.lang];
    std::vector<Sayings> beside;
    for (const std::string& file : wish.sayings) beside.push_back(must(read_sayings(read_file(file), std::filesystem::path(file).stem().string())));
    if (wish.sayings.empty() && !wish.no_sayings && task == "polarity")
        for (const Sayings& one : shipped_sayings())
            if (100 * languages[one.lang] >= examples.size()) beside.push_back(one);
    for (const Sayings& sayings : beside) {
        // A language is learned from the sayings and from its words too; more rows of the same few dozen sayings teach it nothing, and crowd
        // out the sentences.
        std::size_t texts = task == "language" ? texts_of_sayings / 16 : texts_of_sayings;
        // Beside reviews of one's own they help out, and do not outnumber them.
        if (wish.sayings.empty()) texts = std::min(texts, languages[sayings.lang] / 4);
        for (auto& one : compose(sayings, texts, wish.seed)) examples.push_back(std::move(one));
        if (task == "language")
            for (auto& one : compose_words(sayings, texts_of_sayings / 10, wish.seed)) examples.push_back(std::move(one));
    }
    for (const auto& [why, count] : refused) std::cout << "not learned from: " << count << " lines, " << why << "\n";
    std::string model, note;
    if (task == "language") {
        LanguageTeaching how;
        how.seed = wish.seed;
        how.version = wish.version;
        model = must(teach_languages(examples, how));
    } else {
        Teaching how;
        how.seed = wish.seed;
        how.version = wish.version;
        how.shape.bits = wish.bits;
        how.shape.pairs = wish.row >= 2;
        how.shape.triples = wish.row >= 3;
        // What pays somebody who was not there shows in whole words, not in how they are spelled.
        if (task == "deceptive") {
            how.shape.longest = 0;
            how.shape.triples = false;
            how.descent.cost = 1;
            how.descent.scaling = 0.3;
        }
        how.choose_cost = task == "polarity" && wish.cost == 0;
        if (wish.cost > 0) how.descent.cost = wish.cost;
        how.expected = wish.expected;
        Taught taught;
        if (task == "stars") taught = must(teach_stars(examples, how));
        else if (task == "polarity") taught = must(teach_sides(task, examples, [](const Example& one) { return one.good; }, how));
        else if (task == "machine") taught = must(teach_sides(task, examples, [](const Example& one) { return one.machine; }, how));
        else taught = must(teach_sides(task, examples, [](const Example& one) { return one.deceptive; }, how));
        model = std::move(taught.model);
        note = std::to_string(taught.examples) + " examples were learned from, " + std::to_string(taught.left_out) + " say nothing to this task" + (taught.note.empty() ? "" : "; " + taught.note) + ".\n";
    }
    std::string card = "# " + task + ".model, version " + wish.version + "\n\nMade by `verbatim train " + task + " --seed " + std::to_string(wish.seed) + "` from";
    for (const std::string& file : wish.files) card += " " + std::filesystem::path(file).filename().string();
    if (!beside.empty()) card += ", and from sayings in " + std::to_string(beside.size()) + (beside.size() == 1 ? " language" : " languages");
    card += ".\n\n" + note + "By language:";
    for (const auto& [lang, count] : languages) card += " " + lang + " " + std::to_string(count);
    card += ".\n\nHow well it does on texts it has not seen is measured by `./dev bench understanding`, or by asking `verbatim analyse --models` for texts kept apart.\n";
    write_file(std::filesystem::path(wish.out) / (task + ".model"), model);
    write_file(std::filesystem::path(wish.out) / (task + ".md"), card);
    std::cout << card << "written: " << wish.out << "/" << task << ".model, " << model.size() << " bytes\n";
    return 0;
}

}  // namespace verbatim::server
