// The figures counted from leaves, each sum rule, and the display held against them (norms MOD-1, MOD-2, MOD-4, PUB-1, NOT-7).
#include "app/verify/figures.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "app/verify/figures_check.h"
#include "ground/base/calendar.h"

namespace verbatim::verify {
namespace {

using nlohmann::json;

constexpr Seconds start = 1'790'000'000;  // 2026-09-21

struct Life {
    Figures figures;
    std::vector<Entry> entries;

    Entry& add(Kind kind, const std::string& review, Seconds at, const std::string& subject = {}) {
        Entry entry;
        entry.kind = kind;
        entry.review = review;
        entry.subject = subject;
        entry.at = at;
        entries.push_back(entry);
        return entries.back();
    }
    void collected(const std::string& review, const std::string& subject, Seconds at, const char* origin = "invited") { add(Kind::collected, review, at, subject).origin = origin; }
    void published(const std::string& review, const std::string& subject, int rating, Seconds at) { add(Kind::published, review, at, subject).rating = rating; }
    void refused(const std::string& review, const std::string& subject, int rating, const char* reason, Seconds at) {
        auto& entry = add(Kind::refused, review, at, subject);
        entry.rating = rating;
        entry.reason = reason;
    }
    json count(const Declared& declared = {{{"A1", "Garage, \"A\"", "FR"}, {"B1", "Autohaus B", "DE"}}, {{"A1", 6}}, 7}) {
        figures = {};
        for (const auto& entry : entries) figures.add(entry);
        return json::parse(figures.write("log", declared));
    }
};

json row_of(const json& table, const char* key, const json& value) {
    for (const auto& row : table)
        if (row[key] == value) return row;
    ADD_FAILURE() << key << " " << value << " is missing";
    return {};
}

bool all_hold(const json& figures) {
    bool hold = true;
    for (const auto& sum : figures["sums"]) hold = hold && sum["holds"] == true;
    return hold && figures["sums"].size() >= 4;
}

TEST(Figures, counts_every_review_in_one_place) {
    Life life;
    for (int i = 0; i < 10; ++i) life.collected("r" + std::to_string(i), i < 6 ? "site:A1" : i < 9 ? "site:B1" : "product:VOLT", start + i, i == 3 ? "spontaneous" : "invited");
    for (int i : {0, 1, 2, 3, 6, 9}) life.published("r" + std::to_string(i), i < 6 ? "site:A1" : i < 9 ? "site:B1" : "product:VOLT", i == 0 ? 1 : 5, start + 100 + i * 100);
    life.refused("r4", "site:A1", 1, "insult", start + 8 * one_day);
    life.add(Kind::withdrawn, "r5", start + 900, "site:A1");                 // before any decision
    life.add(Kind::withdrawn, "r1", start + 1000, "site:A1").rating = 5;     // after
    life.add(Kind::erased, "r1", start + 1100, "site:A1").rating = 5;        // stays counted as withdrawn
    life.add(Kind::erased, "r4", start + 9 * one_day, "site:A1").rating = 1; // stays counted as refused
    life.add(Kind::erased, "r2", start + 1200, "site:A1").rating = 5;
    auto& removed = life.add(Kind::removed, "r6", start + 1300, "site:B1");
    removed.rating = 5;
    removed.reason = "not_lived";
    life.add(Kind::replied, "r0", start + 5000);
    life.add(Kind::replied, "r9", start + 30 * one_day);

    const auto out = life.count();
    const auto& total = out["total"];
    EXPECT_EQ(total["received"], 10);
    EXPECT_EQ(total["published"], 6);
    EXPECT_EQ(total["refused"], 1);
    EXPECT_EQ(total["left"], 1);
    EXPECT_EQ(total["pending"], 2);
    EXPECT_EQ(total["visible"], 3);
    EXPECT_EQ(total["withdrawn"], 1);
    EXPECT_EQ(total["erased"], 1);
    EXPECT_EQ(total["removed"], 1);
    EXPECT_EQ(total["spontaneous"], 1);
    EXPECT_EQ(total["refusal_rate"], "0.1429");
    EXPECT_EQ(total["replied"], 2);
    EXPECT_EQ(total["replied_within_7_days"], 1);
    EXPECT_EQ(total["late"], 3) << "the refusal after eight days, and two that wait for a month";
    EXPECT_TRUE(all_hold(out)) << out["sums"];

    EXPECT_EQ(row_of(out["by_star"], "stars", 1)["refused"], 1);
    EXPECT_EQ(row_of(out["by_star"], "stars", 1)["published"], 1);
    EXPECT_EQ(row_of(out["by_star"], "stars", 5)["published"], 5);
    EXPECT_FALSE(out["by_star"][0].contains("pending")) << "nobody knows the stars of what waits";
    EXPECT_EQ(out["stars_unknown"], 3) << "two wait, one was withdrawn before";
    EXPECT_EQ(row_of(out["by_reason"], "reason", "insult")["refused"], 1);
    EXPECT_EQ(row_of(out["by_reason"], "reason", "not_lived")["removed"], 1);
    EXPECT_EQ(row_of(out["by_country"], "country", "FR")["received"], 6);
    EXPECT_EQ(row_of(out["by_country"], "country", "DE")["received"], 3);
    EXPECT_EQ(row_of(out["by_site"], "site", "A1")["name"], "Garage, \"A\"");
    EXPECT_EQ(row_of(out["by_subject"], "subject", "product:VOLT")["visible"], 1);
    EXPECT_EQ(row_of(out["by_month"], "month", "2026-09")["received"], 10);
}

TEST(Figures, MOD_2_4_measure_the_delay_from_the_first_submission_to_the_first_decision) {
    Life life;
    for (int i = 0; i < 20; ++i) {
        const auto id = "r" + std::to_string(i);
        life.collected(id, "site:A1", start);
        if (i == 19) life.collected(id, "site:A1", start + 50);  // reworded: the clock does not start anew
        life.published(id, "site:A1", 4, start + i + 1);
    }
    life.collected("r0", "site:A1", start + 1000);
    life.add(Kind::revised, "r0", start + 9000, "site:A1").rating = 2;
    const auto total = life.count()["total"];
    EXPECT_EQ(total["delay_p50"], 10);
    EXPECT_EQ(total["delay_p95"], 19);
    EXPECT_EQ(total["delay_max"], 20);
    EXPECT_EQ(row_of(life.count()["by_star"], "stars", 2)["published"], 1) << "the stars of today";
}

TEST(Figures, an_overturned_refusal_is_published_and_counted_as_overturned) {
    Life life;
    life.collected("r", "site:A1", start);
    life.refused("r", "site:A1", 1, "insult", start + 10);
    life.add(Kind::appealed, "r", start + 20);
    life.add(Kind::decided, "r", start + 30).outcome = "overturned";
    life.published("r", "site:A1", 1, start + 40);
    const auto out = life.count();
    EXPECT_EQ(out["total"]["refused"], 0);
    EXPECT_EQ(out["total"]["visible"], 1);
    const auto reason = row_of(out["by_reason"], "reason", "insult");
    EXPECT_EQ(reason["refused"], 1);
    EXPECT_EQ(reason["appealed"], 1);
    EXPECT_EQ(reason["overturned"], 1);
    EXPECT_EQ(out["total"]["delay_max"], 10);
    EXPECT_TRUE(all_hold(out));
}

TEST(Figures, COL_7_what_became_of_those_to_be_asked) {
    Life life;
    auto& batch = life.add(Kind::batch, {}, start);
    batch.site = "A1";
    batch.eligible = 10;
    auto& second = life.add(Kind::batch, {}, start);
    second.site = "A1";
    second.eligible = 5;
    auto& outcome = life.add(Kind::outcome, {}, start + 1);
    outcome.site = "A1";
    outcome.answered = 3;
    outcome.expired = 4;
    outcome.suppressed = {{"no_basis", 2}, {"opt_out", 1}};
    const auto out = life.count();
    EXPECT_EQ(out["asked"]["eligible"], 15);
    EXPECT_EQ(out["asked"]["open"], 5);
    EXPECT_EQ(out["asked"]["suppressed"]["no_basis"], 2);
    EXPECT_EQ(row_of(out["by_site"], "site", "A1")["eligible"], 15);
}

TEST(Figures, gathered_words_stand_apart) {
    Life life;
    auto& one = life.add(Kind::gathered, "g", start, "site:A1");
    one.source = "elsewhere";
    one.rating = 5;
    auto& other = life.add(Kind::refused, "h", start, "site:A1");  // held ones enter with their refusal
    other.source = "elsewhere";
    other.reason = "spam";
    const auto out = life.count();
    EXPECT_EQ(out["total"]["received"], 0);
    EXPECT_EQ(out["gathered"][0]["shown"], 1);
    EXPECT_TRUE(out["by_reason"].empty());
    EXPECT_TRUE(all_hold(out));
}

TEST(Figures, NOT_7_a_display_is_held_against_the_entries_it_counted) {
    Life life;
    life.collected("r", "site:A1", start);
    life.published("r", "site:A1", 4, start + 10);
    life.count();
    const auto shown = life.figures.write("log", {{{"A1", "A", "FR"}}, {}, 7});

    const auto check = [&](const std::string& text, Seconds later) {
        auto parsed = parse_figures(text);
        if (!parsed) return std::optional<std::string>(parsed.error().message);
        FiguresCheck held(std::move(*parsed));
        for (std::size_t i = 0; i < life.entries.size(); ++i) held.see(i, life.entries[i]);
        Entry beyond;
        beyond.kind = Kind::collected;
        beyond.review = "next";
        beyond.subject = "site:A1";
        beyond.at = start + 20;
        if (later >= 0) held.see(2, beyond);
        beyond.at = start + 20 + later;
        if (later > 0) held.see(3, beyond);
        return held.fault("log");
    };
    EXPECT_EQ(check(shown, -1), std::nullopt);
    EXPECT_EQ(check(shown, 0), std::nullopt) << "a newer entry is no fault";
    EXPECT_EQ(check(shown, one_hour), std::nullopt);
    EXPECT_NE(check(shown, one_hour + 1), std::nullopt) << "a display may lag an hour behind";

    auto less = json::parse(shown);
    less["total"]["refused"] = 1;
    ASSERT_TRUE(check(less.dump(), -1));
    EXPECT_NE(check(less.dump(), -1)->find("total/refused: 1 is displayed, the log makes 0"), std::string::npos) << *check(less.dump(), -1);
    auto more = json::parse(shown);
    more["log"]["size"] = 9;
    EXPECT_NE(check(more.dump(), -1), std::nullopt) << "more entries than there are";
    auto foreign = json::parse(shown);
    foreign["log"]["name"] = "other";
    EXPECT_NE(check(foreign.dump(), -1), std::nullopt);
}

TEST(Figures, refuses_to_read_what_is_no_display) {
    for (const char* bad : {"", "[]", "{}", "{\"format\":\"verbatim-figures/1\"}", "{\"format\":\"verbatim-figures/1\",\"log\":{\"name\":\"l\",\"size\":-1}}",
                            "{\"format\":\"verbatim-figures/1\",\"log\":{\"name\":\"l\",\"size\":1},\"declared\":{\"max_delay_days\":7,\"sites\":[{}],\"pressure\":[]}}"})
        EXPECT_FALSE(parse_figures(bad)) << bad;
    EXPECT_FALSE(parse_figures(std::string(100000, '['))) << "depth is bounded";
    const auto read = parse_figures(Figures().write("l", {{{"A1", "A", "FR"}}, {{"A1", 5}}, 9}));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->declared, (Declared{{{"A1", "A", "FR"}}, {{"A1", 5}}, 9}));
}

}  // namespace
}  // namespace verbatim::verify
