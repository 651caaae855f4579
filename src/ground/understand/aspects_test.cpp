// Aspects learned from sentences made here: nothing from outside is needed.
#include "ground/understand/aspects.h"

#include <gtest/gtest.h>

#include <thread>

namespace verbatim::understand {
namespace {

struct Dish {
    const char *word, *category;
};
constexpr Dish dishes[] = {{"soup", "FOOD#QUALITY"}, {"bread", "FOOD#QUALITY"}, {"waiter", "SERVICE#GENERAL"}, {"waitress", "SERVICE#GENERAL"}};
constexpr const char* good[] = {"lovely", "excellent", "perfect", "charming"};
constexpr const char* bad[] = {"awful", "horrible", "dreadful", "poor"};

// "the soup was lovely but the waiter was awful": what is said depends on where the target stands, not on the sentence.
std::vector<AspectExample> sentences() {
    std::vector<AspectExample> all;
    for (const Dish& one : dishes)
        for (const Dish& other : dishes) {
            if (one.word == other.word) continue;
            for (std::size_t i = 0; i < 4; ++i) {
                for (const bool turned : {false, true}) {
                    AspectExample example;
                    example.lang = "en";
                    example.domain = "restaurants";
                    example.has_categories = true;
                    const char *first = turned ? bad[i] : good[i], *second = turned ? good[i] : bad[i];
                    example.text = std::string("the ") + one.word + " was " + first + " but the " + other.word + " was " + second;
                    const std::size_t at = example.text.rfind(other.word);
                    example.targets.push_back({one.word, one.category, turned ? "negative" : "positive", 4, 4 + std::string(one.word).size()});
                    example.targets.push_back({other.word, other.category, turned ? "positive" : "negative", at, at + std::string(other.word).size()});
                    all.push_back(example);
                }
            }
        }
    return all;
}

TEST(Aspects, TwoTargetsOfASentenceAreToldApart) {
    const auto taught = Aspects::teach(sentences(), {});
    ASSERT_TRUE(taught.ok());
    Tokens tokens;
    tokenize("the salad was excellent but the terrace was horrible", tokens);
    EXPECT_EQ(taught->polarity(tokens, "en", "restaurants", {"salad", "", "", 4, 9}), "positive");
    double degree = 0;
    EXPECT_EQ(taught->polarity(tokens, "en", "restaurants", {"terrace", "", "", 32, 39}, &degree), "negative");
    EXPECT_LT(degree, 0);
}

TEST(Aspects, CategoriesOfASentenceAreFoundAndKeptInAFile) {
    auto examples = sentences();
    for (int i = 0; i < 40; ++i) {
        AspectExample none;
        none.lang = "en";
        none.domain = "restaurants";
        none.has_categories = true;
        none.text = "we came on a day of the week number " + std::to_string(i);
        examples.push_back(none);
    }
    const auto taught = Aspects::teach(examples, {});
    ASSERT_TRUE(taught.ok());
    const std::string bytes = taught->write();
    const auto read = Aspects::read(bytes);
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(read->write(), bytes);
    Tokens tokens;
    std::vector<Aspects::Found> found;
    tokenize("a horrible soup", tokens);
    read->categories(tokens, "en", "restaurants", found);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].category, "FOOD#QUALITY");
    tokenize("we came on a week day", tokens);
    read->categories(tokens, "en", "restaurants", found);
    EXPECT_TRUE(found.empty());
    for (std::size_t cut = 0; cut + 1 < bytes.size(); cut += 1 + bytes.size() / 50) EXPECT_FALSE(Aspects::read(std::string_view(bytes).substr(0, cut)).ok());
}

TEST(Aspects, TheSameExamplesAndSeedMakeTheSameFile) {
    EXPECT_EQ(Aspects::teach(sentences(), {})->write(), Aspects::teach(sentences(), {})->write());
}

