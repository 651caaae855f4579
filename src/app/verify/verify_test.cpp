#include "app/verify/verify.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/verify/test_log.h"

namespace verbatim::verify {
namespace {

using namespace test;

struct Outcome {
    int code = 0;
    std::string text, last;
};
Outcome check(const Source& source, Options options = {}) {
    std::ostringstream out;
    Outcome outcome;
    outcome.code = run(source, options, now, out);
    outcome.text = out.str();
    std::istringstream lines(outcome.text);
    for (std::string line; std::getline(lines, line);) outcome.last = line;
    return outcome;
}

TestLog some_log(int reviews = 300) {
    TestLog log;
    for (int i = 0; i < reviews; ++i) log.review("r" + std::to_string(i), i % 3 == 0 ? "product:VOLT" : "site:A1", i % 5 + 1);
    log.write();
    return log;
}

TEST(Verify, TLG1_AGoodLogIsVerified) {
    auto log = some_log();
    const auto outcome = check(log.source());
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    EXPECT_TRUE(outcome.last.starts_with("verified 600 entries")) << outcome.last;
    EXPECT_NE(outcome.text.find("taken from the log itself"), std::string::npos);
    EXPECT_NE(outcome.text.find("collected   300"), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("site:A1"), std::string::npos);
    Options pinned;
    pinned.key = vkey;
    const auto again = check(log.source(), pinned);
    EXPECT_EQ(again.code, 0);
    EXPECT_NE(again.text.find("the one you gave"), std::string::npos);
}

TEST(Verify, AnEmptyLogIsVerified) {
    TestLog log;
    log.write();
    EXPECT_EQ(check(log.source()).code, 0);
}

TEST(Verify, TLG6_AnotherKeyIsAFault) {
    auto log = some_log(3);
    Options options;
    options.key = merkle::encode(*merkle::verifier_key(name, crypto::Ed25519Key::from_seed(std::string(32, 'x')).public_key));
    EXPECT_EQ(check(log.source(), options).code, 1);
    options.key = "nonsense";
    EXPECT_EQ(check(log.source(), options).code, 2);
    log.files["key"] = merkle::encode(*merkle::verifier_key("another.example", key.public_key));
    EXPECT_EQ(check(log.source()).code, 1);
    log.files.erase("key");
    EXPECT_EQ(check(log.source()).code, 1);
}

TEST(Verify, TLG3_AnyChangedOrMissingFileIsAFault) {
    auto log = some_log();
    const auto good = log.files;
    for (const auto& [path, bytes] : good) {
        if (path == "key") continue;
        for (std::size_t i = 0; i < 24; ++i) {
            log.files = good;
            char& byte = log.files.find(path)->second[i * 7919 % bytes.size()];
            byte = static_cast<char>(byte ^ (1 << (i % 8)));
            const auto outcome = check(log.source());
            EXPECT_EQ(outcome.code, 1) << path << " " << i;
            EXPECT_TRUE(outcome.last.starts_with("fault: ")) << outcome.last;
        }
        log.files = good;
        log.files.find(path)->second += "x";
        EXPECT_EQ(check(log.source()).code, 1) << path << " is longer";
        log.files = good;
        log.files.erase(log.files.find(path));
        EXPECT_EQ(check(log.source()).code, 1) << path << " is missing";
    }
}

TEST(Verify, TLG4_AFullTileStandsInForAPartialOneThatIsGone) {
    auto longer = some_log(300), log = some_log(260);
    log.files.erase("tile/0/002.p/8");
    log.files.erase("tile/entries/002.p/8");
    EXPECT_EQ(check(log.source()).code, 1);
    auto full = some_log(400);
    log.files["tile/0/002"] = full.files["tile/0/002"];
    log.files["tile/entries/002"] = full.files["tile/entries/002"];
    EXPECT_EQ(check(log.source()).code, 0);
}

TEST(Verify, TLG1_AFaultyLifeNamesItsEntry) {
    auto log = some_log(3);
    log.published("r9", "site:A1", 5);
    log.write();
    const auto outcome = check(log.source());
    EXPECT_EQ(outcome.code, 1);
    EXPECT_EQ(outcome.last, "fault: entry 6: published of review r9: it was not collected before");
    log.leaves.back() = "{ }";
    log.write();
    EXPECT_TRUE(check(log.source()).last.starts_with("fault: entry 6: ")) << outcome.last;
}

TEST(Verify, AFaultShowsNoControlCharacters) {
    TestLog log;
    log.leaves.push_back("{\"\\u001b[2J\":1}");
    log.write();
    EXPECT_EQ(check(log.source()).text.find('\x1b'), std::string::npos);
}

TEST(Verify, NOT7_DisplayedRatingsOfAFolderAreHeldAgainstTheLog) {
    TestLog log;
    log.review("r1", "site:A1", 5);
    log.review("r2", "site:A1", 4);
    log.review("r3", "product:VOLT", 2);
    log.write();
    auto source = log.source();
    source.ratings = "[" + rating_json("site:A1", "4.5", {0, 0, 0, 1, 1}) + "," + rating_json("product:VOLT", "2", {0, 1, 0, 0, 0}) + "," + rating_json("site:NEW", "", {}) + "]";
    const auto good = check(source);
    EXPECT_EQ(good.code, 0) << good.text;
    EXPECT_NE(good.text.find("4.50 (2)          4.50 (2)"), std::string::npos) << good.text;
    source.ratings = "{\"ratings\":[" + rating_json("site:A1", "4.51", {0, 0, 0, 1, 1}) + "]}";
    const auto bad = check(source);
    EXPECT_EQ(bad.code, 1);
    EXPECT_EQ(bad.last, "fault: site:A1: 4.51 (2) is displayed, the log makes 4.50 (2)");
    source.ratings = "[" + rating_json("site:GHOST", "5", {0, 0, 0, 0, 9}) + "]";  // nine reviews that no leaf knows
    EXPECT_EQ(check(source).code, 1);
    source.ratings = "[" + rating_json("site:A1", "4.5", {0, 0, 0, 1, 1}) + "," + rating_json("site:A1", "4.5", {0, 0, 0, 1, 1}) + "]";
    EXPECT_EQ(check(source).code, 1);
    source.ratings = "nonsense";
    EXPECT_EQ(check(source).code, 1);
}

TEST(Verify, INC2_ThePartWrittenForARewardIsRecomputedToo) {
    TestLog log;
    log.add({{"v", 1}, {"at", now}, {"kind", "collected"}, {"review", "r1"}, {"subject", "site:A1"}, {"service", "workshop"}, {"origin", "spontaneous"}, {"incentive", 1}, {"commitment", commitment("r1")}});
    log.published("r1", "site:A1", 5);
    log.add({{"v", 1}, {"at", now}, {"kind", "collected"}, {"review", "r2"}, {"subject", "site:A1"}, {"service", "workshop"}, {"origin", "spontaneous"}, {"commitment", commitment("r2")}});
    log.published("r2", "site:A1", 2);
    log.write();
    auto source = log.source();
    auto shown = json::parse(rating_json("site:A1", "3.5", {0, 1, 0, 0, 1}));
    const auto verdict = [&] {
        source.ratings = "[" + shown.dump() + "]";
        return check(source);
    };
    EXPECT_EQ(verdict().last, "fault: site:A1: - (0) is displayed as written for a reward, the log makes 5.00 (1)") << "a reward kept quiet";
    shown["with_incentive"] = {{"average", 5.0}, {"count", 1}};
    EXPECT_EQ(verdict().code, 0);
    shown["with_incentive"] = {{"average", 2.0}, {"count", 1}};
    EXPECT_EQ(verdict().code, 1);
    shown["with_incentive"] = "none";
    EXPECT_EQ(verdict().code, 1);
}

TEST(Verify, NOT7_ManySubjectsArePrintedWhenTheyDifferOrAllAreAskedFor) {
    TestLog log;
    for (int i = 0; i < 60; ++i) log.review("r" + std::to_string(i), "site:S" + std::to_string(i), 3);
    log.write();
    auto source = log.source();
    source.ratings = "[" + rating_json("site:S7", "5", {0, 0, 0, 0, 1}) + "]";
    const auto brief = check(source);
    EXPECT_EQ(brief.code, 1);
    EXPECT_NE(brief.text.find("site:S7"), std::string::npos);
    EXPECT_EQ(brief.text.find("site:S8"), std::string::npos);
    EXPECT_NE(brief.text.find("59 subjects without a difference"), std::string::npos) << brief.text;
    Options all;
    all.all_subjects = true;
    EXPECT_NE(check(source, all).text.find("site:S8"), std::string::npos);
}

// A site whose log and displays a test changes while it is being read.
struct LiveSite {
    TestLog log;
    std::map<std::string, std::string> pages;
    std::vector<std::string> asked;
    std::function<void()> on_rating = [] {}, on_pause = [] {};

