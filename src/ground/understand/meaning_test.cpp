// Search by meaning: other words for the same are nearer than the same words for something else.
#include "ground/understand/meaning.h"

#include "ground/understand/meaning_concepts.h"

#include <gtest/gtest.h>

namespace verbatim::understand {
namespace {

double alike(std::string_view one, std::string_view other) { return likeness(meaning_vector(one), meaning_vector(other)); }

TEST(Meaning, OtherWordsForTheSameAreFound) {
    const char* sentences[] = {"Claquement au démarrage le matin", "Le café était froid à la réception",  "Très bon accueil et prix correct",       "La boîte de vitesses craque en troisième", "Deux mois d'attente pour une pièce",
                               "Personne ne rappelle jamais",      "L'autonomie baisse beaucoup en hiver", "Le coffre est trop petit pour la poussette", "Le devis a doublé sans explication",        "L'écran se fige au bout de dix minutes"};
    const auto best = [&](std::string_view query) {
        std::size_t found = 0;
        for (std::size_t i = 1; i < std::size(sentences); ++i)
            if (alike(query, sentences[i]) > alike(query, sentences[found])) found = i;
        return found;
    };
    EXPECT_EQ(best("bruit à froid"), 0u);
    EXPECT_EQ(best("rattling noise on cold start"), 0u);
    EXPECT_EQ(best("Getriebe macht Geräusche"), 3u);
    EXPECT_EQ(best("impossible de joindre quelqu'un au téléphone"), 5u);
    EXPECT_EQ(best("reichweite im winter"), 6u);
    EXPECT_EQ(best("no hay espacio en el maletero"), 7u);
    EXPECT_EQ(best("schermo bloccato"), 9u);
    EXPECT_GT(alike("bruit à froid", sentences[0]), surely_alike);
    EXPECT_LT(alike("bruit à froid", sentences[2]), surely_alike);
}

TEST(Meaning, SpellingOfUnknownWordsIsNear) {
    EXPECT_GT(alike("strapontin", "strapontins"), alike("strapontin", "parebrise") + 0.3);
    EXPECT_EQ(likeness(meaning_vector(""), meaning_vector("bruit")), 0);
    EXPECT_NEAR(alike("bruit", "BRUITS"), 1, 1e-9);
}

TEST(Meaning, PassagesAreSentencesWithTheirPlace) {
    const auto passages = passages_of("Très bon accueil, vraiment. Mais un bruit à froid !");
    ASSERT_EQ(passages.size(), 2u);
    EXPECT_EQ(passages[1].start, 28u);
    EXPECT_GT(likeness(passages[1].vector, meaning_vector("claquement le matin")), surely_alike);
    EXPECT_LT(likeness(passages[0].vector, meaning_vector("claquement le matin")), surely_alike);
}

TEST(Meaning, ASketchTellsNearlyWhatTheVectorTells) {
    const char* sentences[] = {"Claquement au démarrage le matin", "Le café était froid à la réception", "Le moteur claque quand il fait froid", "Gangreduktor", "Das Getriebe ruckelt im zweiten Gang", "The gearbox jerks in second gear",
                               "Two months waiting for a part", "Deux mois d'attente pour une pièce", "Très bon accueil", "Herzlicher Empfang, danke"};
    double most = 0;
    for (const char* one : sentences)
        for (const char* other : sentences) most = std::max(most, std::abs(alike(one, other) - likeness(sketch_of(meaning_vector(one)), sketch_of(meaning_vector(other)))));
    EXPECT_LT(most, 0.25);
    EXPECT_EQ(likeness(sketch_of(meaning_vector("bruit")), sketch_of(meaning_vector("bruit"))), 1);
}

TEST(Meaning, KeptSketchesAreThoseOfTheSentences) {
    const auto kept = meanings_of("Très bon accueil, vraiment. Mais un bruit à froid ! ...");
    EXPECT_EQ(kept.size(), 2 * sizeof(MeaningSketch)) << "signs alone mean nothing";
    const auto sketch = [](std::string_view text) { return sketch_of(meaning_vector(text)); };
    EXPECT_DOUBLE_EQ(likest(sketch("Mais un bruit à froid"), kept), 1);
    EXPECT_GT(likest(sketch("claquement le matin"), kept), surely_alike - 0.25);
    EXPECT_LT(likest(sketch("le prix de la révision"), kept), surely_alike);
    EXPECT_EQ(likest(sketch("bruit"), ""), -1);
    EXPECT_EQ(likest(sketch("bruit"), kept.substr(0, 15)), -1) << "half a sketch is none";
}

// More words than are kept between, each twice: what was kept changes nothing.
TEST(Meaning, AWordMeansTheSameEachTime) {
    std::vector<MeaningVector> first;
    for (int turn = 0; turn < 2; ++turn)
        for (int i = 0; i < 5000; ++i) {
            const auto vector = meaning_vector("mot" + std::to_string(i * 7919) + "x rare");
            if (turn == 0) first.push_back(vector);
            else ASSERT_EQ(vector, first[static_cast<std::size_t>(i)]) << i;
        }
}

TEST(Concepts, MistakesAreNamedByTheirLine) {
    const auto read = Concepts::parse("fr mot\n[a b]\n[noise]\nfr b*uit; trop de mots; x*\n");
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().code, "bad_concepts");
    for (const char* line : {"line 1:", "line 2:", "line 4:"}) EXPECT_NE(read.error().message.find(line), std::string::npos) << line;
    EXPECT_FALSE(Concepts::parse("").ok());
    EXPECT_GT(Concepts::shipped().all().size(), 25u);
}

}  // namespace
}  // namespace verbatim::understand
