// A letter made ahead and filled in has the bytes of the letter written whole, whatever the person's values are.
#include "record/contact/letter_forms.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace verbatim::contact {
namespace {

using nlohmann::json;

constexpr const char* families[] = {"welcome", "offer", "invitation", "service", "notice", "thanks"};
constexpr const char* languages[] = {"en", "fr", "de", "es", "it", "pt", "nl", "pl"};

json letter(const std::string& family, const std::string& language) {
    json data{{"LETTER", family == "welcome" ? "welcome" : family == "invitation" ? "invitation_sale" : "first_service"}, {"FAMILY", family}, {"BUTTON", "appointment"},
              {"PURPOSE", family == "invitation" ? "invitation" : "marketing"}, {"SUBJECT", "On its way"}, {"LANG", language}, {"MODEL", "Brisa"}, {"DEALER", "Autohaus Nord"},
              {"SAME", false}, {"YEAR", 3}, {"PHONE", "+49 4321 5060"}, {"FACTS", family == "service" || family == "notice"}, {"TARGET", "/sites/DE-1"},
              {"DATE", 1'800'000'000}, {"BRAND", "Nordhaven"}, {"OPERATOR", "Nordhaven Europe SE, Hafenstraße 1"}, {"BASE_URL", "https://reviews.example"},
              {"PLATFORM_LANG", "en"}, {"FIRST_NAME", "Zoë"}, {"LINK", "https://reviews.example/c/abc-0123?to=%2Fsites%2FDE-1&x=1"},
              {"UNSUBSCRIBE_URL", "https://reviews.example/u/C7pp2nYI-rrjzK7G8H99Nw"}};
    if (family == "offer") data["PIXEL"] = "https://reviews.example/o/abc-0123456789abcdef";
    if (family == "invitation")
        for (const char star : {'1', '2', '3', '4', '5'}) data["STARS"][std::string("S") + star] = std::string("https://reviews.example/c/abc-0123?to=n%3D") + star;
    return data;
}

std::string composed(LetterForms& forms, const json& data) {
    mail::Message message;
    message.from = {"Nordhaven", "news@nordhaven.example"}, message.to = {"Zoë", "zoe@home.example"};
    message.subject = data.at("SUBJECT").get<std::string>(), message.message_id = "m1@nordhaven.example", message.date = 1'800'000'000;
    message.list_unsubscribe_url = data.value("UNSUBSCRIBE_URL", "");
    return forms.compose(message, data.at("FAMILY").get<std::string>(), "en", read_letter_data(data.dump()), [&] { return data; });
}

std::string whole(const json& data) {
    LetterForms fresh;
    return composed(fresh, data);
}

TEST(LetterForms, ALetterFilledInHasTheBytesOfOneWrittenWhole) {
    for (const char* family : families) {
        for (const char* language : languages) {
            LetterForms forms;
            auto data = letter(family, language);
            for (int i = 0; i < 2; ++i) composed(forms, data);
            ASSERT_EQ(forms.count(), 1u) << family << " " << language;
            for (const char* name : {"Ann", "Łucja Świątek-Żółkiewska", "<b>\"O'Neil\" & Söhne</b>", "=?UTF-8?Q?x?= {brand}\ttab", "From me", ".", "100 % = all", "日本"}) {
                data["FIRST_NAME"] = name, data["MODEL"] = std::string("Brisa ") + name, data["DEALER"] = name + std::string(100, 'x'), data["SUBJECT"] = std::string(name) + " & co";
                data["LINK"] = std::string("https://reviews.example/c/") + (name[0] == '<' ? "a&b'\"" : "z");
                EXPECT_EQ(composed(forms, data), whole(data)) << family << " " << language << " " << name;
            }
            EXPECT_EQ(forms.count(), 1u);
            EXPECT_EQ(forms.filled_in(), 8u) << "all by one form";
        }
    }
}

TEST(LetterForms, WhatIsNotThereIsAnotherForm) {
    LetterForms forms;
    for (const char* missing : {"FIRST_NAME", "MODEL", "UNSUBSCRIBE_URL"}) {
        for (const bool empty : {true, false}) {
            auto data = letter("service", "fr");
            if (empty && std::string_view(missing) != "UNSUBSCRIBE_URL") data[missing] = "";
            else data.erase(missing);
            for (int i = 0; i < 3; ++i) EXPECT_EQ(composed(forms, data), whole(data)) << missing;
        }
    }
    EXPECT_EQ(forms.count(), 3u) << "empty and missing look the same";
    EXPECT_EQ(forms.filled_in(), 12u) << "all but the first two of each";
}

TEST(LetterForms, TheNoticeOfWhereAnAddressCameFromNamesItsSource) {
    LetterForms forms;
    auto data = letter("offer", "de");
    data["NOTICE"] = true;
    for (const char* source : {"Autohaus A", "Autohaus B & Co", "Autohaus C", "a line\nand another"}) {
        data["NOTICE_SOURCE"] = source;
        EXPECT_EQ(composed(forms, data), whole(data)) << source;
    }
    EXPECT_EQ(forms.count(), 1u);
    EXPECT_EQ(forms.filled_in(), 1u) << "the third; a line break wants the whole";
}

// Base64 is shorter for a text that is mostly coded: the choice is made for each letter.
TEST(LetterForms, ALongForeignNameChangesTheCoding) {
    LetterForms forms;
    auto data = letter("thanks", "en");
    for (int i = 0; i < 2; ++i) composed(forms, data);
    std::string name;
    for (int i = 0; i < 3000; ++i) name += "Щ";
    data["DEALER"] = name, data["FIRST_NAME"] = name;
    EXPECT_NE(whole(data).find("base64"), std::string::npos);
    EXPECT_EQ(composed(forms, data), whole(data));
    EXPECT_EQ(forms.filled_in(), 0u);
}

TEST(LetterForms, MemoryIsBounded) {
    LetterForms forms;
    auto data = letter("notice", "it");
    for (int i = 0; i < 700; ++i) {
        data["PHONE"] = "+39 02 " + std::to_string(1000 + i);
        for (int twice = 0; twice < 2; ++twice) composed(forms, data);
        ASSERT_LE(forms.bytes(), 8u << 20);
    }
    EXPECT_GT(forms.count(), 0u);
    EXPECT_LT(forms.count(), 700u);
    EXPECT_EQ(composed(forms, data), whole(data));
}

}  // namespace
}  // namespace verbatim::contact
