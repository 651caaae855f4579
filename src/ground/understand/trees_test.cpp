// The tree of another trade is read whole, and the same machine finds its themes.
#include "ground/understand/understanding.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace verbatim::understand {
namespace {

TEST(Trees, AnotherTradeIsAFile) {
    std::ifstream in(VERBATIM_THEMES "/hospitality.themes");
    std::ostringstream file;
    file << in.rdbuf();
    const auto tree = Themes::parse(file.str());
    ASSERT_TRUE(tree.ok()) << tree.error().message;
    for (const auto& theme : tree->all()) EXPECT_GE(theme.names.size(), 8u) << theme.id;
    const struct {
        const char *text, *lang, *first, *second;
    } cases[] = {{"La cuisine est délicieuse mais le service est trop lent.", "fr", "food.quality", "service.staff"},
                 {"The room was clean, but the waiter was rude.", "en", "room.room", "service.staff"},
                 {"De bediening was vriendelijk maar de prijs is te hoog.", "nl", "service.staff", "price.price"},
                 {"El ambiente es agradable pero la comida estaba fría.", "es", "place.ambience", "food.quality"}};
    Tokens tokens;
    Scratch scratch;
    std::vector<ThemeSpan> spans;
    for (const auto& one : cases) {
        tokenize(one.text, tokens);
        tree->find(tokens, one.lang, Understanding::shipped().polarity(), scratch, spans);
        const auto has = [&](std::string_view id) { return std::any_of(spans.begin(), spans.end(), [&](const ThemeSpan& span) { return span.theme == id; }); };
        EXPECT_TRUE(has(one.first)) << one.text;
        EXPECT_TRUE(has(one.second)) << one.text;
    }
}

}  // namespace
}  // namespace verbatim::understand
