// What a plan would send is written before it holds: what misses is found, nobody is named, and nothing goes.
#include <gmock/gmock.h>

#include "life/plan/test_run.h"

namespace verbatim::plan {
namespace {

using storage::Tx;

constexpr std::string_view file = R"([plan]
name = "trial"
version = "7"
languages = ["en", "fr"]
fallback = "en"
countries = ["FR"]
at = "11:00"
gap = "0 days"
[template.named]
en = "{first_name}, a word from us"
fr = "{first_name}, un mot de nous"
[template.car]
en = "Your {model} after a month"
fr = "Votre {model} après un mois"
[[campaign]]
id = "hello"
name = "Hello"
purpose = "marketing"
sender = "brand"
template = "named"
channel = ["mail"]
consent = ["yes"]
trigger = { event = "order", after = "5 days" }
stop = ["sold", "unsubscribed", "deceased"]
[[campaign]]
id = "month"
name = "A month later"
purpose = "marketing"
sender = "brand"
channel = ["mail"]
consent = ["yes"]
trigger = { event = "order", after = "1 month" }
stop = ["sold", "unsubscribed", "deceased"]
variant = [{ id = "plain", share = 50, template = "car" }, { id = "short", share = 50, template = "named" }]
goal = { event = "service", within = "40 days" }
stopping = { alpha = 0.05 }
)";

class Trying : public RunningPlan {
protected:
    void SetUp() override {
        RunningPlan::SetUp();
        if (!db) return;
        run.emplace(*db, clock, Sources{}, RunOptions{"Aurelle", "https://reviews.example", 3, {"seed@aurelle.example"}});
    }
    void ordered(int number, const std::string& first_name, const std::string& product) {
        db->write([&](Tx& tx) {
            contact::Customer one;
            one.external = std::to_string(number), one.first_name = first_name, one.email = "p" + one.external + "@example.org", one.locale = "fr-FR", one.country = "FR";
            keep_experience(tx, "O" + one.external, keep_person(tx, one), "order", "2027-01-04", product);
        });
    }

    const Actor us = Actor::system("test");
};

TEST_P(Trying, everybody_is_written_to_and_nothing_goes) {
    for (int i = 0; i < 7; ++i) ordered(i, "Anna", "NOVA");
    const auto tried = run->dry_run(us, file, 0, {60, 0});
    ASSERT_TRUE(tried) << tried.error().message;
    EXPECT_TRUE(tried->good());
    EXPECT_EQ(tried->people, 7);
    EXPECT_EQ(tried->letters, 14);  // both campaigns fall into sixty days
    EXPECT_EQ(tried->samples, 6);   // one template and two variants in two languages
    EXPECT_GT(tried->largest, 1000u);
    EXPECT_EQ(letters(), 0);
    EXPECT_EQ(run->dry_run(us, file, 0, {10, 0})->letters, 7);
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM plan_touch"); }), 0);
}

TEST_P(Trying, what_misses_is_counted_and_nobody_named) {
    ordered(1, "", "NOVA"), ordered(2, "Zephyrine", ""), ordered(3, "Anna", "NOVA"), ordered(4, "", "NOVA");
    const auto tried = run->dry_run(us, file, 0, {20, 0});
    ASSERT_TRUE(tried);
    ASSERT_EQ(tried->missing.size(), 1u);
    const auto& one = tried->missing.front();
    EXPECT_EQ(one.campaign + one.words + one.language + one.why, "hellonamedfrfirst_name");
    EXPECT_EQ(one.letters, 2);
    const auto refused = run->publish(us, file, 0);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "plan_letters");
    EXPECT_EQ(refused.error().message.find("Zephyrine"), std::string::npos);
    EXPECT_FALSE(run->current());
    EXPECT_TRUE(run->publish(us, file, 0, {true, 0}));  // said so: the letters without a name are held back
    clock.set(*parse_moment("2027-01-09T13:00:00Z"));
    const auto looked = run->look();
    EXPECT_EQ(looked.sent, 2);
    EXPECT_EQ(looked.held_back, 2);
}

TEST_P(Trying, some_are_taken_evenly_from_all) {
    for (int i = 0; i < 400; ++i) ordered(i, i < 390 ? "Anna" : "", "NOVA");
    const auto some = run->dry_run(us, file, 0, {20, 100});
    ASSERT_TRUE(some);
    EXPECT_EQ(some->known, 400);
    EXPECT_EQ(some->people, 100);
    EXPECT_EQ(some->letters, 100);
    EXPECT_FALSE(some->good());  // the last ten of the numbers are among them
    EXPECT_EQ(run->dry_run(us, file, 0, {20, 0})->missing.front().letters, 10);
}

TEST_P(Trying, a_test_letter_goes_to_the_house_alone) {
    ordered(1, "Anna", "NOVA");
    const std::vector<std::string> to{"ann@aurelle.example", "ben@aurelle.example"};
    EXPECT_EQ(run->test(us, file, "month", to, "fr").value(), 4);  // two variants for two
    EXPECT_EQ(run->test(us, file, "hello", {}, "").value(), 1);    // the seed
    EXPECT_EQ(run->test(us, file, "nothing", to, "fr").error().code, "campaign_unknown");
    EXPECT_EQ(run->test(us, file, "hello", std::vector<std::string>(21, "ann@aurelle.example"), "").error().code, "too_many");
    EXPECT_EQ(run->test({ActorKind::staff, "cora@example.org", "crm", "FR"}, file, "hello", to, "").error().code, "whole_brand");
    const auto waiting = db->read([](Tx& tx) { return contact::waiting_letters(tx); });
    ASSERT_EQ(waiting.size(), 5u);
    for (const auto& one : waiting) {
        EXPECT_TRUE(one.email.ends_with("@aurelle.example"));
        EXPECT_NE(one.data.find("[test] "), std::string::npos);
        EXPECT_EQ(one.data.find("Anna"), std::string::npos);
    }
}

TEST_P(Trying, seeds_get_the_first_letter_of_each_campaign_and_no_customers_name) {
    for (int i = 0; i < 6; ++i) ordered(i, "Anna", "NOVA");
    ASSERT_TRUE(run->publish(us, file, 0));
    clock.set(*parse_moment("2027-01-09T13:00:00Z"));
    EXPECT_EQ(run->look().sent, 6);
    const auto to_seeds = [&] {
        std::vector<std::string> all;
        for (const auto& one : db->read([](Tx& tx) { return contact::waiting_letters(tx); }))
            if (one.email == "seed@aurelle.example") all.push_back(one.data);
        return all;
    };
    ASSERT_EQ(to_seeds().size(), 1u);
    EXPECT_EQ(to_seeds().front().find("Anna"), std::string::npos);
    clock.set(*parse_moment("2027-02-05T13:00:00Z"));
    EXPECT_EQ(run->look().sent, 6);
    EXPECT_LE(to_seeds().size(), 3u);  // each variant of "month" that went, once
    EXPECT_GE(to_seeds().size(), 2u);
}

INSTANTIATE_TEST_SUITE_P(Both, Trying, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::plan
