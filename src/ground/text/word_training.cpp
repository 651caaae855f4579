// Learning the weights of word_model.h: logistic regression by Adagrad, one pass after the other over the words in a fixed order.
#include "ground/text/word_model.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace verbatim::text {
namespace {

constexpr int passes = 8;
constexpr double rate = 0.3, decay = 0.001, insult_weight = 2;

struct Example {
    std::string word;
    bool insult = false;
    std::uint32_t order = 0;
};

std::uint32_t order_of(std::string_view word) {
    std::uint32_t hash = 2166136261u;
    for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    hash ^= hash >> 13;
    hash *= 2246822519u;
    return hash ^ hash >> 16;
}

struct Weights {
    std::vector<double> weight = std::vector<double>(WordModel::weight_count), seen = std::vector<double>(WordModel::weight_count, 1e-6);
    double bias = 0;

    double score(std::string_view word) const {
        double sum = bias;
        each_run(word, [&](std::uint32_t run) { sum += weight[run]; });
        return sum;
    }
    void learn(const Example& example) {
        const double likely = 1 / (1 + std::exp(-std::clamp(score(example.word), -30.0, 30.0)));
        const double slope = (likely - (example.insult ? 1 : 0)) * (example.insult ? insult_weight : 1);
        each_run(example.word, [&](std::uint32_t run) {
            const double step = slope + decay * weight[run];
            seen[run] += step * step;
            weight[run] -= rate * step / std::sqrt(seen[run]);
        });
        bias -= 0.01 * slope;
    }
};

// Words of a-z alone; a phrase or a disguise says nothing about letters.
void take(const std::vector<std::string>& from, bool insult, const std::set<std::string>* without, std::set<std::string>& into, std::vector<Example>& examples) {
    for (const std::string& word : from) {
        std::string letters = folded(word);
        const bool plain = letters.size() >= 3 && letters.size() <= 24 && std::all_of(letters.begin(), letters.end(), [](char c) { return c >= 'a' && c <= 'z'; });
        if (!plain || (without != nullptr && without->count(letters) != 0) || !into.insert(letters).second) continue;
        const std::uint32_t order = order_of(letters);
        examples.push_back({std::move(letters), insult, order});
    }
}

void run_passes(const std::vector<Example>& examples, bool all, Weights& weights) {
    for (int pass = 0; pass < passes; ++pass) {
        for (const Example& example : examples) {
            if (all || example.order % 10 != 0) weights.learn(example);
        }
    }
}

}  // namespace

Trained train_word_model(const WordLists& lists, double alarm_share) {
    std::vector<Example> examples;
    std::set<std::string> insults, ordinary;
    take(lists.insults, true, nullptr, insults, examples);
    take(lists.ordinary, false, &insults, ordinary, examples);
    std::sort(examples.begin(), examples.end(), [](const Example& a, const Example& b) { return a.order != b.order ? a.order < b.order : a.word < b.word; });
    Trained trained;
    trained.insults = insults.size();
    trained.ordinary = ordinary.size();

    // A tenth tells where the threshold lies; then all are learned.
    Weights judged;
    run_passes(examples, false, judged);
    std::vector<double> innocent, guilty;
    for (const Example& example : examples) {
        if (example.order % 10 == 0) (example.insult ? guilty : innocent).push_back(judged.score(example.word));
    }
    std::sort(innocent.begin(), innocent.end(), std::greater<>());
    const std::size_t allowed = static_cast<std::size_t>(alarm_share * static_cast<double>(innocent.size()));
    const double threshold = innocent.empty() ? 0 : innocent[std::min(allowed, innocent.size() - 1)];
    const auto above = [&](const std::vector<double>& scores) {
        return scores.empty() ? 0.0 : static_cast<double>(std::count_if(scores.begin(), scores.end(), [&](double score) { return score > threshold; })) / static_cast<double>(scores.size());
    };
    trained.found = above(guilty);
    trained.alarms = above(innocent);

    Weights weights;
    run_passes(examples, true, weights);
    double largest = 0.01;
    for (const double weight : weights.weight) largest = std::max(largest, std::abs(weight));
    const double scale = largest / 127;
    char line[100];
    char* at = line;
    const auto put = [&](double number) {
        *at++ = ' ';
        at = std::to_chars(at, line + sizeof line, number, std::chars_format::fixed, 6).ptr;
    };
    put(scale);
    put(weights.bias - threshold);
    std::string bytes;
    for (const double weight : weights.weight) bytes.push_back(static_cast<char>(static_cast<signed char>(std::lround(weight / scale))));
    char version[9] = {};
    std::to_chars(version, version + 8, order_of(bytes), 16);
    trained.bytes = "verbatim insult words 1\n" + std::string(version) + std::string(line, at) + "\n" + bytes;
    return trained;
}

}  // namespace verbatim::text
