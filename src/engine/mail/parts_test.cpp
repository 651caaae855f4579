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

TEST(Parts, FilesArriveByteForByte) {
    Message message;
    message.from = {"Aurelle", "reviews@aurelle.example"};
    message.to = {"Anne", "anne@example.org"};
    message.subject = "Report";
    message.text = "Here it is.\n";
    message.html = "<p>Here it is.</p>\n";
    message.message_id = "abc@aurelle.example";
    std::string bytes = "%PDF-1.5\r\n";
    for (int i = 0; i < 5000; ++i) bytes += static_cast<char>(i * 31 % 256);
    message.attachments = {{"report 2026-10\".pdf", "application/pdf", bytes}, {"b.bin", "application/octet-stream", ""}};
    const auto composed = compose(message);
    EXPECT_EQ(composed, compose(message));
    const auto parts = parse_parts(composed);
    EXPECT_EQ(parts.text, message.text);
    EXPECT_EQ(parts.html, message.html);
    ASSERT_EQ(parts.attachments.size(), 2U);
    EXPECT_EQ(parts.attachments[0].name, "report_2026-10_.pdf");
    EXPECT_EQ(parts.attachments[0].type, "application/pdf");
    EXPECT_EQ(parts.attachments[0].bytes, bytes);
    EXPECT_EQ(parts.attachments[1].bytes, "");
    message.html.clear();
    EXPECT_EQ(parse_parts(compose(message)).attachments[0].bytes, bytes);
}

}  // namespace verbatim::mail
