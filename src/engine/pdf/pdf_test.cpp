#include "engine/pdf/pdf.h"

#include <gtest/gtest.h>

namespace verbatim::pdf {
namespace {

About about() {
    About made;
    made.title = "Proof";
    made.author = "Aurelle";
    made.made_at = 1'800'000'000;
    made.foot = "27 January 2027";
    return made;
}

std::string make(int paragraphs) {
    Document document(about());
    document.heading(1, "Évidence – Łódź");
    for (int i = 0; i < paragraphs; ++i) {
        document.heading(3, "COL-" + std::to_string(i));
        document.pair("asks", "Every author is a real person whom one can reach. " + std::string(200, 'x'));
        document.code("SELECT 1");
        document.line();
    }
    return document.finish();
}

std::size_t pages(const std::string& bytes) {
    constexpr std::string_view mark = "/Type /Page";
    std::size_t count = 0;
    for (auto at = bytes.find(mark); at != std::string::npos; at = bytes.find(mark, at + 1)) count += bytes[at + mark.size()] != 's' ? 1 : 0;
    return count;
}

TEST(Pdf, TheSameCallsGiveTheSameBytes) {
    const auto once = make(3);
    EXPECT_EQ(once.substr(0, 5), "%PDF-");
    EXPECT_EQ(once, make(3));
    EXPECT_NE(once, make(4));
}

TEST(Pdf, LongTextsGoOnOverPages) {
    EXPECT_EQ(pages(make(1)), 1U);
    EXPECT_GT(pages(make(60)), 3U);
    Document document(about());
    std::string words;
    for (int i = 0; i < 4000; ++i) words += "word ";
    document.pair("all of it", words);
    EXPECT_GT(pages(document.finish()), 1U);
}

TEST(Pdf, RowsAndBarsGoOnOverPages) {
    const auto make = [](int rows) {
        Document document(about());
        const std::string head[] = {"site", "rating"};
        const double shares[] = {0.7, 0.3};
        document.row(head, shares, true);
        for (int i = 0; i < rows; ++i) {
            const std::string cells[] = {"Garage " + std::to_string(i), "4,6"};
            document.row(cells, shares, false);
            document.bar("5", 0.4, "40 %");
        }
        return document.finish();
    };
    EXPECT_EQ(pages(make(2)), 1U);
    EXPECT_GT(pages(make(100)), 2U);
    EXPECT_EQ(make(100), make(100));
}

TEST(Pdf, AnAddressInTheWindowBeginsAPage) {
    const std::string lines[] = {"Odile Garnier", "7 rue des Lilas " + std::string(200, 'x'), "44000 NANTES", "FRANCE"};
    const auto make = [&](bool before) {
        Document document(about());
        if (before) document.paragraph("before");
        document.window(lines);
        document.paragraph("after");
        return document.finish();
    };
    EXPECT_EQ(pages(make(false)), 1U);
    EXPECT_EQ(pages(make(true)), 2U);
    EXPECT_EQ(make(true), make(true));
}

TEST(Pdf, WhatIsNotUtf8IsShownAsSuch) {
    Document document(about());
    document.paragraph("\xff\xfe broken \xc3");
    EXPECT_GT(document.finish().size(), 500U);
}

}  // namespace
}  // namespace verbatim::pdf
