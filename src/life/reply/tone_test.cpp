// The advice before an answer is sent, in the languages it is given in.
#include "life/reply/tone.h"

#include <gtest/gtest.h>

namespace verbatim::reply {
namespace {

const std::string template_body = "Bonjour {name},\n\nMerci d’avoir pris le temps de nous écrire. {personal}\n\nVotre message a été lu à toute l’équipe, qui vous en remercie. À bientôt,\n\nL’équipe de {site}";

std::vector<std::string> rules(std::string_view body, std::string_view lang = "fr", const std::vector<std::string>& last = {}) {
    std::vector<std::string> all;
    for (const auto& one : tone_of(body, lang, {template_body}, last)) all.push_back(one.rule);
    return all;
}
using Rules = std::vector<std::string>;

TEST(Tone, AFriendlyAnswerGetsNoAdvice) {
    EXPECT_EQ(rules("Bonjour Claire, votre visite de mardi a duré une heure de trop. Un deuxième mécanicien commence lundi. L’équipe"), Rules{});
    EXPECT_EQ(rules("Dear Claire, the noise came from a loose shield; Jonas fixed it while you waited. Thank you for telling us.", "en"), Rules{});
    EXPECT_EQ(rules("Die ABS-Leuchte ging an, weil ein Sensor nass war. Danke für Ihre Geduld, wir haben ihn getauscht.", "de"), Rules{}) << "one short abbreviation is no shouting";
}

TEST(Tone, ShoutingBlameAndMoneyWithTheirPlaces) {
    const auto shouting = tone_of("Nous ne sommes PAS DU TOUT d’accord avec vous sur ce point !!!", "fr", {}, {});
    ASSERT_EQ(shouting.size(), 2u);
    EXPECT_EQ(shouting[0].rule, "shouting");
    EXPECT_EQ(shouting[1].text, "!!!");
    const auto blame = tone_of("Vous auriez dû prévenir l’accueil avant de partir, voilà tout ce qu’il y a à dire.", "fr", {}, {});
    ASSERT_EQ(blame.size(), 1u);
    EXPECT_EQ(blame[0].rule, "blame");
    EXPECT_EQ(blame[0].start, 0u);
    EXPECT_EQ(blame[0].text, "Vous auriez dû");
    EXPECT_EQ(rules("You should have called us before you drove away that day.", "en"), Rules{"blame"});
    EXPECT_EQ(rules("Das ist Ihre Schuld, denn der Termin war um neun und nicht um elf.", "de"), Rules{"blame"});
    EXPECT_EQ(rules("Wir erstatten Ihnen gern 150 € für die zweite Anfahrt in die Werkstatt.", "de"), (Rules{"money", "money"}));
    EXPECT_EQ(rules("Nous vous remboursons la vidange et le lavage dès demain matin sans attendre.", "fr"), Rules{"money"});
}

TEST(Tone, ATemplateWithoutASentenceOfOnesOwn) {
    EXPECT_EQ(rules(template_body), (Rules{"placeholder", "personal_missing", "placeholder"}));
    EXPECT_EQ(rules("Bonjour Claire,\n\nMerci d’avoir pris le temps de nous écrire.\n\nVotre message a été lu à toute l’équipe, qui vous en remercie. À bientôt,\n\nL’équipe de Lyon"), Rules{"copied"});
    EXPECT_EQ(rules("Bonjour Claire,\n\nMerci d’avoir pris le temps de nous écrire. Karim a rougi en lisant que sa route d’essai par les quais vous avait plu.\n\nVotre message a été lu à toute "
                    "l’équipe, qui vous en remercie. À bientôt,\n\nL’équipe de Lyon"), Rules{});
    EXPECT_EQ(rules("Merci."), Rules{"short"});
}

TEST(Tone, TheSameAsLastTime) {
    const std::string last = "Bonjour, nous sommes désolés et nous allons revoir notre organisation du samedi matin avec toute l’équipe.";
    EXPECT_EQ(rules(last, "fr", {last}), Rules{"same_again"});
    EXPECT_EQ(rules("Bonjour Paul, le samedi nous étions deux au lieu de quatre. Dès décembre la grippe sera remplacée.", "fr", {last}), Rules{});
    EXPECT_DOUBLE_EQ(shared_runs("un deux trois quatre", "un deux trois quatre"), 1);
    EXPECT_DOUBLE_EQ(shared_runs("", "un deux trois"), 0);
}

}  // namespace
}  // namespace verbatim::reply
