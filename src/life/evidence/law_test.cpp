// A requirement with neither evidence nor a named duty must not be possible, and what the map names must exist.
#include "life/evidence/law.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "life/evidence/queries.h"

namespace verbatim::evidence {
namespace {

namespace fs = std::filesystem;

std::string fault_of(std::string_view text) {
    const auto read = read_law(text, "x.md");
    return read ? "" : read.error().message;
}

constexpr std::string_view good = "### A-1\n- clause: c\n- asks: a\n- how: h\n- evidence: query q <= 3\n- tests: one, two\n";

TEST(Law, ReadsARequirement) {
    const auto read = read_law(good, "x.md");
    ASSERT_TRUE(read);
    ASSERT_EQ(read->size(), 1U);
    const auto& one = read->front();
    EXPECT_EQ(one.id, "A-1");
    EXPECT_EQ(one.means, Means::query);
    EXPECT_EQ(one.name, "q");
    EXPECT_EQ(one.expects(), "<= 3");
    EXPECT_EQ(one.tests, (std::vector<std::string>{"one", "two"}));
    const auto duty = read_law("### B-2\n- clause: c\n- asks: a\n- how: h\n- duty: legal, every 12 months: approves\n", "x.md");
    ASSERT_TRUE(duty);
    EXPECT_EQ(duty->front().who, "legal");
    EXPECT_EQ(duty->front().every_months, 12);
    EXPECT_EQ(duty->front().what, "approves");
}

TEST(Law, NamesFileAndLineOfAMistake) {
    EXPECT_EQ(fault_of("### A-1\n- clause: c\n- asks: a\n- how: h\n"), "x.md:4: A-1 has neither evidence nor a named duty");
    EXPECT_EQ(fault_of("### A-1\n- clause: c\n- how: h\n- duty: x, every 3 months: y\n### A-2\n"), "x.md:5: A-1 does not say what it asks");
    EXPECT_NE(fault_of("### A-1\n- evidence: guess x\n"), "");
    EXPECT_NE(fault_of("### A-1\n- evidence: query x ~ 3\n"), "");
    EXPECT_NE(fault_of("### A-1\n- evidence: query x = three\n"), "");
    EXPECT_NE(fault_of("### A-1\n- duty: someone sometimes\n"), "");
    EXPECT_NE(fault_of("### A-1\n- duty: someone, every 0 months: x\n"), "");
    EXPECT_NE(fault_of("### A-1\n- colour: red\n"), "");
}

TEST(Law, HoldsAllRequirementsAndEachOnce) {
    EXPECT_EQ(shipped_law().size(), 102U);
    // docs/norms.md says of each what is met and what is not: both lists are the same.
    std::ifstream file("docs/norms.md");
    ASSERT_TRUE(file) << "run from the project's root";
    std::set<std::string> listed, mapped;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("| ") && line.size() > 7 && line[5] == '-') listed.insert(line.substr(2, line.find(' ', 2) - 2));
    }
    for (const auto& one : shipped_law()) mapped.insert(one.id);
    EXPECT_EQ(listed, mapped);
}

TEST(Law, NamesOnlyQueriesAndTestsThatExist) {
    for (const auto& one : shipped_law()) {
        if (one.means == Means::query) {
            EXPECT_NE(find_query(one.name), nullptr) << one.id << " names the query " << one.name;
        }
        for (const auto& test : one.tests)
            EXPECT_TRUE(fs::exists("tests/stories/" + test + ".story") || fs::is_directory("src/" + test) || fs::is_directory(test)) << one.id << " names the test " << test;
    }
    std::set<std::string_view> used;
    for (const auto& one : shipped_law()) used.insert(one.name);
    for (const auto& query : queries()) EXPECT_TRUE(used.contains(query.name)) << "no requirement uses the query " << query.name;
}

}  // namespace
}  // namespace verbatim::evidence
