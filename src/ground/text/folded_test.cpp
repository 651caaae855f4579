#include "ground/text/folded.h"

#include "ground/text/detectors.h"

#include <gtest/gtest.h>

namespace verbatim::text {
namespace {

TEST(Folded, plain_ascii_keeps_its_places_and_notes_capitals) {
    Folded text;
    fold("Hi, Bob!", text);
    EXPECT_EQ(text.chars, "hi, bob!");
    EXPECT_TRUE(text.offsets.empty());
    EXPECT_TRUE(text.is_upper(0));
    EXPECT_FALSE(text.is_upper(1));
    EXPECT_TRUE(text.is_upper(4));
}

TEST(Folded, accents_fall_and_offsets_lead_back) {
    Folded text;
    fold("é😀Łódź", text);
    EXPECT_EQ(text.chars, std::string("e\x01lodz"));
    EXPECT_EQ(text.offset(0), 0u);
    EXPECT_EQ(text.offset(1), 2u);
    EXPECT_EQ(text.offset(2), 6u);
    EXPECT_EQ(text.end_offset(text.size()), std::string_view("é😀Łódź").size());
}

TEST(Folded, other_writings_of_latin_letters) {
    EXPECT_EQ(folded("ｆｕｌｌ"), "full");                  // full width
    EXPECT_EQ(folded("𝐛𝐨𝐥𝐝 𝕕𝕠𝕦𝕓𝕝𝕖"), "bold double");      // mathematical
    EXPECT_EQ(folded("сосо"), "coco");                      // Cyrillic
    EXPECT_EQ(folded("ΑΒΕ"), "abe");                        // Greek
    EXPECT_EQ(folded("ⓒⓘⓡ"), "cir");                        // circled
    EXPECT_EQ(folded("straße Œuvre æon"), "strasse oeuvre aeon");
    EXPECT_EQ(folded("e\u0301te\u0301"), "ete");            // combining marks
}

TEST(Folded, what_cannot_be_seen_is_gone) {
    EXPECT_EQ(folded("a\u200Bb\u00ADc\u2060d\uFEFFe\u202Ef"), "abcdef");
}

TEST(Folded, a_letter_made_of_two_never_ends_inside_its_character) {
    Folded text;
    fold("aßb", text);
    ASSERT_EQ(text.chars, "assb");
    EXPECT_EQ(text.end_offset(2), 3u);  // behind the first s is behind the ß
    EXPECT_EQ(text.end_offset(1), 1u);
}

TEST(Folded, reads_no_more_than_the_longest_text) {
    Folded text;
    fold(std::string(longest_text + 5000, 'x'), text);
    EXPECT_EQ(text.size(), longest_text);
}

TEST(Utf8, unicode_15_table_3_7) {
    for (const char* good : {"", "abc", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xED\x9F\xBF", "\xF4\x8F\xBF\xBF", "0123456789\xC3\xA9 and on"}) EXPECT_TRUE(valid_utf8(good)) << good;
    for (const char* bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xC3", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "01234567\xFF", "\xE2\x82"}) EXPECT_FALSE(valid_utf8(bad));
}

TEST(Language, of_sentences_and_with_a_hint) {
    EXPECT_EQ(detect_language("La voiture était prête à l'heure et le personnel était très agréable avec nous.", ""), "fr");
    EXPECT_EQ(detect_language("The car was ready on time and the staff were very kind to us all day long.", ""), "en");
    EXPECT_EQ(detect_language("Das Auto war pünktlich fertig und die Mitarbeiter waren sehr freundlich zu uns.", ""), "de");
    EXPECT_EQ(detect_language("The car was ready on time and the staff were very kind to us all day long.", "fr"), "en");
    EXPECT_EQ(detect_language("ok", "fr-BE"), "fr");
    EXPECT_EQ(detect_language("ok", ""), "");
    EXPECT_EQ(detect_language("\xFF", "nl"), "nl");
}

}  // namespace
}  // namespace verbatim::text
