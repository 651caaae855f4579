// What categories are learned with besides the linear machines: directions of a matrix, groups of words, a logistic regression, folds.
#include "ground/understand/word_groups.h"

#include "ground/understand/folds.h"
#include "ground/understand/learning.h"
#include "ground/understand/logistic.h"
#include "ground/understand/subspace.h"

#include <cmath>
#include <gtest/gtest.h>
#include <set>

namespace verbatim::understand {
namespace {

TEST(Subspace, HoldsAllOfAMatrixOfFewDirections) {
    // Rows are mixtures of two patterns: two directions hold everything, and are orthonormal.
    constexpr std::size_t height = 60, columns = 40;
    SparseRows matrix;
    matrix.columns = columns;
    std::vector<std::vector<double>> dense(height, std::vector<double>(columns));
    for (std::size_t i = 0; i < height; ++i) {
        for (std::size_t j = 0; j < columns; ++j) {
            dense[i][j] = static_cast<double>(i % 7) * static_cast<double>(j % 3) + static_cast<double>(i % 2) * static_cast<double>(j % 5);
            if (dense[i][j] == 0) continue;
            matrix.places.push_back(static_cast<std::uint32_t>(j));
            matrix.values.push_back(static_cast<float>(dense[i][j]));
        }
        matrix.begins.push_back(matrix.places.size());
    }
    const auto left = left_subspace(matrix, 2, 4, 1);
    ASSERT_EQ(left.size(), 2 * height);
    for (std::size_t a = 0; a < 2; ++a)
        for (std::size_t b = 0; b < 2; ++b) {
            double sum = 0;
            for (std::size_t i = 0; i < height; ++i) sum += static_cast<double>(left[2 * i + a]) * static_cast<double>(left[2 * i + b]);
            EXPECT_NEAR(sum, a == b ? 1 : 0, 1e-4);
        }
    for (std::size_t j = 0; j < columns; ++j) {  // each column is its own shadow
        double along[2] = {0, 0};
        for (std::size_t i = 0; i < height; ++i)
            for (std::size_t d = 0; d < 2; ++d) along[d] += static_cast<double>(left[2 * i + d]) * dense[i][j];
        for (std::size_t i = 0; i < height; ++i) EXPECT_NEAR(static_cast<double>(left[2 * i]) * along[0] + static_cast<double>(left[2 * i + 1]) * along[1], dense[i][j], 1e-3);
    }
}

// Forty topics of ten ideas; a sentence is some ideas of one topic, in two languages that share no word.
std::vector<WordGroups::Sentence> two_languages() {
    std::vector<WordGroups::Sentence> all;
    Dice dice(5);
    for (std::uint64_t number = 0; number < 1200; ++number) {
        const std::uint32_t topic = static_cast<std::uint32_t>(dice.next() % 40);
        WordGroups::Sentence one{WordGroups::language_hash("aa"), number, {}}, other{WordGroups::language_hash("bb"), number, {}};
        for (int i = 0; i < 5; ++i) {
            const std::uint32_t idea = topic * 10 + static_cast<std::uint32_t>(dice.next() % 10);
            one.words.push_back(spread(1000 + idea));
            other.words.push_back(spread(9000 + idea));
        }
        all.push_back(one);
        all.push_back(other);
    }
    return all;
}

TEST(WordGroups, WordsOfATopicFallTogetherInBothLanguages) {
    const auto groups = WordGroups::learn(two_languages(), 1);
    const auto aa = WordGroups::language_hash("aa"), bb = WordGroups::language_hash("bb");
    int together = 0, known = 0;
    std::set<std::uint16_t> numbers;
    for (std::uint32_t idea = 0; idea < 400; ++idea) {
        const auto one = groups.of(aa, spread(1000 + idea)), other = groups.of(bb, spread(9000 + idea));
        if (one[1] == WordGroups::none || other[1] == WordGroups::none) continue;
        ++known;
        together += one[1] == other[1] ? 1 : 0;
        numbers.insert(one[1]);
    }
    EXPECT_GT(known, 380);
    EXPECT_GT(together, known * 7 / 10);
    EXPECT_GT(numbers.size(), 30u);  // and not because there is one group for all
    EXPECT_EQ(groups.of(aa, 77)[0], WordGroups::none);
    EXPECT_EQ(groups.of(WordGroups::language_hash("cc"), spread(1001))[0], WordGroups::none);
}

TEST(WordGroups, AreTheSameAgainAndKeptInAFile) {
    std::string bytes, again;
    WordGroups::learn(two_languages(), 3).write(bytes);
    WordGroups::learn(two_languages(), 3).write(again);
    EXPECT_EQ(bytes, again);
    std::string_view left = bytes;
    const auto read = WordGroups::read(left);
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_TRUE(left.empty());
    std::string written;
    read->write(written);
    EXPECT_EQ(written, bytes);
    EXPECT_EQ(read->of(WordGroups::language_hash("aa"), spread(1005)), WordGroups::learn(two_languages(), 3).of(WordGroups::language_hash("aa"), spread(1005)));
    for (std::size_t cut = 0; cut < bytes.size(); cut += 1 + bytes.size() / 20) {
        std::string_view part(bytes.data(), cut);
        EXPECT_FALSE(WordGroups::read(part).ok());
    }
    std::string_view too_many = "groups 99999999999\n";
    EXPECT_FALSE(WordGroups::read(too_many).ok());
    EXPECT_EQ(WordGroups::learn({}, 1).size(), 0u);
}

TEST(Logistic, FindsTheSharesItWasToldOf) {
    // Of 1,000 with the sign 300 are true, of 1,000 without it 800.
    DenseRows rows{2, {}};
    std::vector<bool> truth;
    std::vector<std::uint32_t> use;
    for (std::uint32_t i = 0; i < 2000; ++i) {
        const bool with = i < 1000;
        rows.values.insert(rows.values.end(), {1.0f, with ? 1.0f : 0.0f});
        truth.push_back(i % 1000 < (with ? 300u : 800u));
        use.push_back(i);
    }
    const std::vector<double> penalties(2, 1e-6);
    const auto weights = logistic(rows, truth, use, penalties);
    EXPECT_NEAR(likelihood(weights, rows[0]), 0.3, 1e-3);
    EXPECT_NEAR(likelihood(weights, rows[1999]), 0.8, 1e-3);
    // What parts everything is held down by its penalty; only the rows in use are looked at.
    const auto held = logistic(rows, truth, use, std::vector<double>{1e-6, 1e6});
    EXPECT_NEAR(likelihood(held, rows[0]), 0.55, 1e-2);
    const std::vector<std::uint32_t> one_side(use.begin(), use.begin() + 300);
    EXPECT_GT(likelihood(logistic(rows, truth, one_side, std::vector<double>{0.1, 0.1}), rows[0]), 0.95);
}

TEST(Folds, CopiesStayTogetherAndOthersDoNot) {
    Tokens tokens;
    const auto fold = [&](const std::string& text) {
        tokenize(text, tokens);
        return fold_of(tokens, 5);
    };
    EXPECT_EQ(fold("The soup was cold, and so was the waiter."), fold("the soup was COLD and so was the waiter!!!"));
    std::array<int, 5> counts{};
    for (int i = 0; i < 1000; ++i) ++counts[fold(std::string("visit ") + static_cast<char>('a' + i % 10) + static_cast<char>('a' + i / 10 % 10) + static_cast<char>('a' + i / 100))];
    for (const int count : counts) EXPECT_GT(count, 120);
    EXPECT_NE(fold("!"), 9u);  // signs alone are a text too
}

}  // namespace
}  // namespace verbatim::understand
