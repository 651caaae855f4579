#include "ground/text/learn.h"
#include "ground/text/model.h"

#include <gtest/gtest.h>

namespace verbatim::text {
namespace {

// A small language of its own: "brix" is what offends.
std::vector<LabelledText> examples() {
    std::vector<LabelledText> texts;
    for (int i = 0; i < 300; ++i) {
        const std::string number = std::to_string(i * 7919 % 1000);
        texts.push_back({"xx", "a day of brix and rain number " + number, true, i % 2 == 0});
        texts.push_back({"xx", "a day of sun and rain number " + number, false, false});
        texts.push_back({"xx", "the garden is full of flowers number " + number, false, false});
    }
    return texts;
}

Learning quick() {
    Learning how;
    how.bits = 12;
    how.version = "test";
    return how;
}

TEST(Model, what_was_learned_is_found_with_its_sentence) {
    const Learned learned = learn(examples(), {}, *Detectors::shipped_without_model(), quick());
    ASSERT_EQ(learned.figures.size(), 1u);
    EXPECT_GT(learned.figures[0].f1_model, 0.95);
    const auto detectors = Detectors::with_model(learned.model).value();
    Context context;
    context.lang = "xx";
    const auto findings = detectors->find("The sun. A day of brix and rain number 12 and a day of brix and rain number 13!", context);
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].text, "A day of brix and rain number 12 and a day of brix and rain number 13");
    EXPECT_EQ(findings[0].rule, "model.moderation.1");
    EXPECT_GT(findings[0].confidence, 0.5);
    EXPECT_TRUE(detectors->find("The garden is full of flowers number 12 and the garden is full of flowers number 13.", context).empty());
    EXPECT_TRUE(detectors->find("Brix and rain.", context).empty());  // too short for it
    context.lang = "yy";  // never learned
    EXPECT_TRUE(detectors->find("A day of brix and rain number 12 and a day of brix and rain number 13!", context).empty());
}

TEST(Model, the_same_seed_gives_the_same_bytes_and_another_does_not) {
    const auto detectors = Detectors::shipped_without_model();
    Learning how = quick();
    const std::string first = learn(examples(), {}, *detectors, how).model;
    EXPECT_EQ(learn(examples(), {}, *detectors, how).model, first);
    how.seed = 2;
    EXPECT_NE(learn(examples(), {}, *detectors, how).model, first);
}

// MOD-1: which version decided can be told, so another model is another version.
TEST(Model, MOD_1_the_version_names_the_model) {
    const auto with = Detectors::with_model(learn(examples(), {}, *Detectors::shipped_without_model(), quick()).model).value();
    EXPECT_NE(with->version(), Detectors::shipped()->version());
    EXPECT_NE(with->version().find("model-test"), std::string::npos);
    EXPECT_EQ(Detectors::shipped_without_model()->version().find("model-"), std::string::npos);
}

TEST(Model, a_damaged_file_is_refused) {
    const std::string model = learn(examples(), {}, *Detectors::shipped_without_model(), quick()).model;
    EXPECT_TRUE(Model::open(model).ok());
    EXPECT_FALSE(Model::open("").ok());
    EXPECT_FALSE(Model::open(model.substr(0, model.size() - 1)).ok());
    EXPECT_FALSE(Model::open(model + "x").ok());
    EXPECT_FALSE(Model::open("verbatim model 2" + model.substr(16)).ok());
    EXPECT_FALSE(Model::open("verbatim model 1\nversion = 1\nbits = 40\nscale = 1\n\n").ok());
    EXPECT_FALSE(Model::open("verbatim model 1\nversion = 1\nbits = 8\nscale = nan\n\n").ok());
    EXPECT_FALSE(Detectors::with_model("").ok());
}

TEST(Model, windows_hold_whole_sentences_and_leave_nothing_out) {
    std::string text;
    for (int i = 0; i < 40; ++i) text += "This sentence has some forty characters. ";
    Folded folded;
    fold(text, folded);
    std::vector<Window> windows;
    windows_of(folded, windows);
    ASSERT_GT(windows.size(), 3u);
    EXPECT_EQ(windows.front().from, 0u);
    EXPECT_EQ(windows.back().to, folded.size());
    for (std::size_t i = 1; i < windows.size(); ++i) {
        EXPECT_EQ(windows[i].from, windows[i - 1].to);
        EXPECT_EQ(folded.chars[windows[i - 1].to - 1], '.');
    }
}

TEST(Learn, labels_of_the_open_sets_are_read) {
    LabelledText text;
    EXPECT_EQ(read_labelled(R"({"lang":"de","text":"x","label":"offensive","fine":"abuse"})", text), "");
    EXPECT_TRUE(text.offensive && text.hateful);
    EXPECT_EQ(read_labelled(R"({"lang":"en","text":"x","label":"other"})", text), "");
    EXPECT_FALSE(text.offensive);
    EXPECT_EQ(read_labelled(R"({"lang":"fr","text":"x","labels":["normal","hateful"]})", text), "");
    EXPECT_TRUE(text.offensive && text.hateful);
    EXPECT_EQ(read_labelled(R"({"lang":"fr","text":"x","labels":["normal"]})", text), "");
    EXPECT_FALSE(text.offensive);
    EXPECT_EQ(read_labelled(R"({"lang":"fr","text":"x","hate":"no","abuse":"insult"})", text), "");
    EXPECT_TRUE(text.offensive && !text.hateful);
    for (const char* broken : {"", "[]", R"({"lang":"fr","text":"x"})", R"({"text":"x","label":"other"})", R"({"lang":"fr","label":"other"})", R"({"lang":"fr","text":"x","labels":[1]})"}) {
        EXPECT_NE(read_labelled(broken, text), "") << broken;
    }
}

// A test suite is never learned from.
TEST(Learn, rows_of_a_test_suite_are_refused) {
    LabelledText text;
    EXPECT_EQ(read_labelled(R"({"lang":"en","text":"x","label":"hateful","functionality":"derog_dehum_h"})", text), "of a test suite, never learned from");
}

}  // namespace
}  // namespace verbatim::text
