#include "ground/text/word_model.h"

#include "ground/text/detectors.h"

#include <gtest/gtest.h>

namespace verbatim::text {
namespace {

// A made-up language: insults hold "zork", ordinary words do not.
WordLists lists() {
    WordLists made;
    const char* parts[] = {"ba", "lu", "mi", "ko", "ta", "re", "nu", "si", "do", "pe"};
    for (const char* a : parts) {
        for (const char* b : parts) {
            made.insults.push_back(std::string(a) + "zork" + b);
            for (const char* c : parts) made.ordinary.push_back(std::string(a) + b + c);
        }
    }
    return made;
}

TEST(WordModel, learns_what_insults_have_in_common_and_always_the_same) {
    const Trained trained = train_word_model(lists(), 0.01);
    EXPECT_EQ(trained.insults, 100u);
    EXPECT_EQ(trained.ordinary, 1000u);
    EXPECT_GT(trained.found, 0.95);
    EXPECT_LE(trained.alarms, 0.02);
    EXPECT_EQ(train_word_model(lists(), 0.01).bytes, trained.bytes);
    WordModel model;
    ASSERT_TRUE(model.open(trained.bytes));
    EXPECT_GT(model.score("fozorkfa"), 0);  // never seen
    EXPECT_LT(model.score("lumipekore"), 0);
}

// Asked only of a single unknown word that is thrown at somebody.
TEST(WordModel, speaks_only_of_words_standing_alone) {
    const auto made = Detectors::from_packs({"pack = t\nlanguage = en\nversion = 1\nsource = ours\nlicence = ours\n[says]\nsaid, called me a\n[common]\nluzorkmi\n"}, train_word_model(lists(), 0.01).bytes);
    ASSERT_TRUE(made.ok());
    Context context;
    context.lang = "en";
    for (const char* text : {"Late again, bazorkta, and no call.", "He said bazorkta to me.", "They called me a bazorkta there.", "Bazorkta! I was there.", "Oh no. Bazorkta."}) {
        const auto findings = (*made)->find(text, context);
        ASSERT_EQ(findings.size(), 1u) << text;
        EXPECT_EQ(findings[0].reason, "insult");
        EXPECT_EQ(findings[0].rule, "model.words");
        EXPECT_LE(findings[0].confidence, 0.5);
    }
    for (const char* text : {"The bazorkta was late again.", "bazorkta", "oil, bazorkta, filter", "Thanks, Bazorkta, for all.", "Late, luzorkmi, and no call.", "Late again, ba.zorkta, and no call."}) {
        EXPECT_TRUE((*made)->find(text, context).empty()) << text;
    }
    EXPECT_NE((*made)->version().find(" words-"), std::string::npos);
}

TEST(WordModel, opened_whole_or_not_at_all) {
    const std::string bytes = train_word_model(lists(), 0.01).bytes;
    WordModel model;
    ASSERT_TRUE(model.open(bytes));
    for (const std::size_t cut : {std::size_t{0}, std::size_t{10}, std::size_t{30}, bytes.size() - 1}) EXPECT_FALSE(WordModel().open(bytes.substr(0, cut))) << cut;
    EXPECT_FALSE(WordModel().open(bytes + "x"));
    EXPECT_FALSE(Detectors::from_packs({}, "something else").ok());
}

}  // namespace
}  // namespace verbatim::text
