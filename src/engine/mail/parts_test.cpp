#include "engine/mail/parts.h"

#include <gtest/gtest.h>

#include "engine/mail/mail.h"

namespace verbatim::mail {

TEST(Parts, WhatWasComposedIsReadBack) {
    Message message;
    message.from = {"Garage Müller · Aurelle", "reviews@aurelle.example"};
    message.to = {"Żaneta Łęcka", "z@example.org"};
    message.subject = "Wie war’s bei „Müller“? Ελληνικά и кириллица, une très longue ligne qui doit être pliée quelque part";
    message.text = "Zeile eins = gleich\nзеленый\n.\nhttp://127.0.0.1:8080/r/abcdefghijklmnopqrstuv\n";
    message.html = "<p>Zeile “eins” 🚗</p>\n";
    message.message_id = "abc@aurelle.example";
    message.date = 1795255200;
    message.language = "de";
    const auto parts = parse_parts(compose(message));
    EXPECT_EQ(parts.subject, message.subject);
    EXPECT_EQ(parts.text, message.text);
    EXPECT_EQ(parts.html, message.html);
    EXPECT_EQ(parts.date, message.date);
    EXPECT_EQ(parts.language, "de");
    EXPECT_NE(parts.to.find("Żaneta Łęcka"), std::string::npos);
    EXPECT_NE(parts.from.find("Garage Müller"), std::string::npos);
}

}  // namespace verbatim::mail
