// What rises is found by its own words; where nothing moved there is silence.
#include "ground/understand/rising.h"

#include "ground/understand/learning.h"

#include <gtest/gtest.h>

namespace verbatim::understand {
namespace {

std::string everyday(Dice& dice) {
    static const char* const words[] = {"accueil", "voiture", "atelier", "parfait", "moyen", "rapide", "facture", "vendeur", "essai", "livraison", "semaine", "content", "merci", "attente", "garage", "reviendrai"};
    std::string text;
    for (int i = 0; i < 12; ++i) text += std::string(i == 0 ? "" : " ") + words[dice.next() % std::size(words)];
    return text;
}

TEST(Rising, FindsThePlantedWordsAndGroupsThem) {
    Rising rising;
    Dice dice(7);
    for (int i = 0; i < 2000; ++i) rising.before(everyday(dice) + (i % 400 == 0 ? ", couinement du volant" : ""));
    for (int i = 0; i < 800; ++i) rising.after(everyday(dice) + (i % 20 == 0 ? ", un couinement du volant en tournant" : i % 25 == 3 ? ". Le hayon électrique reste ouvert" : ""));
    const auto groups = rising.groups();
    ASSERT_EQ(groups.size(), 2u);
    const auto has = [](const RisingGroup& group, std::string_view words) {
        return std::any_of(group.phrases.begin(), group.phrases.end(), [&](const RisingPhrase& phrase) { return phrase.words.find(words) != std::string::npos; });
    };
    EXPECT_TRUE((has(groups[0], "couinement") && has(groups[1], "hayon électrique")) || (has(groups[1], "couinement") && has(groups[0], "hayon électrique")));
    for (const auto& group : groups) {
        EXPECT_GT(group.times, 5);
        EXPECT_EQ(group.texts.size(), 10u);
        EXPECT_LE(group.before, 5u);
    }
}

TEST(Rising, IsSilentWhereNothingMoved) {
    std::size_t alarms = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        Rising rising;
        Dice dice(seed);
        for (int i = 0; i < 500; ++i) rising.before(everyday(dice));
        for (int i = 0; i < 500; ++i) rising.after(everyday(dice));
        alarms += rising.groups().size();
    }
    EXPECT_LE(alarms, 2u);
}

TEST(Rising, LeavesOutWhatAThemeCovers) {
    Rising rising;
    Dice dice(3);
    for (int i = 0; i < 300; ++i) rising.before(everyday(dice));
    for (int i = 0; i < 300; ++i) {
        const std::string text = everyday(dice);
        rising.after(text + " couinement", i % 5 == 0 ? std::vector<ThemeSpan>{{"noise", -1, text.size(), text.size() + 11}} : std::vector<ThemeSpan>{{"noise", -1, text.size() + 1, text.size() + 11}});
    }
    EXPECT_TRUE(rising.groups().empty());
}

TEST(Rising, ForgetsTheRareBeforeItGrows) {
    Rising::Wish wish;
    wish.most_phrases = 1000;
    Rising rising(wish);
    for (int i = 0; i < 3000; ++i) {
        std::string word = "mot";
        for (int n = i; n > 0; n /= 20) word += static_cast<char>('a' + n % 20);
        rising.after(word + " couinement");
    }
    EXPECT_LE(rising.phrases(), 1000u);
    ASSERT_EQ(rising.groups().size(), 1u);
    EXPECT_EQ(rising.groups()[0].phrases[0].words, "couinement");
}

}  // namespace
}  // namespace verbatim::understand
