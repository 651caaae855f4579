#include "ground/text/learn.h"

#include "ground/text/folded.h"
#include "ground/text/model.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>

extern "C" {
extern const char verbatim_plain_sentences[], verbatim_plain_sentences_end[];
}

namespace verbatim::text {
namespace {

constexpr unsigned folds = 5;

struct Example {
    std::vector<std::uint32_t> features;
    unsigned language = 0;
    bool offensive = false, hateful = false, plain = false;
    bool found = false;  // by packs and frames
    unsigned fold = 0;
    float weight = 1;
};

struct Weights {
    std::vector<float> table, squares;      // offence, then hate
    std::vector<float> bias, bias_squares;  // two a language
};

// xorshift: the standard's shuffles differ from library to library.
struct Dice {
    std::uint64_t state;
    std::uint64_t next() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return state;
    }
};

float log_odds(const Weights& weights, const Example& example, std::size_t head, std::size_t size) {
    float sum = 0;
    for (const std::uint32_t feature : example.features) sum += weights.table[head * size + feature];
    const float length = example.features.empty() ? 1.0f : std::sqrt(static_cast<float>(example.features.size()));
    return weights.bias[example.language * 2 + head] + sum / length;
}

void step(Weights& weights, const Example& example, std::size_t head, std::size_t size, bool target, float rate) {
    const float odds = log_odds(weights, example, head, size);
    const float error = (1 / (1 + std::exp(-odds)) - (target ? 1.0f : 0.0f)) * example.weight;
    const float value = example.features.empty() ? 1.0f : 1 / std::sqrt(static_cast<float>(example.features.size()));
    constexpr float pull = 2e-6f;  // towards zero
    for (const std::uint32_t feature : example.features) {
        float& weight = weights.table[head * size + feature];
        float& squares = weights.squares[head * size + feature];
        const float slope = error * value + pull * weight;
        squares += slope * slope;
        weight -= rate * slope / (std::sqrt(squares) + 1e-6f);
    }
    float& bias = weights.bias[example.language * 2 + head];
    float& squares = weights.bias_squares[example.language * 2 + head];
    squares += error * error;
    bias -= rate * error / (std::sqrt(squares) + 1e-6f);
}

Weights trained(const std::vector<Example>& examples, std::size_t languages, unsigned left_out, std::size_t size, const Learning& how) {
    Weights weights{std::vector<float>(2 * size), std::vector<float>(2 * size), std::vector<float>(2 * languages), std::vector<float>(2 * languages)};
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < examples.size(); ++i) {
        if (examples[i].fold != left_out) order.push_back(i);
    }
    Dice dice{how.seed * 0x9E3779B97F4A7C15ull + 1};
    for (unsigned round = 0; round < how.rounds; ++round) {
        for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[dice.next() % i]);
        const float rate = 0.5f / (1.0f + 0.3f * static_cast<float>(round));
        for (const std::size_t i : order) {
            step(weights, examples[i], 0, size, examples[i].offensive, rate);
            // Hate is told from other offence, and from plain words.
            if (examples[i].offensive || examples[i].plain) step(weights, examples[i], 1, size, examples[i].hateful, rate);
        }
    }
    return weights;
}

double macro_f1(std::size_t hit, std::size_t missed, std::size_t alarm, std::size_t passed) {
    const auto f1 = [](std::size_t right, std::size_t a, std::size_t b) { return right == 0 ? 0.0 : 2.0 * static_cast<double>(right) / static_cast<double>(2 * right + a + b); };
    return (f1(hit, missed, alarm) + f1(passed, missed, alarm)) / 2;
}

}  // namespace

