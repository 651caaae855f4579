// A split ends when its evidence says so, and not because somebody looked often; goals and lists count what followed a letter.
// Norms: EML-4, GDP-1
#include "life/plan/splits.h"

#include <gmock/gmock.h>

#include "life/plan/test_run.h"
#include "record/contact/topics.h"

namespace verbatim::plan {
namespace {

using storage::Tx;

constexpr std::string_view file = R"([plan]
name = "splits"
version = "3"
languages = ["en"]
countries = ["FR"]
at = "09:00"
gap = "0 days"
[template.long]
en = "A longer way to say it, {first_name}"
[template.brief]
en = "In brief, {first_name}"
[[campaign]]
id = "season"
name = "Season"
purpose = "marketing"
sender = "brand"
channel = ["mail"]
consent = ["yes"]
trigger = { event = "order", after = "2 days" }
stop = ["sold", "unsubscribed", "deceased"]
goal = { event = "service", within = "20 days" }
variant = [{ id = "long", share = 50, template = "long" }, { id = "brief", share = 50, template = "brief" }]
stopping = { alpha = 0.05, not_before = "28 days", not_after = "90 days" }
)";

class Splitting : public RunningPlan {
protected:
    void SetUp() override {
        RunningPlan::SetUp();
        if (!db) return;
        run.emplace(*db, clock, Sources{}, RunOptions{"Aurelle", "https://reviews.example"});
        ASSERT_TRUE(run->publish(us, file, 0));
    }
    // So many people order today.
    void order(int many) {
        db->write([&](Tx& tx) {
            for (int i = 0; i < many; ++i) {
                contact::Customer one;
                one.external = "N" + std::to_string(++people), one.first_name = "Lou", one.email = one.external + "@example.org", one.locale = "en-FR", one.country = "FR";
                keep_experience(tx, "O" + one.external, keep_person(tx, one), "order", format_date(clock.now() / one_day * one_day));
            }
        });
    }
    // Who got this variant and its place among them, by number of the importer.
    std::vector<std::pair<std::string, int>> sent() {
        std::vector<std::pair<std::string, int>> all;
        db->read([&](Tx& tx) {
            tx.each("SELECT p.customer, t.how FROM plan_touch t JOIN plan_person p ON p.number = t.person WHERE t.outcome = 0 ORDER BY p.number", [&](const storage::Row& row) { all.emplace_back(row.text(0), static_cast<int>(row.integer(1) >> 3) - 1); });
        });
        return all;
    }
    void visit(const std::string& customer) {
        db->write([&](Tx& tx) { keep_experience(tx, "V" + customer, customer, "workshop", format_date(clock.now() / one_day * one_day)); });
    }
    void days(int many) { clock.advance(many * one_day), run->look(); }
    Split split() { return run->splits(us)->front(); }

