#include "life/moderate/batch.h"

#include <gtest/gtest.h>

#include <sstream>

namespace verbatim::moderate {
namespace {

struct Outcome {
    int code = 0;
    std::string out, err;
};

Outcome run(const std::string& in) {
    std::istringstream input(in);
    std::ostringstream out, err;
    const int code = moderate_batch(input, out, err, *text::Detectors::shipped());
    return {code, out.str(), err.str()};
}

TEST(ModerateBatch, a_clean_text_is_published_and_a_found_one_asks_a_human) {
    const Outcome done = run("{\"id\":\"a\",\"lang\":\"fr\",\"text\":\"Très bien.\"}\n\n{\"id\":7,\"lang\":\"fr\",\"text\":\"😀 quel crétin\",\"rating\":1}\r\n");
    EXPECT_EQ(done.code, 0);
    EXPECT_EQ(done.err, "");
    const std::string rule = text::Detectors::shipped()->find("quel crétin", {"fr", {}, {}}).at(0).rule;
    EXPECT_EQ(done.out, "{\"id\":\"a\",\"verdict\":\"publish\",\"findings\":[]}\n"
                        "{\"id\":7,\"verdict\":\"human\",\"findings\":[{\"reason\":\"insult\",\"start\":7,\"end\":13,\"text\":\"crétin\",\"confidence\":0.9,\"rule\":\"" + rule + "\"}]}\n");
}

TEST(ModerateBatch, broken_lines_are_named_and_the_others_done) {
    const Outcome done = run("not json\n{\"id\":\"b\"}\n{\"text\":\"x\"}\n[1]\n{\"id\":\"c\",\"text\":\"\xFF\"}\n{\"id\":\"d\",\"lang\":3,\"text\":\"x\"}\n{\"id\":\"e\",\"text\":\"fine\"}\n" + std::string(2'000'000, 'x') + "\n");
    EXPECT_EQ(done.code, 1);
    EXPECT_EQ(done.out, "{\"id\":\"e\",\"verdict\":\"publish\",\"findings\":[]}\n");
    for (const char* line : {"line 1: ", "line 2: ", "line 3: ", "line 4: ", "line 5: ", "line 6: ", "line 8: longer than 1 MiB"}) EXPECT_NE(done.err.find(line), std::string::npos) << line;
    EXPECT_EQ(done.err.find("line 7: "), std::string::npos);
}

TEST(ModerateBatch, the_language_is_detected_where_none_is_given) {
    const Outcome done = run("{\"id\":\"a\",\"lang\":null,\"text\":\"Das Personal in der Werkstatt war sehr unfreundlich und der Meister ist ein Vollidiot.\"}\n");
    EXPECT_NE(done.out.find("\"verdict\":\"human\""), std::string::npos) << done.out;
}

TEST(ModerateBatch, a_folder_without_a_model_says_what_to_do) {
    try {
        detectors_from("/nonexistent");
        FAIL();
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string(error.what()).find("verbatim train moderation"), std::string::npos);
    }
    EXPECT_EQ(detectors_from(""), text::Detectors::shipped());
}

// MOD-2: the same text gets the same verdict whatever its stars.
TEST(ModerateBatch, MOD_2_the_rating_changes_nothing) {
    std::string first;
    for (int rating = 1; rating <= 5; ++rating) {
        const Outcome done = run("{\"id\":\"a\",\"lang\":\"en\",\"text\":\"What a moron sold me this.\",\"rating\":" + std::to_string(rating) + "}\n");
        if (rating == 1) first = done.out;
        EXPECT_EQ(done.out, first);
    }
}

}  // namespace
}  // namespace verbatim::moderate