std::string read_labelled(std::string_view line, LabelledText& out) {
    const auto value = nlohmann::json::parse(line, nullptr, false);
    if (value.is_discarded() || !value.is_object()) return "not a JSON object";
    if (value.contains("functionality")) return "of a test suite, never learned from";
    const auto text_of = [&](const char* name) { return value.contains(name) && value[name].is_string() ? value[name].get<std::string>() : std::string(); };
    out = {text_of("lang").substr(0, 2), text_of("text"), false, false};
    if (out.lang.size() != 2) return "\"lang\" is missing";
    if (out.text.empty() || !valid_utf8(out.text)) return "\"text\" is missing or not valid UTF-8";
    const auto is_plain = [](const std::string& label) { return label == "other" || label == "normal" || label == "none" || label == "no" || label == "non-hateful" || label == "neutral"; };
    const auto is_hate = [](const std::string& label) { return label == "hateful" || label == "hate" || label == "abuse" || label == "racism" || label == "homophobia" || label == "misogyny" || label == "xenophobia"; };
    const std::string label = text_of("label");
    if (!label.empty()) {
        out.offensive = !is_plain(label);
        std::string fine = text_of("fine");
        std::transform(fine.begin(), fine.end(), fine.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        out.hateful = out.offensive && (is_hate(label) || is_hate(fine));
    } else if (value.contains("labels") && value["labels"].is_array() && !value["labels"].empty()) {
        for (const auto& one : value["labels"]) {
            if (!one.is_string()) return "\"labels\" holds something that is no text";
            out.offensive = out.offensive || !is_plain(one.get<std::string>());
            out.hateful = out.hateful || is_hate(one.get<std::string>());
        }
    } else if (value.contains("hate") || value.contains("abuse")) {
        const std::string hate = text_of("hate"), abuse = text_of("abuse");
        out.hateful = !hate.empty() && !is_plain(hate);
        out.offensive = out.hateful || (!abuse.empty() && !is_plain(abuse));
    } else {
        return "no \"label\", \"labels\", \"hate\" or \"abuse\"";
    }
    return "";
}

std::vector<LabelledText> plain_texts(std::uint64_t seed) {
    std::map<std::string, std::vector<std::string>> sentences;
    std::istringstream lines(std::string(verbatim_plain_sentences, static_cast<std::size_t>(verbatim_plain_sentences_end - verbatim_plain_sentences)));
    for (std::string line; std::getline(lines, line);) {
        if (line.size() > 3 && line[2] == '\t') sentences[line.substr(0, 2)].push_back(line.substr(3));
    }
    std::vector<LabelledText> texts;
    std::uint64_t state = seed * 0x9E3779B97F4A7C15ull + 7;
    const auto dice = [&](std::size_t sides) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return static_cast<std::size_t>(state % sides);
    };
    constexpr std::size_t texts_of_a_language = 1000;
    for (const auto& [lang, list] : sentences) {
        for (std::size_t i = 0; i < texts_of_a_language; ++i) {
            std::string text;
            for (std::size_t n = 1 + dice(5); n > 0; --n) text += (text.empty() ? "" : " ") + list[dice(list.size())];
            texts.push_back({lang, text, false, false});
        }
    }
    return texts;
}