    Source source() {
        return live_source(
            [this](std::string_view path) -> Result<std::string> {
                asked.emplace_back(path);
                if (path.starts_with("/log/")) return log.source().log(path.substr(5));
                const auto found = pages.find(std::string(path));
                if (found == pages.end()) return not_found("not_found", std::string(path));
                const std::string page = found->second;
                on_rating();
                return page;
            },
            [this] { on_pause(); });
    }
};

TEST(Verify, NOT7_ALiveSiteIsAskedForEachSubject) {
    LiveSite site;
    site.log.review("r1", "site:A 1", 5);
    site.log.review("r2", "adviser:7", 4);
    site.log.review("r3", "product:GONE", 4);
    site.log.write();
    site.pages["/api/v1/sites/A%201/rating"] = rating_json("site:A 1", "5", {0, 0, 0, 0, 1});
    const auto good = check(site.source());
    EXPECT_EQ(good.code, 0) << good.text;
    EXPECT_NE(good.text.find("not displayed"), std::string::npos);
    site.pages["/api/v1/sites/A%201/rating"] = rating_json("site:OTHER", "5", {0, 0, 0, 0, 1});
    EXPECT_EQ(check(site.source()).code, 1);
    site.pages["/api/v1/sites/A%201/rating"] = rating_json("site:A 1", "4", {0, 0, 0, 1, 0});
    EXPECT_EQ(check(site.source()).code, 1);
}

TEST(Verify, NOT7_AnEntryThatArrivesBetweenLogAndDisplayIsNoFault) {
    LiveSite site;
    site.log.review("r1", "site:A1", 5);
    site.log.review("x1", "site:B2", 3);
    site.log.write();
    const std::string page = "/api/v1/sites/A1/rating";
    site.pages[page] = rating_json("site:A1", "4.5", {0, 0, 0, 1, 1}, now + 1);  // already with a review the log did not have yet
    site.pages["/api/v1/sites/B2/rating"] = rating_json("site:B2", "3", {0, 0, 1, 0, 0});
    site.on_pause = [&] {
        site.log.review("r2", "site:A1", 4, now + 1);
        site.log.review("r3", "site:A1", 1, now + 9);  // and one that the display could not know
        site.log.review("x2", "site:B2", 1, now + 9);
        site.log.write();
    };
    const auto outcome = check(site.source());
    EXPECT_EQ(outcome.code, 0) << outcome.text;

    site.on_pause = [] {};
    site.pages[page] = rating_json("site:A1", "5", {0, 0, 0, 0, 2}, now + 1);
    EXPECT_EQ(check(site.source()).code, 1);  // still another figure the second time
}

TEST(Verify, AFolderIsReadAsTheLogIsLaidOut) {
    const auto folder = std::filesystem::temp_directory_path() / ("verify_test." + std::to_string(::getpid()));
    auto log = some_log(20);
    for (const auto& [path, bytes] : log.files) {
        const auto file = folder / "log" / path;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << bytes;
    }
    for (const auto& place : {folder / "log", folder}) {
        const auto source = folder_source(place.string());
        ASSERT_TRUE(source);
        EXPECT_EQ(check(*source).code, 0);
    }
    std::ofstream(folder / "log" / "ratings.json") << "[" + rating_json("site:A1", "5", {0, 0, 0, 0, 1}) + "]";
    EXPECT_EQ(check(*folder_source(folder.string())).code, 1);
    std::filesystem::remove_all(folder);
    EXPECT_FALSE(folder_source(folder.string()));
}

TEST(Verify, AnAddressIsTheSiteWithOrWithoutLog) {
    EXPECT_EQ(site_address("http://a.example"), "http://a.example");
    EXPECT_EQ(site_address("http://a.example/"), "http://a.example");
    EXPECT_EQ(site_address("http://a.example/log"), "http://a.example");
    EXPECT_EQ(site_address("http://a.example/log/"), "http://a.example");
    EXPECT_EQ(site_address("http://a.example/catalog"), "http://a.example/catalog");
    EXPECT_TRUE(is_address("https://a.example"));
    EXPECT_FALSE(is_address("/var/log"));
}

}  // namespace
}  // namespace verbatim::verify
