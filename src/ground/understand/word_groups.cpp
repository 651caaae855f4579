#include "ground/understand/word_groups.h"

#include "ground/understand/learning.h"
#include "ground/understand/subspace.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <unordered_map>

namespace verbatim::understand {
namespace {

constexpr unsigned dimensions = 96, subspace_rounds = 4, rounds = 12;
constexpr std::size_t groups[WordGroups::levels] = {120, 800};
constexpr std::size_t fewest_sentences = 300, fewest_uses = 3;
constexpr std::string_view heading = "groups ";

std::uint32_t key_of(std::uint32_t lang, std::uint32_t word) { return hash_pair(lang, word); }

// Which of `count` centres each vector (of length 1) is nearest to by angle; centres begin at vectors drawn, evenly spread.
std::vector<std::uint16_t> nearest_centres(const std::vector<float>& vectors, std::size_t count, std::uint64_t seed) {
    const std::size_t all = vectors.size() / dimensions;
    std::vector<float> centres(dimensions * count), scores(count);  // a dimension's centres side by side
    Dice dice(seed);
    for (std::size_t c = 0; c < count; ++c) {
        const std::size_t drawn = dice.next() % all;
        for (std::size_t d = 0; d < dimensions; ++d) centres[d * count + c] = vectors[drawn * dimensions + d];
    }
    std::vector<std::uint16_t> of(all);
    for (unsigned round = 0; round < rounds; ++round) {
        std::vector<float> sums(dimensions * count);
        for (std::size_t i = 0; i < all; ++i) {
            std::fill(scores.begin(), scores.end(), 0.0f);
            for (std::size_t d = 0; d < dimensions; ++d) {
                const float value = vectors[i * dimensions + d];
                const float* const centre = centres.data() + d * count;
                for (std::size_t c = 0; c < count; ++c) scores[c] += value * centre[c];
            }
            const auto best = static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
            of[i] = static_cast<std::uint16_t>(best + 1);
            for (std::size_t d = 0; d < dimensions; ++d) sums[d * count + best] += vectors[i * dimensions + d];
        }
        for (std::size_t c = 0; c < count; ++c) {
            double square = 0;
            for (std::size_t d = 0; d < dimensions; ++d) square += static_cast<double>(sums[d * count + c]) * static_cast<double>(sums[d * count + c]);
            if (square <= 0) continue;  // nobody's: it stays where it is
            const auto scale = static_cast<float>(1 / std::sqrt(square));
            for (std::size_t d = 0; d < dimensions; ++d) centres[d * count + c] = sums[d * count + c] * scale;
        }
    }
    return of;
}

}  // namespace

std::uint32_t WordGroups::language_hash(std::string_view lang) {
    std::uint32_t hash = hash_start;
    for (const char c : lang) hash = hash_letter(hash, static_cast<unsigned char>(c));
    return spread(hash);
}

WordGroups WordGroups::learn(const std::vector<Sentence>& sentences, std::uint64_t seed) {
    WordGroups learned;
    if (sentences.size() < fewest_sentences) return learned;
    std::unordered_map<std::uint64_t, std::uint32_t> columns;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> uses;  // key, column
    for (const Sentence& sentence : sentences) {
        const std::uint32_t column = columns.try_emplace(sentence.same, static_cast<std::uint32_t>(columns.size())).first->second;
        for (const std::uint32_t word : sentence.words) uses.push_back({key_of(sentence.lang, word), column});
    }
    std::sort(uses.begin(), uses.end());
    uses.erase(std::unique(uses.begin(), uses.end()), uses.end());
    SparseRows matrix;
    matrix.columns = columns.size();
    std::vector<std::uint32_t> lengths(columns.size());
    for (const auto& [key, column] : uses) ++lengths[column];
    for (std::size_t begin = 0; begin < uses.size();) {
        std::size_t end = begin;
        while (end < uses.size() && uses[end].first == uses[begin].first) ++end;
        if (end - begin >= fewest_uses && learned.words_.size() < most_words) {
            // A word of many sentences says little of each, a sentence of many words (or many translations) little of each of them.
            const double rarity = std::log(static_cast<double>(columns.size()) / static_cast<double>(end - begin));
            learned.words_.push_back({uses[begin].first, {}});
            for (std::size_t i = begin; i < end; ++i) {
                matrix.places.push_back(uses[i].second);
                matrix.values.push_back(static_cast<float>(std::max(0.1, rarity) / std::sqrt(static_cast<double>(end - begin)) / std::sqrt(static_cast<double>(lengths[uses[i].second]))));
            }
            matrix.begins.push_back(matrix.places.size());
        }
        begin = end;
    }
    const std::size_t words = learned.words_.size();
    if (words < 4 * dimensions) return {};
    auto vectors = left_subspace(matrix, dimensions, subspace_rounds, seed);
    for (std::size_t i = 0; i < words; ++i) {
        double square = 1e-30;
        for (std::size_t d = 0; d < dimensions; ++d) square += static_cast<double>(vectors[i * dimensions + d]) * static_cast<double>(vectors[i * dimensions + d]);
        const auto scale = static_cast<float>(1 / std::sqrt(square));
        for (std::size_t d = 0; d < dimensions; ++d) vectors[i * dimensions + d] *= scale;
    }
    for (std::size_t level = 0; level < levels; ++level) {
        const auto nearest = nearest_centres(vectors, std::min(groups[level], words / 4), seed + level);
        for (std::size_t i = 0; i < words; ++i) learned.words_[i].numbers[level] = nearest[i];
    }
    learned.index();
    return learned;
}

void WordGroups::index() {
    table_.assign(std::bit_ceil(2 * words_.size() + 2), 0);
    for (std::size_t i = 0; i < words_.size(); ++i) {
        std::size_t at = words_[i].key & (table_.size() - 1);
        while (table_[at] != 0) at = (at + 1) & (table_.size() - 1);
        table_[at] = static_cast<std::uint32_t>(i + 1);
    }
}

WordGroups::Numbers WordGroups::of(std::uint32_t lang, std::uint32_t word) const {
    if (words_.empty()) return {};
    const std::uint32_t key = key_of(lang, word);
    for (std::size_t at = key & (table_.size() - 1); table_[at] != 0; at = (at + 1) & (table_.size() - 1))
        if (words_[table_[at] - 1].key == key) return words_[table_[at] - 1].numbers;
    return {};
}

// "groups N\n", then N times a key of four bytes and two numbers of two, the lowest byte first.
void WordGroups::write(std::string& into) const {
    into += heading;
    into += std::to_string(words_.size()) + "\n";
    const auto put = [&](std::uint32_t value, unsigned bytes) {
        for (unsigned i = 0; i < bytes; ++i) into += static_cast<char>(value >> (8 * i) & 255);
    };
    for (const Word& word : words_) {
        put(word.key, 4);
        for (const std::uint16_t number : word.numbers) put(number, 2);
    }
}

Result<WordGroups> WordGroups::read(std::string_view& bytes) {
    const auto bad = [](const char* why) { return Error{ErrorKind::invalid, "bad_model", why, ""}; };
    constexpr std::size_t width = 4 + 2 * levels;
    const auto end = bytes.substr(0, 64).find('\n');
    std::size_t count = 0;
    if (end == std::string_view::npos || !bytes.starts_with(heading)) return bad("no groups of words where they should stand");
    const auto number = bytes.substr(heading.size(), end - heading.size());
    const auto parsed = std::from_chars(number.data(), number.data() + number.size(), count);
    if (parsed.ec != std::errc() || parsed.ptr != number.data() + number.size() || count > most_words) return bad("the number of its words is not understood");
    bytes.remove_prefix(end + 1);
    if (bytes.size() < count * width) return bad("its words are cut");
    WordGroups read;
    const auto take = [&](std::size_t at, unsigned size) {
        std::uint32_t value = 0;
        for (unsigned i = 0; i < size; ++i) value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
        return value;
    };
    for (std::size_t i = 0; i < count; ++i) {
        Word word{take(i * width, 4), {}};
        for (std::size_t level = 0; level < levels; ++level) word.numbers[level] = static_cast<std::uint16_t>(take(i * width + 4 + 2 * level, 2));
        if (i > 0 && word.key <= read.words_.back().key) return bad("its words are out of order");
        read.words_.push_back(word);
    }
    bytes.remove_prefix(count * width);
    if (count > 0) read.index();
    return read;
}

}  // namespace verbatim::understand