    const Actor us = Actor::system("test");
    int people = 0;
};

TEST_P(Splitting, the_better_one_is_left_when_the_evidence_is_there_and_not_sooner) {
    order(240);
    days(3);
    const auto letters = sent();
    ASSERT_EQ(letters.size(), 240u);
    clock.advance(2 * one_day);
    for (std::size_t i = 0; i < letters.size(); ++i)
        if (letters[i].second == 1 ? i % 3 != 0 : i % 12 == 0) visit(letters[i].first);
    days(2);
    EXPECT_EQ(split().ended_at, 0);  // clear already, but it may not end in its first four weeks
    EXPECT_GT(split().log_evidence, 3);
    days(25);
    const auto ended = split();
    EXPECT_GT(ended.ended_at, 0);
    EXPECT_EQ(ended.winner, 1);
    EXPECT_EQ(ended.why, "difference");
    EXPECT_EQ(ended.people[0] + ended.people[1], 240);
    EXPECT_GT(ended.conversions[1], 3 * ended.conversions[0]);
    order(30);
    days(3);
    const auto after = sent();
    ASSERT_EQ(after.size(), 270u);
    for (std::size_t i = 240; i < after.size(); ++i) EXPECT_EQ(after[i].second, 1);  // all of them
}

TEST_P(Splitting, without_a_difference_the_first_stays_when_its_time_is_over) {
    order(120);
    days(3);
    const auto letters = sent();
    clock.advance(2 * one_day);
    for (std::size_t i = 0; i < letters.size(); i += 4) visit(letters[i].first);
    for (int week = 0; week < 11; ++week) {
        days(7);
        EXPECT_EQ(split().ended_at, 0);
    }
    days(12);
    EXPECT_EQ(split().winner, 0);
    EXPECT_EQ(split().why, "time");
}

TEST_P(Splitting, who_comes_late_or_came_before_is_no_conversion) {
    order(20);
    days(3);
    const auto letters = sent();
    ASSERT_EQ(letters.size(), 20u);
    clock.advance(one_day);
    visit(letters[0].first);
    clock.advance(30 * one_day);
    visit(letters[1].first);  // after the goal's twenty days
    days(1);
    const auto counted = split();
    EXPECT_EQ(counted.conversions[0] + counted.conversions[1], 1);
    std::int64_t reached = 0, all = 0;
    const auto goals = run->goals(us, *parse_moment("2027-01-01T00:00:00Z"), *parse_moment("2027-06-01T00:00:00Z"));
    ASSERT_TRUE(goals);
    for (const auto& one : *goals) reached += one.reached, all += one.letters;
    EXPECT_EQ(reached, 1);
    EXPECT_EQ(all, 20);
}

TEST_P(Splitting, a_click_may_be_the_goal_and_programs_do_not_reach_it) {
    std::string text(file);
    const std::string before = "goal = { event = \"service\"";
    text.replace(text.find(before), before.size(), "goal = { event = \"click\"");
    ASSERT_TRUE(run->publish(us, text, 0));
    order(20);
    days(3);
    const auto letters = sent();
    ASSERT_EQ(letters.size(), 20u);
    // Five people the day after, four programs, three people too late.
    db->write([](Tx& tx) {
        constexpr storage::Sql clicks("INSERT INTO plan_click (person, due_day, campaign, vehicle, at, link, signs) SELECT person, due_day, campaign, vehicle, at + $3, 0, $4 FROM plan_touch WHERE outcome = 0 AND person > $1 AND person <= $2");
        tx.exec(clicks, 0, 5, one_day, 0), tx.exec(clicks, 5, 9, one_day, 1), tx.exec(clicks, 9, 12, 21 * one_day, 0);
    });
    days(30);
    const auto all = run->splits(us);
    ASSERT_TRUE(all);
    const auto counted = std::find_if(all->begin(), all->end(), [](const Split& one) { return one.goal == "click"; });
    ASSERT_NE(counted, all->end());
    EXPECT_EQ(counted->conversions[0] + counted->conversions[1], 5);
    EXPECT_EQ(counted->people[0] + counted->people[1], 20);
    std::int64_t reached = 0, clicked = 0;
    const auto goals = run->goals(us, *parse_moment("2027-01-01T00:00:00Z"), *parse_moment("2027-06-01T00:00:00Z"));
    ASSERT_TRUE(goals);
    for (const auto& one : *goals) {
        reached += one.reached, clicked += one.clicked;
        EXPECT_EQ(one.goal, "click");
    }
    EXPECT_EQ(reached, 5);
    EXPECT_EQ(clicked, 8);
}

TEST_P(Splitting, a_list_holds_who_did_not_come_and_may_be_written_to) {
    order(6);
    days(3);
    const auto letters = sent();
    clock.advance(one_day);
    visit(letters[0].first);
    db->write([&](Tx& tx) {
        const contact::Consent left{letters[1].first, "marketing", "no", "1", "form", {}, clock.now()};
        contact::note_consents(tx, {&left, 1});
        contact::suppress_as(tx, clock.now(), "N3@example.org", "marketing", "unsubscribed");
    });
    ListWish wish;
    wish.campaign = "season", wish.from = *parse_moment("2027-01-01T00:00:00Z"), wish.until = *parse_moment("2027-06-01T00:00:00Z");
    wish.did = Did::not_clicked, wish.lacks = *read_lacks("visit"), wish.days = 14;
    EXPECT_TRUE(run->list(us, wish)->people.empty());  // they may still come
    clock.advance(20 * one_day);
    std::vector<std::string> numbers;
    wish.limit = 2;
    for (;;) {  // page by page
        const auto page = run->list(us, wish);
        ASSERT_TRUE(page);
        for (const auto& one : page->people) numbers.push_back(one.number);
        if (page->next == 0) break;
        wish.after = page->next;
    }
    EXPECT_THAT(numbers, ::testing::UnorderedElementsAre("N4", "N5", "N6"));
    wish.after = 0, wish.did = Did::clicked;
    EXPECT_TRUE(run->list(us, wish)->people.empty());
    wish.campaign = "nothing";
    EXPECT_EQ(run->list(us, wish).error().code, "campaign_unknown");
    EXPECT_EQ(run->list({ActorKind::staff, "cora@example.org", "crm", "DE"}, wish).error().code, "whole_brand");
}

INSTANTIATE_TEST_SUITE_P(Both, Splitting, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::plan
