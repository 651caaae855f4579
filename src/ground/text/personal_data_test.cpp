#include "ground/text/personal_data.h"

#include "ground/text/found.h"

#include <gtest/gtest.h>

namespace verbatim::text {
namespace {

struct Case {
    const char *lang, *text, *what;  // what is found as personal data; "" nothing
};

void check(const std::vector<Case>& cases) {
    for (const Case& one : cases) EXPECT_EQ(found(one.text, one.lang), *one.what == 0 ? "" : std::string("personal_data:") + one.what) << one.lang << ": " << one.text;
}

TEST(PersonalData, mail_addresses_plain_and_disguised) {
    check({{"fr", "Écrivez-moi à jean.test@exemple.fr merci", "jean.test@exemple.fr"}, {"en", "mail bob_99+x@mail.example.co.uk.", "bob_99+x@mail.example.co.uk"}, {"en", "bob (at) example (dot) com", "bob (at) example (dot) com"},
           {"en", "bob [at] example [dot] org!", "bob [at] example [dot] org"}, {"fr", "jean arobase exemple point fr", "jean arobase exemple point fr"}, {"it", "mario chiocciola esempio punto it", "mario chiocciola esempio punto it"},
           {"es", "ana arroba ejemplo punto es", "ana arroba ejemplo punto es"}, {"de", "max (at) beispiel.de", "max (at) beispiel.de"}, {"en", "bob at example dot com", "bob at example dot com"},
           {"en", "ｂｏｂ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ｂｏｂ＠ｅｘａｍｐｌｅ．ｃｏｍ"}, {"en", "Look at it. It is great at all. At home.", ""}, {"en", "5 litres @ 7.50", ""}});
}

TEST(PersonalData, telephone_numbers_by_country) {
    check({{"fr", "appelez le 06 12 34 56 78", "06 12 34 56 78"}, {"fr", "0612345678", "0612345678"}, {"fr", "06.12.34.56.78", "06.12.34.56.78"}, {"fr", "+33 6 12 34 56 78", "+33 6 12 34 56 78"}, {"fr", "0033 612345678", "0033 612345678"},
           {"nl", "bel 02 679 00 00 (Brussel)", "02 679 00 00"}, {"nl", "06-12345678", "06-12345678"}, {"de", "Tel. 0171 1234567", "0171 1234567"}, {"de", "ruf an: 030/1234567", "030/1234567"}, {"de", "+49 (0)30 123456", "+49 (0)30 123456"},
           {"en", "call 07700 900123", "07700 900123"}, {"en", "(020) 7946 0958", "(020) 7946 0958"}, {"en", "+44 20 7946 0958", "+44 20 7946 0958"}, {"en", "call 555-123-4567", "555-123-4567"},
           {"es", "612 345 678", "612 345 678"}, {"es", "llámame al 912345678", "912345678"}, {"it", "333 1234567 il cellulare", "333 1234567"}, {"it", "+39 02 1234567", "+39 02 1234567"},
           {"pt", "912 345 678", "912 345 678"}, {"pl", "tel. 601 234 567", "601 234 567"}, {"pl", "+48 601234567", "+48 601234567"}, {"ro", "0721 234 567", "0721 234 567"},
           {"da", "ring 12 34 56 78", "12 34 56 78"}, {"de", "+41 44 668 18 00", "+41 44 668 18 00"}, {"cs", "+420 601 123 456", "+420 601 123 456"}, {"sv", "070-123 45 67", "070-123 45 67"}});
}

TEST(PersonalData, prices_kilometres_dates_and_amounts_are_no_numbers_to_call) {
    check({{"fr", "payé 1 234 567 € en 2023", ""}, {"fr", "127 000 km au compteur, 15 000 km par an", ""}, {"fr", "le 12/03/2024 à 14h30, puis le 01.02.2023", ""}, {"fr", "facture n° 0123456789", ""}, {"fr", "dossier 0612345678", ""},
           {"en", "From 2007-2009 I paid $12,500.00 and 0.99 each.", ""}, {"en", "order number 0044123456", ""}, {"en", "0-60 in 5.9 s, 2500 rpm, 100000 miles", ""}, {"de", "Rechnung 0301234567 vom 01.02.2023", ""},
           {"de", "1.234.567,89 EUR und 100.000 km", ""}, {"es", "123.456.789 euros, 300 000 km", ""}, {"pt", "2015/2016, 120.000 km e 15.000,00 EUR", ""}, {"it", "il 10/11/2022 alle 10:30", ""}, {"nl", "2 500 000 euro op 01-02-2023", ""}, {"pl", "123 456 zł, 10.10.2021", ""}});
}

TEST(PersonalData, number_plates_by_country) {
    check({{"fr", "immatriculée AB-123-CD", "AB-123-CD"}, {"fr", "ma voiture AY134GL", "AY134GL"}, {"it", "targata AA123BB", "AA123BB"}, {"de", "mit M-AB 1234 unterwegs", "M-AB 1234"}, {"de", "Kennzeichen B X 99", "B X 99"},
           {"es", "el 1234 BCD", "1234 BCD"}, {"en", "my AB12 CDE", "AB12 CDE"}, {"nl", "de 12-ABC-3", "12-ABC-3"}, {"nl", "kenteken AB-12-CD", "AB-12-CD"}, {"pl", "auto WA 12345", "WA 12345"}, {"pt", "o 12-AB-34", "12-AB-34"},
           {"fr", "la 1-ABC-234", "1-ABC-234"}, {"ro", "B-123-ABC", "B-123-ABC"}, {"en", "the FX35 AWD and SL55 AMG with XC90 SUV", ""}, {"fr", "MOTEUR DE 300 CC", ""}, {"en", "My 2008 GTI and CX-5, BMW X5 3.0", ""}, {"es", "2000 RPM y 3000 KMS", ""}, {"de", "Golf 7 TDI mit 150 PS, A 6", ""}});
}

TEST(PersonalData, vin_iban_and_card) {
    check({{"en", "VIN WVWZZZ1JZXW000001 is mine", "WVWZZZ1JZXW000001"}, {"en", "vin wvwzzz1jzxw000001", "wvwzzz1jzxw000001"}, {"en", "Antidisestablishm and incomprehensibles", ""}, {"en", "AAAAAAAAAAAAAAAAA", ""},
           {"de", "IBAN DE89 3704 0044 0532 0130 00 bitte", "DE89 3704 0044 0532 0130 00"}, {"fr", "FR7630006000011234567890189", "FR7630006000011234567890189"}, {"en", "GB82WEST12345698765432", "GB82WEST12345698765432"},
           {"en", "card 4111 1111 1111 1111", "4111 1111 1111 1111"}, {"en", "part 4111 1111 1111 1112", ""}});
    EXPECT_FALSE(valid_iban("de89370400440532013001"));
    EXPECT_TRUE(valid_iban("de89370400440532013000"));
    EXPECT_FALSE(valid_card("4111111111111112"));
}

TEST(PersonalData, links) {
    for (const auto& [lang, text, link] : {std::tuple<const char*, const char*, const char*>
             {"en", "see https://example.com/a?b=1.", "https://example.com/a?b=1"}, {"en", "www.example.org!", "www.example.org"}, {"fr", "voir exemple-garage.fr", "exemple-garage.fr"}, {"de", "auf beispiel.de steht", "beispiel.de"},
             {"en", "bit.ly/abc1", "bit.ly/abc1"}, {"pl", "sklep.pl jest", "sklep.pl"}}) {
        EXPECT_EQ(found(text, lang), std::string("link:") + link) << text;
    }
    for (const auto& [lang, text] : {std::pair<const char*, const char*>{"fr", "Très bien.De plus,rapide."}, {"en", "Great car.It was fast.So good."}, {"en", "e.g. 3.5L V6, 2.0T, S.U.V. and a.m."}, {"de", "Gut.Das Auto usw.und so weiter"}, {"es", "Bien.No volveré.Me gusta"}, {"fr", "service etc...et voilà"}}) {
        EXPECT_EQ(found(text, lang), "") << text;
    }
}

}  // namespace
}  // namespace verbatim::text