Learned learn(const std::vector<LabelledText>& texts, const std::vector<LabelledText>& plain, const Detectors& detectors, const Learning& how) {
    const std::size_t size = std::size_t{1} << how.bits;
    const auto mask = static_cast<std::uint32_t>(size - 1);
    std::map<std::string, unsigned> numbers;
    for (const LabelledText& text : texts) numbers.emplace(text.lang, 0);
    unsigned count = 0;
    for (auto& [code, number] : numbers) number = count++;

    std::vector<Example> examples;
    Folded folded;
    Features features;
    std::vector<Window> windows;
    Dice dice{how.seed * 0xD1B54A32D192ED03ull + 1};
    const auto add = [&](const LabelledText& text, bool is_plain) {
        const auto number = numbers.find(text.lang);
        if (number == numbers.end()) return;
        fold(text.text, folded);
        windows_of(folded, windows);
        const auto fold_of = static_cast<unsigned>(dice.next() % folds);
        Context context;
        context.lang = text.lang;
        const bool found = !is_plain && !detectors.find(text.text, context).empty();
        for (const Window& window : windows) {
            features_of(folded, window.from, window.to, text.lang, features);
            Example example;
            example.features.reserve(features.all.size());
            for (const Features::One& one : features.all) example.features.push_back(one.hash & mask);
            example.language = number->second;
            example.offensive = text.offensive && !is_plain;
            example.hateful = text.hateful && !is_plain;
            example.plain = is_plain;
            example.found = found;
            example.fold = fold_of;
            // Of a long offensive text nobody knows which part is: it counts once, in all.
            example.weight = 1.0f / static_cast<float>(windows.size());
            examples.push_back(std::move(example));
        }
    };
    for (const LabelledText& text : texts) add(text, false);
    for (const LabelledText& text : plain) add(text, true);
    // In each language both sides weigh the same.
    std::vector<double> sides(numbers.size() * 2);
    for (const Example& example : examples) sides[example.language * 2 + (example.offensive ? 1 : 0)] += static_cast<double>(example.weight);
    for (Example& example : examples) {
        const double all = sides[example.language * 2] + sides[example.language * 2 + 1], own = sides[example.language * 2 + (example.offensive ? 1 : 0)];
        example.weight *= static_cast<float>(std::min(3.0, all / (2 * std::max(1.0, own))));
    }

    // What the model says of texts it has not seen.
    std::vector<float> odds(examples.size());
    for (unsigned fold_number = 0; fold_number < folds; ++fold_number) {
        const Weights weights = trained(examples, numbers.size(), fold_number, size, how);
        for (std::size_t i = 0; i < examples.size(); ++i) {
            if (examples[i].fold == fold_number) odds[i] = log_odds(weights, examples[i], 0, size);
        }
    }
    const Weights weights = trained(examples, numbers.size(), folds, size, how);

    Learned learned;
    std::vector<Model::Language> languages;
    for (const auto& [code, number] : numbers) {
        Learned::Figures figures;
        figures.lang = code;
        std::vector<std::size_t> mine;
        std::vector<float> plain_odds;
        for (std::size_t i = 0; i < examples.size(); ++i) {
            if (examples[i].language != number) continue;
            if (examples[i].plain) {
                plain_odds.push_back(odds[i]);
            } else {
                mine.push_back(i);
            }
        }
        std::sort(plain_odds.begin(), plain_odds.end(), std::greater<>());
        const auto allowed = static_cast<std::size_t>(how.plain_alarms * static_cast<double>(plain_odds.size()));
        float floor = plain_odds.empty() ? -100.0f : plain_odds[std::min(allowed, plain_odds.size() - 1)];
        // Where most texts are offensive they were collected by their slurs, and the best threshold of the set would stop half of
        // all reviews: the harmless ones among them are the measure then.
        std::vector<float> others;
        for (const std::size_t i : mine) {
            if (!examples[i].offensive) others.push_back(odds[i]);
        }
        if (others.size() * 2 < mine.size() && !others.empty()) {
            std::sort(others.begin(), others.end(), std::greater<>());
            floor = std::max(floor, others[static_cast<std::size_t>(0.01 * static_cast<double>(others.size()))]);
        }
        float best = 100;
        for (int k = -40; k <= 120; ++k) {
            const float threshold = std::max(floor, static_cast<float>(k) * 0.05f);
            std::size_t together[4] = {}, alone[4] = {};
            for (const std::size_t i : mine) {
                const bool said = odds[i] > threshold;
                ++alone[(examples[i].offensive ? 0 : 2) + (said ? 0 : 1)];
                ++together[(examples[i].offensive ? 0 : 2) + (said || examples[i].found ? 0 : 1)];
            }
            const double f1 = macro_f1(together[0], together[1], together[2], together[3]);
            if (f1 > figures.f1_together) {
                figures.f1_together = f1;
                figures.f1_model = macro_f1(alone[0], alone[1], alone[2], alone[3]);
                best = threshold;
            }
        }
        figures.threshold = static_cast<double>(best);
        figures.texts = mine.size();
        figures.plain = plain_odds.size();
        for (const std::size_t i : mine) figures.offensive += examples[i].offensive ? 1 : 0;
        for (const float one : plain_odds) figures.plain_alarms += one > best ? 1 : 0;
        learned.figures.push_back(figures);
        languages.push_back({code, weights.bias[number * 2], weights.bias[number * 2 + 1], best});
    }

    float largest = 1e-6f;
    for (const float weight : weights.table) largest = std::max(largest, std::abs(weight));
    const float scale = largest / 127;
    std::vector<std::int8_t> bytes(weights.table.size());
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::int8_t>(std::lround(weights.table[i] / scale));
    learned.model = Model::write(how.version, how.bits, scale, languages, bytes);
    return learned;
}

}  // namespace verbatim::text
