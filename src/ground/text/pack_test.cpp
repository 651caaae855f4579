#include "ground/text/pack.h"

#include "ground/text/detectors.h"
#include "ground/text/lexicon.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace verbatim::text {
namespace {

const std::string head = "pack = test\nlanguage = fr\nversion = 1\nsource = ours\nlicence = ours\n";

std::vector<std::string> forms_of(const std::string& entries) {
    const Result<Pack> pack = parse_pack(head + "[insult]\n" + entries + "\n");
    EXPECT_TRUE(pack.ok()) << pack.error().message;
    std::vector<std::string> forms;
    if (pack) {
        for (const PackRule& rule : pack->rules) forms.insert(forms.end(), rule.forms.begin(), rule.forms.end());
    }
    return forms;
}

TEST(Pack, alternatives_pieces_and_folding) {
    EXPECT_THAT(forms_of("sot(|te)(|s), Ânerie"), testing::ElementsAre("sot", "sots", "sotte", "sottes", "anerie"));
    EXPECT_THAT(forms_of("let e = (|e)\nd(ou|(u|o)x){e}"), testing::ElementsAre("dou", "doue", "dox", "doxe", "dux", "duxe"));
    EXPECT_THAT(forms_of("tête-de-rien, l'autre"), testing::ElementsAre("tete de rien", "l autre"));
    EXPECT_THAT(forms_of("=forêt"), testing::ElementsAre("forêt"));
}

TEST(Pack, german_umlauts_are_also_two_letters) {
    std::string german = head;
    german.replace(german.find("fr"), 2, "de");
    const Result<Pack> pack = parse_pack(german + "[insult]\nblöd\n");
    ASSERT_TRUE(pack.ok());
    EXPECT_THAT(pack->rules[0].forms, testing::ElementsAre("blod", "bloed"));
}

TEST(Pack, sections_carry_reason_confidence_and_flags) {
    const Result<Pack> pack = parse_pack(head + "[hate 0.5 any]\na\n[surname capital]\nb*\n[threat local]\n*c\n");
    ASSERT_TRUE(pack.ok());
    ASSERT_EQ(pack->rules.size(), 3u);
    EXPECT_EQ(pack->rules[0].kind, Kind::hate);
    EXPECT_DOUBLE_EQ(pack->rules[0].confidence, 0.5);
    EXPECT_EQ(pack->rules[0].scope, Scope::any);
    EXPECT_TRUE(pack->rules[1].capital);
    EXPECT_EQ(pack->rules[1].shape, Shape::head);
    EXPECT_EQ(pack->rules[2].scope, Scope::local);
    EXPECT_EQ(pack->rules[2].shape, Shape::tail);
    EXPECT_EQ(pack->rules[2].line, 11u);
}

TEST(Pack, mistakes_name_their_line) {
    const std::pair<std::string, std::string> cases[] = {
        {"[nonsense]\n", "line 6: unknown section"},
        {"[insult loud]\n", "line 6: \"loud\" is neither"},
        {"[insult 1.5]\n", "line 6: \"1.5\" is neither"},
        {"[insult\n", "line 6: a section must end"},
        {"[insult]\na, , b\n", "line 7: an empty entry"},
        {"[insult]\na(b\n", "line 7: a ( without"},
        {"[insult]\nab)\n", "line 7: a ) without"},
        {"[insult]\na|b\n", "line 7: a | or }"},
        {"[insult]\na{b}\n", "line 7: no piece is named"},
        {"[insult]\na{b\n", "line 7: a { without"},
        {"[insult]\nab3\n", "line 7: \"ab3\" is empty, too long, or"},
        {"[insult]\n(|)\n", "line 7: \"\" is empty"},
        {"[insult]\n((((((((((a))))))))))\n", "line 7: groups nested too deeply"},
        {"[insult]\n" + std::string(80, 'a') + "\n", "line 7:"},
        {"let A = b\n", "line 6: expected let"},
        {"let a = b\nlet a = c\n", "line 7: expected let"},
        {"colour = red\n", "line 6: unknown head line"},
        {"pack = again\n", "line 6: head line \"pack\" must stand once"},
        {"word\n", "line 6: expected name = value"},
        {"[insult]\n\xFF\n", "line 1: the pack is not UTF-8"},
    };
    for (const auto& [text, message] : cases) {
        const Result<Pack> pack = parse_pack(head + text);
        ASSERT_FALSE(pack.ok()) << text;
        EXPECT_THAT(pack.error().message, testing::HasSubstr(message)) << text;
    }
    const Result<Pack> missing = parse_pack("pack = test\n[insult]\na\n");
    ASSERT_FALSE(missing.ok());
    EXPECT_THAT(missing.error().message, testing::HasSubstr("language = ... is missing"));
}

TEST(Pack, explosions_are_refused) {
    const Result<Pack> entry = parse_pack(head + "let a = (a|b|c|d|e|f|g|h|i|j)\n[insult]\n{a}{a}{a}{a}{a}\n");
    ASSERT_FALSE(entry.ok());
    EXPECT_THAT(entry.error().message, testing::HasSubstr("line 8: too many forms"));
    std::string many = head + "let a = (a|b|c|d|e|f|g|h|i|j)\n[insult]\n";
    for (char c = 'a'; c <= 'z'; ++c) many += std::string(1, c) + "{a}{a}{a}{a}\n";
    const Result<Pack> pack = parse_pack(many);
    ASSERT_FALSE(pack.ok());
    EXPECT_THAT(pack.error().message, testing::HasSubstr("forms in one pack"));
}

TEST(Lexicon, an_image_is_opened_whole_or_not_at_all) {
    const Result<Pack> pack = parse_pack(head + "[insult]\nsot, =sôt\n[street]\nrue\n");
    ASSERT_TRUE(pack.ok());
    Lexicon made;
    made.add(*pack);
    made.build();
    const std::string bytes = made.image();
    std::vector<std::uint64_t> aligned(bytes.size() / 8);
    ASSERT_EQ(bytes.size() % 8, 0u);
    std::memcpy(aligned.data(), bytes.data(), bytes.size());
    const std::string_view image(reinterpret_cast<const char*>(aligned.data()), bytes.size());
    Lexicon opened;
    ASSERT_TRUE(opened.open(image));
    EXPECT_EQ(opened.version(), "test-1");
    EXPECT_EQ(opened.form_count(), 3u);
    EXPECT_TRUE(opened.is("rue", Kind::street, language_number("fr")));
    EXPECT_FALSE(opened.is("rue", Kind::street, language_number("de")));
    Folded text;
    std::vector<Hit> hits;
    fold("le sot parle", text);
    opened.find("le sot parle", text, language_number("fr"), hits);
    ASSERT_EQ(hits.size(), 1u);
    EXPECT_EQ(opened.name(*hits[0].rule), "test.insult.sot");
    for (std::size_t cut = 0; cut < image.size(); cut += 8) EXPECT_FALSE(Lexicon().open(image.substr(0, cut))) << cut;
    EXPECT_FALSE(Lexicon().open("something else"));
}

// Words that are insults as an address only: innocent within a sentence and in a list.
TEST(Detectors, words_that_insult_standing_alone) {
    const auto made = Detectors::from_packs({head + "[insult 0.5 alone]\nane, tete de linotte\n[says]\ndit, m a traite d\n"});
    ASSERT_TRUE(made.ok());
    Context context;
    context.lang = "fr";
    for (const char* text : {"\xC3\x82ne !", "Encore en retard, \xC3\xA2ne, et pas un mot.", "Il a dit \xC3\xA2ne avant de partir.", "Il m'a trait\xC3\xA9 d'\xC3\xA2ne hier.", "Elle a dit \xC2\xAB\xC3\xA2ne\xC2\xBB et rien de plus", "Il m'a (t\xC3\xAAte de linotte !) fait attendre"}) {
        EXPECT_EQ((*made)->find(text, context).size(), 1u) << text;
    }
    for (const char* text : {"Un \xC3\xA2ne broute.", "Vache, \xC3\xA2ne, mouton", "Une vache, un mouton, \xC3\xA2ne, porc", "Un bel \xC3\xA2ne, deux", "Un plat \"\xC3\xA2ne\" froid", "Un animal (\xC3\xA2ne) broute", "Du pain, \xC3\xA2ne, vin rouge", "\xC3\x82ne\nIl broute.", "\xC3\xA2ne", "a.n.e", "dites \xC3\xA2ne gris"}) {
        EXPECT_TRUE((*made)->find(text, context).empty()) << text;
    }
}

// What a pattern makes, a pack may soften: the word counts standing alone only.
TEST(Detectors, a_word_softened_by_only) {
    const auto made = Detectors::from_packs({head + "[insult]\nsot(|te)\n[insult 0.5 alone only]\nsotte\n"});
    ASSERT_TRUE(made.ok());
    Context context;
    context.lang = "fr";
    EXPECT_EQ((*made)->find("Le sot parle", context).size(), 1u);
    EXPECT_EQ((*made)->find("La sotte parle", context).size(), 0u);
    EXPECT_EQ((*made)->find("Sotte, elle parle.", context).size(), 1u);
    EXPECT_EQ((*made)->find("Sotte", context).size(), 0u);  // nothing sets it off
}

TEST(Detectors, forms_that_may_stand_anywhere_in_a_word) {
    const auto made = Detectors::from_packs({head + "[insult]\n*sotte*\n[allow]\nparisotte*\n"});
    ASSERT_TRUE(made.ok());
    Context context;
    context.lang = "fr";
    for (const char* word : {"sotte", "sottement", "archisotte", "archisottement", "archis0ttement"}) {
        const auto findings = (*made)->find(std::string("Oh, ") + word + " !", context);
        ASSERT_EQ(findings.size(), 1u) << word;
        EXPECT_EQ(findings[0].text, word);
        EXPECT_EQ(findings[0].rule, "test.insult.sotte");
    }
    for (const char* word : {"parisottes", "archisot", "sottise", "a sot te"}) EXPECT_TRUE((*made)->find(std::string("Oh, ") + word + " !", context).empty()) << word;
    for (const char* entry : {"*so*", "*a b*"}) EXPECT_FALSE(Detectors::from_packs({head + "[insult]\n" + entry + "\n"}).ok()) << entry;
}

TEST(Detectors, packs_as_texts_and_their_errors) {
    const auto made = Detectors::from_packs({head + "[insult]\nsot\n"});
    ASSERT_TRUE(made.ok());
    Context context;
    context.lang = "fr";
    const auto findings = (*made)->find("quel Sot !", context);
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].text, "Sot");
    EXPECT_EQ(findings[0].rule, "test.insult.sot");
    EXPECT_THAT((*made)->version(), testing::HasSubstr("test-1"));
    const auto broken = Detectors::from_packs({head, head + "[insult]\n(\n"});
    ASSERT_FALSE(broken.ok());
    EXPECT_THAT(broken.error().message, testing::StartsWith("pack 2, line 7:"));
}

}  // namespace
}  // namespace verbatim::text
