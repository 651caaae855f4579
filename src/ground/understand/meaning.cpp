#include "ground/understand/meaning.h"

#include "ground/understand/features.h"
#include "ground/understand/learning.h"
#include "ground/understand/meaning_concepts.h"
#include "ground/understand/themes.h"

#include <cmath>

namespace verbatim::understand {
namespace {

using Sum = std::array<float, meaning_size>;
constexpr float concept_weight = 3, larger_share = 0.8f, word_weight = 1, small_word_weight = 0.1f;
constexpr std::uint32_t small_word = 3;  // letters: "the", "mit", "sur" say nothing
constexpr Shape pieces{18, false, false, 3, 5};

// The fixed direction of a name or hash, of length 1.
void point(Sum& sum, std::uint64_t seed, float weight) {
    Dice dice(seed);
    const float step = weight / std::sqrt(static_cast<float>(meaning_size));
    for (std::size_t i = 0; i < meaning_size;) {
        std::uint64_t bits = dice.next() * 0x2545F4914F6CDD1Dull;
        for (int b = 0; b < 64 && i < meaning_size; ++b, bits >>= 1) sum[i++] += (bits & 1) != 0 ? step : -step;
    }
}

void point_word(Sum& sum, const Tokens& tokens, const Token& token) {
    const float weight = token.size <= small_word ? small_word_weight : word_weight;
    Sum word{};
    std::size_t count = 0;
    if (token.size <= longest_word)
        each_piece(tokens.letters.data() + token.from, token.size, pieces, [&](std::uint32_t hash) {
            point(word, hash, 1);
            ++count;
        });
    if (count == 0) return point(sum, token.hash, weight);
    const float each = weight / std::sqrt(static_cast<float>(count));
    for (std::size_t i = 0; i < meaning_size; ++i) sum[i] += word[i] * each;
}

}  // namespace

MeaningVector meaning_vector(const Tokens& tokens, std::size_t begin, std::size_t end) {
    const Concepts& concepts = Concepts::shipped();
    Sum sum{};
    thread_local Distinct distinct;
    distinct.begin(end - begin + 1);
    std::vector<std::uint16_t> seen;
    for (std::size_t i = begin; i < end; ++i) {
        const Token& token = tokens.all[i];
        if (token.kind != TokenKind::word || !distinct.add(token.hash)) continue;
        const auto found = concepts.of(tokens, token);
        if (!found) {
            point_word(sum, tokens, token);
            continue;
        }
        // A thing named twice is one thing.
        if (std::find(seen.begin(), seen.end(), *found) != seen.end()) continue;
        seen.push_back(*found);
        const auto& one = concepts.all()[*found];
        point(sum, one.larger_seed, concept_weight * std::sqrt(larger_share));
        point(sum, one.seed, concept_weight * std::sqrt(1 - larger_share));
    }
    float most = 0;
    for (const float value : sum) most = std::max(most, std::fabs(value));
    MeaningVector vector{};
    if (most > 0)
        for (std::size_t i = 0; i < meaning_size; ++i) vector[i] = static_cast<std::int8_t>(std::lround(sum[i] / most * 127));
    return vector;
}

MeaningVector meaning_vector(std::string_view text) {
    thread_local Tokens tokens;
    tokenize(text, tokens);
    return meaning_vector(tokens, 0, tokens.all.size());
}

double likeness(const MeaningVector& one, const MeaningVector& other) {
    std::int32_t product = 0, left = 0, right = 0;
    for (std::size_t i = 0; i < meaning_size; ++i) {
        product += one[i] * other[i];
        left += one[i] * one[i];
        right += other[i] * other[i];
    }
    return left == 0 || right == 0 ? 0 : product / std::sqrt(static_cast<double>(left) * right);
}

std::vector<Passage> passages_of(std::string_view text) {
    thread_local Tokens tokens;
    tokenize(text, tokens);
    std::vector<Clause> clauses;
    clauses_of(tokens, clauses);
    std::vector<Passage> passages;
    for (std::size_t c = 0; c < clauses.size();) {
        std::size_t last = c;
        while (last + 1 < clauses.size() && clauses[last + 1].sentence == clauses[c].sentence) ++last;
        const std::size_t begin = clauses[c].begin, end = clauses[last].end;
        passages.push_back({tokens.all[begin].begin, tokens.all[end - 1].end, meaning_vector(tokens, begin, end)});
        c = last + 1;
    }
    return passages;
}

std::string meaning_version() { return "1-" + Concepts::shipped().version(); }

}  // namespace verbatim::understand
