#include "ground/formats/toml.h"

#include <gtest/gtest.h>

namespace verbatim::toml {
namespace {

std::string refused(std::string_view text) {
    const auto read = parse(text);
    return read ? "" : read.error().field + ": " + read.error().message;
}

TEST(Toml, KeysAndValuesKnowTheirLines) {
    const auto read = parse("# words\na = 1\n\n[t]\nb.c = [\n  \"x\",\n  \"ü\",\n]\n[[l]]\nd = 2026-11-27\n");
    ASSERT_TRUE(read.ok()) << refused("a");
    EXPECT_EQ(read->find("a")->line, 2);
    const auto* b = read->find("t")->value.find("b");
    ASSERT_NE(b, nullptr);
    EXPECT_EQ(b->line, 5);
    EXPECT_EQ(b->value.find("c")->value.list[1].line, 7);
    EXPECT_EQ(b->value.find("c")->value.list[1].text, "ü");
    EXPECT_EQ(read->find("l")->value.list[0].find("d")->value.text, "2026-11-27");
}

TEST(Toml, WhatIsNoTomlIsRefusedAndEndsNothing) {
    EXPECT_EQ(refused("a = 1\nb =\n").substr(0, 2), "2:");
    EXPECT_NE(refused("[/x]"), "");   // fails an assertion of the library
    EXPECT_NE(refused("[/x]]"), "");
    EXPECT_EQ(refused("a = 1\ngröße = 1\n").substr(0, 2), "2:");  // a letter the library calls unreachable
    EXPECT_EQ(refused("a = \"\"\"\nü \\\"\"\" ü\n\"\"\"\"\" # ü\nb = 'ü\\' # ü\n"), "");
    EXPECT_NE(refused("a = 'x\nü = 1"), "");
    EXPECT_NE(refused("a = 1\na = 2"), "");
    EXPECT_NE(refused(std::string(100, '[')), "");
    EXPECT_NE(refused("x = " + std::string(200, '[') + std::string(200, ']')), "");
    EXPECT_EQ(refused(std::string(largest_file + 1, '#')), "1: a TOML file may have 1 MiB at most");
    EXPECT_EQ(refused(std::string("\xef\xbb\xbf") + "a = 1"), "");
    EXPECT_NE(refused("a = \"\xff\""), "");
}

}  // namespace
}  // namespace verbatim::toml
