#include "life/analyse/trend_words.h"

#include <gtest/gtest.h>

#include <set>

namespace verbatim::analyse {
namespace {

TEST(TrendWords, EveryLanguageOfTheDeskSaysEachFigure) {
    const TrendWords words{"Gearbox", "Model X", "2026-10-05", {13, 1021}, {47, 389}, false};
    std::set<std::string> titles, texts;
    for (const char* language : {"de", "en", "es", "fr", "it", "nl", "pl", "pt"}) {
        EXPECT_TRUE(trend_language(language));
        const auto text = trend_text(words, language);
        for (const char* part : {"2026-10-05", "13", "1021", "47", "389", "1.3 %", "12.1 %", "28"}) EXPECT_NE(text.find(part), std::string::npos) << language << " " << part;
        EXPECT_EQ(text.find('$'), std::string::npos);
        titles.insert(trend_title(words, language));
        texts.insert(text);
    }
    EXPECT_EQ(titles.size(), 8u);
    EXPECT_EQ(texts.size(), 8u);
    auto better = words;
    better.better = true;
    for (const char* language : {"de", "en", "es", "fr", "it", "nl", "pl", "pt"}) {
        titles.insert(trend_title(better, language));
        texts.insert(trend_text(better, language));
        EXPECT_EQ(trend_text(better, language).substr(0, 40), trend_text(words, language).substr(0, 40));
    }
    EXPECT_EQ(titles.size(), 16u);
    EXPECT_EQ(texts.size(), 16u);
    EXPECT_NE(trend_text(better, "fr").find("clients ; des avis qui"), std::string::npos);
    EXPECT_FALSE(trend_language("fi"));
    EXPECT_EQ(trend_text(words, "fi"), trend_text(words, "en"));
}

}  // namespace
}  // namespace verbatim::analyse