// Where a domain marks only what is named, "excellent !" is of no category; a domain that marks what is meant has it.
TEST(Aspects, WhatADomainMarksIsItsOwn) {
    auto examples = sentences();
    for (const char* dish : {"stew", "pie", "rice", "curry", "salad", "cake", "tart", "trout"})
        for (const char* how : good) {
            for (const bool named : {true, false}) {
                AspectExample example;
                example.lang = "en";
                example.has_categories = true;
                example.domain = named ? "restaurants" : "meant";
                example.text = named ? std::string("we came back for the ") + dish + " and it is " + how : std::string("so ") + how + " , we were full after the " + dish;
                if (named) example.targets.push_back({dish, "FOOD#QUALITY", "positive", 21, 21 + std::string(dish).size()});
                else example.targets.push_back({"", "FOOD#QUALITY", "positive", 0, 0});
                examples.push_back(example);
                example.targets.clear();
                example.text = named ? std::string("so ") + how + " , we were full" : std::string("it rained on number ") + dish;
                examples.push_back(example);
            }
        }
    const auto taught = Aspects::teach(examples, {});
    ASSERT_TRUE(taught.ok());
    Tokens tokens;
    std::vector<Aspects::Found> found;
    tokenize("so lovely , we were full", tokens);
    taught->categories(tokens, "en", "restaurants", found);
    EXPECT_TRUE(found.empty());
    taught->categories(tokens, "en", "meant", found);
    EXPECT_EQ(found.size(), 1u);
}

// What words add is kept for those that come again: a reading does not depend on what was read before it, by this thread or another.
TEST(Aspects, CategoriesDoNotDependOnWhatWasReadBefore) {
    AspectTeaching otherwise;
    otherwise.seed = 7;
    const auto taught = Aspects::teach(sentences(), {}), another = Aspects::teach(sentences(), otherwise);
    ASSERT_TRUE(taught.ok() && another.ok());
    const auto reading = [](const Aspects& aspects, std::string_view lang, const std::string& text) {
        Tokens tokens;
        std::vector<Aspects::Found> found;
        tokenize(text, tokens);
        aspects.categories(tokens, lang, "restaurants", found);
        std::vector<std::pair<std::string, double>> all;
        for (const auto& one : found) all.push_back({one.category, one.score});
        return all;
    };
    const std::string text = "a horrible soup , 20 minutes late and the soup was cold";
    std::vector<std::pair<std::string, double>> cold;
    std::thread([&] { cold = reading(*taught, "en", text); }).join();
    ASSERT_FALSE(cold.empty());
    EXPECT_EQ(reading(*taught, "en", text), cold);
    EXPECT_EQ(reading(*taught, "en", text), cold);
    (void)reading(*taught, "fr", text);
    (void)reading(*another, "en", text);
    std::string many;
    for (int i = 0; i < 300; ++i) {
        for (int n = 0; n < 40; ++n) many += "w" + std::string(1, static_cast<char>('a' + i % 26)) + std::string(static_cast<std::size_t>(n), 'x') + std::string(1, static_cast<char>('a' + i / 26)) + " soup ";
        (void)reading(*taught, "en", many);
        many.clear();
    }
    EXPECT_EQ(reading(*taught, "en", text), cold);
}

TEST(AspectExamples, TheFormsOfTheSetsAreRead) {
    AspectExample example;
    std::string why;
    ASSERT_TRUE(read_aspects(R"({"lang":"fr","domain":"restaurants","text":"L'été , un café","aspects":[{"term":"café","category":"drinks quality","polarity":"POS"},{"term":null,"category":"X","polarity":"conflict"}]})", example, why));
    ASSERT_EQ(example.targets.size(), 2u);
    EXPECT_EQ(example.targets[0].category, "DRINKS#QUALITY");
    EXPECT_EQ(example.targets[0].polarity, "positive");
    EXPECT_EQ(example.targets[0].start, 11u);
    EXPECT_EQ(example.targets[0].end, 15u);
    EXPECT_EQ(example.targets[1].polarity, "");
    EXPECT_EQ(example.targets[1].end, 0u);
    EXPECT_EQ(example.same, "");
    ASSERT_TRUE(read_aspects(R"({"id":"set-7-fr","lang":"fr","domain":"a\nb","text":"L'été","aspects":[]})", example, why));
    EXPECT_EQ(example.same, "set-7");
    EXPECT_EQ(example.domain, "a b");  // it stands on a line of its own in a model
    EXPECT_FALSE(read_aspects("[1]", example, why));
    EXPECT_FALSE(read_aspects(R"({"lang":"fr"})", example, why));
    ASSERT_TRUE(read_aspects(R"({"text":"a","aspects":[{"term":"zz","start":5,"end":2},{"start":0,"end":900}]})", example, why));
    EXPECT_EQ(example.targets[0].end, 0u);
    EXPECT_EQ(example.targets[1].end, 0u);
}

}  // namespace
}  // namespace verbatim::understand
