#include "ground/understand/meaning.h"

#include "ground/understand/features.h"
#include "ground/understand/learning.h"
#include "ground/understand/meaning_concepts.h"
#include "ground/understand/themes.h"

#include <bit>
#include <cmath>
#include <numbers>

namespace verbatim::understand {
namespace {

using Sum = std::array<float, meaning_size>;
constexpr float concept_weight = 3, larger_share = 0.8f, word_weight = 1, small_word_weight = 0.1f;
constexpr std::uint32_t small_word = 3;  // letters: "the", "mit", "sur" say nothing
constexpr Shape pieces{18, false, false, 3, 5};

// How often each place was 1, eight counts in a word: a word has some twenty pieces, and their directions a bit at a time were most of
// what reading costs. A count holds the pieces of the longest word (126).
struct Directions {
    std::array<std::uint64_t, meaning_size / 8> ones{};
    std::size_t count = 0;
};

constexpr auto eight_counts = [] {
    std::array<std::uint64_t, 256> all{};
    for (std::size_t byte = 0; byte < all.size(); ++byte)
        for (std::size_t bit = 0; bit < 8; ++bit) all[byte] |= std::uint64_t{byte >> bit & 1} << (8 * bit);
    return all;
}();

// The fixed direction of a name or hash: a sign in each place.
void point(Directions& into, std::uint64_t seed) {
    static_assert(meaning_size % 64 == 0);
    Dice dice(seed);
    for (std::size_t i = 0; i < into.ones.size();) {
        std::uint64_t bits = dice.next() * 0x2545F4914F6CDD1Dull;
        for (int byte = 0; byte < 8; ++byte, bits >>= 8) into.ones[i++] += eight_counts[bits & 0xFF];
    }
    ++into.count;
}

// Together `weight` long, were they one.
void add(Sum& sum, const Directions& directions, float weight) {
    const float each = weight / std::sqrt(static_cast<float>(directions.count * meaning_size));
    const int count = static_cast<int>(directions.count);
    for (std::size_t i = 0; i < meaning_size; ++i) sum[i] += each * static_cast<float>(2 * static_cast<int>(directions.ones[i / 8] >> (8 * (i % 8)) & 0xFF) - count);
}

Sum direction_of(const char16_t* letters, std::size_t size, std::uint32_t hash) {
    Directions directions;
    if (size <= longest_word) each_piece(letters, size, pieces, [&](std::uint32_t piece) { point(directions, piece); });
    if (directions.count == 0) point(directions, hash);
    Sum word{};
    add(word, directions, size <= small_word ? small_word_weight : word_weight);
    return word;
}

// Customers use few words often, and a word's direction is the sum of some twenty: the last ones are kept, told by all their letters.
class KeptWords {
public:
    const Sum& of(const Tokens& tokens, const Token& token) {
        const char16_t* letters = tokens.letters.data() + token.from;
        if (token.size > longest_kept) return other_ = direction_of(letters, token.size, token.hash);
        if (kept_.empty()) kept_.resize(places);
        auto& one = kept_[spread(token.hash) % places];
        if (one.size != token.size || !std::equal(letters, letters + token.size, one.letters.begin())) {
            one.size = token.size;
            std::copy(letters, letters + token.size, one.letters.begin());
            one.sum = direction_of(letters, token.size, token.hash);
        }
        return one.sum;
    }

private:
    static constexpr std::size_t longest_kept = 16, places = 4096;  // 2 MB a thread
    struct Kept {
        std::uint32_t size = 0;
        std::array<char16_t, longest_kept> letters{};
        Sum sum{};
    };
    std::vector<Kept> kept_;
    Sum other_{};
};

}  // namespace

MeaningVector meaning_vector(const Tokens& tokens, std::size_t begin, std::size_t end) {
    const Concepts& concepts = Concepts::shipped();
    Sum sum{};
    thread_local Distinct distinct;
    thread_local KeptWords kept;
    distinct.begin(end - begin + 1);
    std::vector<std::uint16_t> seen;
    for (std::size_t i = begin; i < end; ++i) {
        const Token& token = tokens.all[i];
        if (token.kind != TokenKind::word || !distinct.add(token.hash)) continue;
        const auto found = concepts.of(tokens, token);
        if (!found) {
            const Sum& word = kept.of(tokens, token);
            for (std::size_t n = 0; n < meaning_size; ++n) sum[n] += word[n];
            continue;
        }
        // A thing named twice is one thing.
        if (std::find(seen.begin(), seen.end(), *found) != seen.end()) continue;
        seen.push_back(*found);
        const auto& one = concepts.all()[*found];
        Directions larger, own;
        point(larger, one.larger_seed);
        point(own, one.seed);
        add(sum, larger, concept_weight * std::sqrt(larger_share));
        add(sum, own, concept_weight * std::sqrt(1 - larger_share));
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

MeaningSketch sketch_of(const MeaningVector& vector) {
    MeaningSketch sketch{};
    for (std::size_t i = 0; i < meaning_size; ++i) sketch[i / 64] |= static_cast<std::uint64_t>(vector[i] > 0) << (i % 64);
    return sketch;
}

double likeness(const MeaningSketch& one, const MeaningSketch& other) {
    int differ = 0;
    for (std::size_t i = 0; i < one.size(); ++i) differ += std::popcount(one[i] ^ other[i]);
    return std::cos(std::numbers::pi * differ / static_cast<double>(meaning_size));
}

std::string meanings_of(std::string_view text) {
    std::string out;
    for (const auto& passage : passages_of(text)) {
        if (std::all_of(passage.vector.begin(), passage.vector.end(), [](std::int8_t value) { return value == 0; })) continue;
        for (const auto word : sketch_of(passage.vector))
            for (int byte = 0; byte < 8; ++byte) out += static_cast<char>(word >> (8 * byte) & 0xFF);
    }
    return out;
}

double likest(const MeaningSketch& question, std::string_view meanings) {
    double most = -1;
    for (; meanings.size() >= sizeof(MeaningSketch); meanings.remove_prefix(sizeof(MeaningSketch))) {
        MeaningSketch one{};
        for (std::size_t i = 0; i < sizeof(MeaningSketch); ++i) one[i / 8] |= static_cast<std::uint64_t>(static_cast<unsigned char>(meanings[i])) << (8 * (i % 8));
        most = std::max(most, likeness(question, one));
    }
    return most;
}

std::string meaning_version() { return "1-" + Concepts::shipped().version(); }

}  // namespace verbatim::understand
