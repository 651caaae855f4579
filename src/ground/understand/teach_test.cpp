// A theme taught by twenty sentences finds sentences it was not taught, and says how well it will.
#include "ground/understand/teach.h"

#include <gtest/gtest.h>

namespace verbatim::understand {
namespace {

const std::vector<std::string>& examples() {
    static const std::vector<std::string> all = {
        "Le siège enfant ne rentre pas à l'arrière", "Les fixations isofix sont inaccessibles", "Impossible de monter le siège bébé", "Avec deux sièges auto il n'y a plus de place pour un adulte",
        "L'isofix est caché sous le tissu", "Nous avons deux enfants et le rehausseur bouge", "Le siège bébé touche le dossier avant", "Isofix difficile à atteindre",
        "La ceinture arrière est trop courte pour le rehausseur", "Aucun point d'ancrage pour le siège enfant à droite", "Les enfants ne peuvent pas boucler leur ceinture avec le rehausseur", "Le siège auto dos à la route est trop grand",
        "Isofix seulement sur deux places", "Il faut démonter l'appuie-tête pour poser le siège enfant", "Notre siège bébé n'est pas compatible", "Les points isofix abîment le cuir",
        "Trois sièges enfants de front, impossible", "Le rehausseur glisse sur la banquette", "Ancrage du siège enfant très dur", "Poser un siège bébé demande dix minutes"};
    return all;
}

// Sentences of other things: what was done, and how it was.
std::vector<std::string> others() {
    std::vector<std::string> all;
    for (const char* what : {"L'accueil", "Le rendez-vous", "La livraison", "Le devis", "La réparation", "Le moteur", "La boîte de vitesses", "La consommation", "Le coffre", "L'écran", "Le vendeur", "La facture", "Le confort de conduite", "La climatisation"})
        for (const char* how : {"est très bien", "a été rapide", "nous a déçus", "est à revoir", "reste correct", "est parfait", "n'est pas à la hauteur", "mérite mieux", "a pris deux semaines"}) all.push_back(std::string(what) + " " + how);
    return all;
}

TEST(Teach, FindsWhatItWasNotTaught) {
    const auto theme = teach("Sièges enfants", examples(), others());
    ASSERT_TRUE(theme.ok()) << theme.error().message;
    EXPECT_EQ(theme->examples, 20u);
    EXPECT_GE(theme->recall(), 0.7);
    EXPECT_LE(theme->false_finds, theme->others / 50);
    Tokens tokens;
    std::vector<ThemeSpan> spans;
    const std::string text = "Très bon accueil. Le siège bébé de ma fille ne tient pas. La facture est correcte.";
    tokenize(text, tokens);
    find_taught(*theme, tokens, spans);
    ASSERT_EQ(spans.size(), 1u);
    EXPECT_EQ(spans[0].theme, "Sièges enfants");
    EXPECT_EQ(spans[0].start, 18u);
    EXPECT_EQ(spans[0].end, 56u);
}

TEST(Teach, IsKeptAndTheSameEachTime) {
    const auto theme = teach("Sièges enfants", examples(), others());
    ASSERT_TRUE(theme.ok());
    const std::string bytes = theme->write();
    EXPECT_EQ(bytes, teach("Sièges enfants", examples(), others())->write());
    const auto read = TaughtTheme::read(bytes);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->write(), bytes);
    for (const std::size_t cut : {0ul, 10ul, 60ul, bytes.size() - 1}) EXPECT_FALSE(TaughtTheme::read(std::string_view(bytes).substr(0, cut)).ok());
}

TEST(Teach, AsksForEnough) {
    EXPECT_EQ(teach("x", {"une", "deux"}, others()).error().code, "too_few");
    EXPECT_EQ(teach("x", examples(), {"une"}).error().code, "too_few");
}

}  // namespace
}  // namespace verbatim::understand
