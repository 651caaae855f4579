// A summary says what customers said, in the proportion of their stars, and nothing else.
#include "life/publish/summary.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace verbatim::publish {
namespace {

readings::Words place(const std::string& review, int rating, const std::string& body, const std::string& words, const std::string& theme, double polarity) {
    readings::Words one;
    one.review = review;
    one.rating = rating;
    one.body = body;
    one.theme = theme;
    one.start = body.find(words);  // these bodies are plain ASCII
    one.end = one.start + words.size();
    one.polarity = polarity;
    return one;
}

TEST(Summary, SentencesEndWhereTheyEnd) {
    const std::string text = "All fine. It took 2.5 hours though!\nNever mind";
    EXPECT_EQ(sentence_around(text, 10, 12), "It took 2.5 hours though!");
    EXPECT_EQ(sentence_around(text, 0, 3), "All fine.");
    EXPECT_EQ(sentence_around(text, 37, 41), "Never mind");
    EXPECT_EQ(sentence_around(text, 5, 5), "");
    EXPECT_EQ(sentence_around(text, 5, 500), "");
    // Places are code points.
    EXPECT_EQ(sentence_around("Tr\u00e8s \u00e9l\u00e9gant. Ch\u00e8re.", 14, 17), "Ch\u00e8re.");
}

TEST(Summary, EveryMindIsHeardInTheProportionOfTheStars) {
    std::vector<readings::Words> words;
    const char* pleased[] = {"welcome", "coffee", "price", "repair", "speed"};
    for (int i = 0; i < 5; ++i) {
        const auto said = std::string("The ") + pleased[i] + " was a pleasure.";
        words.push_back(place("good" + std::to_string(i), 5, said, pleased[i], pleased[i], .9));
    }
    words.push_back(place("bad", 1, "I stood there for hours and hours.", "hours", "waiting", -.9));
    words.push_back(place("bad2", 1, "Nobody said how long I would stand.", "stand", "waiting", -.4));
    const auto found = summary_of(words, {2, 0, 0, 0, 8}, 5);
    ASSERT_EQ(found.size(), 5U);
    EXPECT_EQ(std::count_if(found.begin(), found.end(), [](const auto& one) { return one.rating == 5; }), 4);
    EXPECT_EQ(found.back().text, "I stood there for hours and hours.");  // the plainer one
    EXPECT_EQ(summary_of(words, {2, 0, 0, 0, 8}, 5).front().text, found.front().text);
}

TEST(Summary, NobodySpeaksTwiceAndNothingIsSaidTwice) {
    std::vector<readings::Words> words = {place("a", 5, "The welcome and the coffee were great.", "welcome", "welcome", .9), place("a", 5, "The welcome and the coffee were great.", "coffee", "coffee", .8),
                                          place("b", 5, "The welcome and the coffee were great.", "coffee", "coffee", .8), place("c", 5, "Nice.", "Nice", "general", .9),
                                          place("d", 2, "A fine place to sit down in.", "fine", "lounge", .9)};
    const auto found = summary_of(words, {0, 1, 0, 0, 4}, 5);
    ASSERT_EQ(found.size(), 1U);  // the second has the same words, the third is too short, the fourth praises with two stars
    EXPECT_EQ(found[0].review, "a");
    EXPECT_TRUE(summary_of({}, {0, 0, 0, 0, 0}, 5).empty());
    EXPECT_TRUE(summary_of(words, {0, 0, 0, 0, 0}, 5).empty());
}

}  // namespace
}  // namespace verbatim::publish
