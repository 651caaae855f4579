#include "ground/text/sketch.h"

#include <gtest/gtest.h>

namespace verbatim::text {
namespace {

constexpr const char* words =
    "J'ai confié ma voiture un lundi matin pour une révision, elle m'a été rendue le soir même, propre, avec une facture claire et "
    "un conseiller qui a pris le temps de tout expliquer avant que je parte.";
constexpr const char* others =
    "Le commercial a rappelé trois fois en une semaine alors que le dossier de financement était déjà signé, et personne au comptoir ne savait "
    "où en était la livraison ni pourquoi la date avait changé.";

TEST(Sketches, TheSameWordsAreTheSameWhateverTheirDress) {
    const auto one = sketch(words);
    ASSERT_TRUE(one);
    std::string dressed = "  J’AI CONFIE MA VOITURE UN LUNDI MATIN... POUR UNE REVISION! ELLE M’A ETE RENDUE LE SOIR MEME PROPRE AVEC UNE FACTURE CLAIRE ET "
                          "UN CONSEILLER QUI A PRIS LE TEMPS DE TOUT EXPLIQUER AVANT QUE JE PARTE";
    EXPECT_DOUBLE_EQ(resemblance(*one, *sketch(dressed)), 1);
    EXPECT_EQ(bands(*one), bands(*sketch(dressed)));
    EXPECT_EQ(sketch_from(to_bytes(*one))->least, one->least);
    EXPECT_FALSE(sketch_from("short"));
}

TEST(Sketches, AFewWordsChangedStaysNearAndOtherWordsAreFar) {
    std::string changed = words;
    changed.replace(changed.find("lundi"), 5, "mardi");
    EXPECT_GT(resemblance(*sketch(words), *sketch(changed)), 0.6);
    EXPECT_LT(resemblance(*sketch(words), *sketch(changed)), 1);
    EXPECT_LT(resemblance(*sketch(words), *sketch(others)), 0.1);
}

TEST(Sketches, WhatEverybodySaysIsNoCopy) {
    EXPECT_FALSE(sketch("Très bien, merci à toute l'équipe du garage."));
    EXPECT_FALSE(sketch(""));
    // Letters of no Latin shape are read as they are, not as one another.
    const auto one = sketch("這 輛 車 很 好 服 務 很 快 人 員 友 善 我 會 再 來");
    const auto other = sketch("修 理 太 慢 等 了 三 個 星 期 沒 有 人 打 電 話 來");
    ASSERT_TRUE(one && other);
    EXPECT_LT(resemblance(*one, *other), 0.1);
}

}  // namespace
}  // namespace verbatim::text
