// What ships reads plain reviews of a car brand's customers; what is learned is learned again to the byte; what is no model is refused.
#include "ground/understand/understanding.h"

#include "ground/understand/copies.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace verbatim::understand {
namespace {

std::string words(std::string_view text, const ThemeSpan& span) {
    std::string all;
    std::size_t point = 0;
    for (const char c : text) {
        if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++point;
        if (point > span.start && point <= span.end) all += c;
    }
    return all;
}

TEST(Understanding, ReadsLanguagePolarityAndStars) {
    struct Case {
        const char *text, *lang;
        bool good;
    };
    for (const Case& one : {Case{"Très bon accueil, réparation rapide et prix correct, je recommande.", "fr", true}, Case{"Deux mois d'attente, personne ne rappelle, c'est honteux. Je ne reviendrai jamais.", "fr", false},
                            Case{"Friendly staff, quick repair and a fair price. Highly recommended!", "en", true}, Case{"Terrible service, nobody calls back and the gearbox is still broken.", "en", false},
                            Case{"Sehr freundlicher Empfang, alles bestens erklärt, gerne wieder.", "de", true}, Case{"Niemand geht ans Telefon und der Fehler ist immer noch da. Nie wieder!", "de", false},
                            Case{"Muy buen servicio, rápido y amable, lo recomiendo.", "es", true}, Case{"Pésimo servicio, nadie contesta y el coche sigue roto.", "es", false},
                            Case{"Ottimo servizio, personale gentile, lo consiglio.", "it", true}, Case{"Pessimo servizio, nessuno risponde al telefono.", "it", false},
                            Case{"Świetna obsługa, polecam każdemu.", "pl", true}, Case{"Nikt nie odbiera telefonu, nie polecam.", "pl", false}}) {
        const auto reading = Understanding::shipped().read(one.text);
        EXPECT_EQ(reading.lang, one.lang) << one.text;
        EXPECT_EQ(reading.polarity > 0, one.good) << one.text << " " << reading.polarity;
        EXPECT_EQ(reading.stars >= 4, one.good) << one.text << " " << reading.stars;
    }
    EXPECT_EQ(Understanding::shipped().read("").stars, 0);
    EXPECT_EQ(Understanding::shipped().read("...").polarity, 0);
    for (const char* anywhere : {"ok", "OK!", "top", "10/10"}) EXPECT_EQ(Understanding::shipped().read(anywhere, "fr-BE").lang, "fr") << anywhere;
    EXPECT_EQ(Understanding::shipped().read("very good service, thank you", "fr-BE").lang, "en");
}

TEST(Understanding, FlagsFiveStarsThatSayNeverAgain) {
    const auto& shipped = Understanding::shipped();
    const char* text = "Plus jamais chez eux, une honte, à fuir.";
    EXPECT_TRUE(shipped.read(text, "fr", 5).contradiction);
    EXPECT_FALSE(shipped.read(text, "fr", 1).contradiction);
    EXPECT_FALSE(shipped.read(text, "fr").contradiction);
    EXPECT_TRUE(shipped.read("Service impeccable, merci à toute l'équipe, je recommande", "fr", 1).contradiction);
}

TEST(Understanding, ThemesAreTheCustomersOwnWords) {
    const std::string text = "Accueil très aimable. Mais j'ai attendu trois semaines la pièce, et la boîte automatique craque toujours.";
    const auto reading = Understanding::shipped().read(text, "fr");
    std::map<std::string, std::string> found;
    for (const auto& span : reading.themes) found[span.theme] = words(text, span);
    EXPECT_EQ(found["service.welcome"], "Accueil très aimable");
    EXPECT_EQ(found["service.waiting"], "j'ai attendu trois semaines la pièce");
    EXPECT_EQ(found["service.parts"], "j'ai attendu trois semaines la pièce");
    EXPECT_EQ(found["vehicle.gearbox"], "et la boîte automatique craque toujours");
    for (const auto& span : reading.themes) EXPECT_LE(span.start, span.end);
}

TEST(Themes, EveryMistakeIsNamedByItsLine) {
    const auto broken = Themes::parse("fr x\n[a.b]\nname francais\nfr one two three four five; a*b\n[a.b]\nname en B\nbogus\n");
    ASSERT_FALSE(broken.ok());
    for (const char* line : {"line 1:", "line 3:", "line 4:", "line 5:", "line 7:"}) EXPECT_NE(broken.error().message.find(line), std::string::npos) << line << "\n" << broken.error().message;
    EXPECT_FALSE(Themes::parse("").ok());
    EXPECT_GE(Themes::shipped().all().size(), 30u);
    for (const auto& theme : Themes::shipped().all())
        for (const char* lang : {"fr", "en", "de", "es", "it", "pt", "nl", "pl"}) EXPECT_TRUE(theme.names.contains(lang)) << theme.id << " " << lang;
}

std::vector<Example> own(std::uint64_t seed) {
    Sayings sayings{"en", {"great car", "lovely seats", "very quiet", "quick service", "kind people"}, {"bad noise", "rude people", "broken again", "too late", "never again"}, {}, {}};
    return compose(sayings, 400, seed);
}

TEST(Learning, TheSameExamplesAndSeedGiveTheSameBytes) {
    Teaching how;
    how.shape.bits = 12;
    const auto side = [](const Example& one) { return one.good; };
    const auto first = teach_sides("polarity", own(1), side, how), again = teach_sides("polarity", own(1), side, how);
    ASSERT_TRUE(first.ok());
    EXPECT_EQ(first->model, again->model);
    const auto stars = teach_stars(own(1), how);
    ASSERT_TRUE(stars.ok());
    const auto folder = std::filesystem::temp_directory_path() / ("verbatim-models-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "polarity.model", std::ios::binary) << first->model;
    std::ofstream(folder / "stars.model", std::ios::binary) << stars->model;
    const auto loaded = Understanding::load(folder);
    ASSERT_TRUE(loaded.ok());
    EXPECT_GT(loaded->read("quick service and kind people").polarity, 0.3);
    EXPECT_LT(loaded->read("rude people, broken again").polarity, -0.3);
    EXPECT_EQ(loaded->read("great car. very quiet. lovely seats").stars, 5);
    EXPECT_EQ(loaded->read("bad noise. never again. too late").stars, 1);
    std::ofstream(folder / "polarity.model", std::ios::binary) << first->model.substr(0, first->model.size() - 1);
    EXPECT_EQ(Understanding::load(folder).error().code, "bad_model");
    std::ofstream(folder / "polarity.model", std::ios::binary) << stars->model;
    EXPECT_EQ(Understanding::load(folder).error().code, "bad_model");  // a model of another task
    std::filesystem::remove_all(folder);
    EXPECT_EQ(Understanding::load(folder).error().kind, ErrorKind::not_found);
    EXPECT_EQ(teach_sides("polarity", {}, side, how).error().code, "too_few");
}

// What satisfied and dissatisfied customers tell alike says nothing, though only the one side's own words go on about it.
TEST(Learning, WhatEitherTellsIsNoBlame) {
    Sayings sayings{"en", {"great car", "lovely seats", "kind people"}, {"on tuesday it broke", "rude people", "far too late"}, {}, {}};
    const auto side = [](const Example& one) { return one.good; };
    Teaching how;
    how.shape.bits = 12;
    const auto told = [&](const Sayings& by) {
        const auto taught = teach_sides("polarity", compose(by, 400, 1), side, how);
        auto sides = Sides::open(*LinearModel::open(taught->model, "polarity"));
        Tokens tokens;
        Scratch scratch;
        tokenize("on tuesday", tokens);
        return sides->of(tokens, scratch);
    };
    const double before = told(sayings);
    sayings.either = {"on tuesday", "they were there on tuesday"};
    const double after = told(sayings);
    EXPECT_LT(before, -0.5);
    EXPECT_GT(after, before / 2);
}

// Four of five are satisfied: that is known before a word is read of a whole text, and not of a clause.
TEST(Learning, WhatIsExpectedMovesWholeTextsAlone) {
    const auto side = [](const Example& one) { return one.good; };
    Teaching how;
    how.shape.bits = 12;
    const auto plain = teach_sides("polarity", own(1), side, how);
    how.expected = 0.8;
    const auto moved = teach_sides("polarity", own(1), side, how);
    auto without = Sides::open(*LinearModel::open(plain->model, "polarity")), with = Sides::open(*LinearModel::open(moved->model, "polarity"));
    Tokens tokens;
    Scratch scratch;
    tokenize("great car, broken again", tokens);
    const double before = without->of_whole(tokens, scratch), after = with->of_whole(tokens, scratch);
    EXPECT_EQ(without->of(tokens, scratch), before);
    EXPECT_EQ(with->of(tokens, scratch), before);
    // p / (1 - p) is four times what it was.
    EXPECT_NEAR((1 + after) / (1 - after), 4 * (1 + before) / (1 - before), 1e-4 * (1 + after) / (1 - after));
}

// Four of five are satisfied, and both sides use the same words, only not as often: a line learned from them leans to the many.
TEST(Learning, WholeTextsArePartedWhereUnseenReviewsPartBest) {
    std::vector<Example> reviews;
    const std::vector<std::string> praise{"quick", "kind", "clean", "calm"}, blame{"slow", "rude", "dirty", "loud"};
    Dice dice(7);
    for (int i = 0; i < 3000; ++i) {
        Example one;
        one.good = dice.next() % 5 != 0;
        for (int n = 0; n < 5; ++n) one.text += (dice.next() % 100 < (*one.good ? 65u : 35u) ? praise : blame)[dice.next() % 4] + " ";
        reviews.push_back(std::move(one));
    }
    Teaching how;
    how.shape.bits = 12;
    auto sides = Sides::open(*LinearModel::open(teach_sides("polarity", reviews, [](const Example& one) { return one.good; }, how)->model, "polarity"));
    Tokens tokens;
    Scratch scratch;
    int found[2] = {0, 0}, wrong[2] = {0, 0}, dissatisfied = 0;
    for (const auto& one : reviews) {
        dissatisfied += *one.good ? 0 : 1;
        tokenize(one.text, tokens);
        const double said[] = {sides->of(tokens, scratch), sides->of_whole(tokens, scratch)};
        for (int i = 0; i < 2; ++i)
            if (said[i] < 0) ++(*one.good ? wrong : found)[i];
    }
    const auto f1 = [&](int i) { return 2.0 * found[i] / (dissatisfied + found[i] + wrong[i]); };
    EXPECT_GT(found[1], found[0] + 30) << "of " << dissatisfied;
    EXPECT_GT(f1(1), f1(0) + 0.02) << f1(0) << " before";
}

TEST(Examples, ReviewFormAndLabelledForms) {
    std::string why;
    auto one = read_example(R"({"lang":"fr","title":"Bien","body":"Rien à dire","rating":9,"rating_max":10})", false, why);
    ASSERT_EQ(one.size(), 1u);
    EXPECT_EQ(one[0].text, "Bien\nRien à dire");
    EXPECT_NEAR(*one[0].stars, 1 + 4 * 8 / 9.0, 1e-9);
    EXPECT_EQ(one[0].good, true);
    one = read_example(R"({"upside":"clean","downside":"small","label":"machine","rating":5,"rating_max":10})", true, why);
    ASSERT_EQ(one.size(), 2u);
    EXPECT_EQ(one[1].good, false);
    EXPECT_EQ(one[1].machine, true);
    EXPECT_EQ(read_example(R"({"text":"x","rating":"negative"})", false, why)[0].good, false);
    EXPECT_FALSE(read_example(R"({"body":"x","rating":3})", false, why)[0].good.has_value());
    why.clear();
    EXPECT_TRUE(read_example("{}", false, why).empty());
    EXPECT_FALSE(why.empty());
    EXPECT_TRUE(read_example("[", false, why).empty());
}

TEST(Copies, NearCopiesMeetAndOthersDoNot) {
    Copies copies(3);
    const auto look = [&](const char* id, const char* text) { return copies.look(id, text); };
    EXPECT_FALSE(look("a", "The people at this workshop are wonderful and my car was ready the same day at a very good price"));
    const auto copy = look("b", "The people at this workshop are wonderful and my car was ready the same day at a really good price");
    ASSERT_TRUE(copy);
    EXPECT_EQ(copy->id, "a");
    EXPECT_GT(copy->likeness, 0.5);
    EXPECT_EQ(look("c", "THE PEOPLE at this workshop are wonderful, and my car was ready the same day at a very good price!")->copies, 2u);
    EXPECT_FALSE(look("d", "I waited three weeks for a part and nobody could tell me when it would come, so I went elsewhere"));
    EXPECT_FALSE(look("e", "Very good service"));
    EXPECT_FALSE(look("f", "Very good service"));  // too short to be anybody's
}

TEST(Tokens, CountsCodePointsAndFolds) {
    Tokens tokens;
    tokenize("Été !!! 12 km", tokens);
    ASSERT_EQ(tokens.all.size(), 4u);
    EXPECT_EQ(tokens.all[0].hash, word_hash("ete"));
    EXPECT_EQ(tokens.all[1].begin, 4u);
    EXPECT_EQ(tokens.all[1].end, 7u);
    EXPECT_EQ(tokens.all[2].kind, TokenKind::number);
    EXPECT_EQ(tokens.all[2].hash, word_hash("47"));
    tokenize("\xff\xfe", tokens);
    EXPECT_TRUE(tokens.all.empty());
    tokenize("ab\xc3", tokens);
    EXPECT_EQ(tokens.all.size(), 1u);
}

}  // namespace
}  // namespace verbatim::understand
