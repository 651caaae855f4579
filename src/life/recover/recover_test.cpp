// The 24-hour clock with a clock that is moved (promise 4): who is told when, what stops it, and that late stays late.
#include "life/recover/test_recovery.h"

namespace verbatim::recover {
namespace {

INSTANTIATE_TEST_SUITE_P(Both, Recovery, intake::both_engines, intake::engine_name);

using Told = std::vector<std::string>;
const Told alerts = {"alert anne@example.org", "alert lake@example.org"};

Told with(Told more) {
    more.insert(more.begin(), alerts.begin(), alerts.end());
    return more;
}

}  // namespace

TEST_P(Recovery, WhoAsksForACallGetsACase) {
    const auto why = [&](const Words& words) {
        const auto id = submit(words);
        return db->read([&](Tx& tx) { return tx.row<std::string>("SELECT why FROM recovery_case WHERE review = $1", id).value_or(""); });
    };
    EXPECT_EQ(why({.rating = 1}), "rating");
    EXPECT_EQ(why({.rating = 2}), "rating");
    EXPECT_EQ(why({.rating = 3}), "");
    EXPECT_EQ(why({.rating = 5, .criteria = {{"price", 1}, {"welcome", 5}}}), "criterion");
    EXPECT_EQ(why({.rating = 5, .criteria = {{"price", 2}}}), "");
    EXPECT_EQ(why({.rating = 4, .recommend = 6}), "recommend");
    EXPECT_EQ(why({.rating = 4, .recommend = 7}), "");
    EXPECT_EQ(why({.rating = 4, .recommend = 0}), "recommend");
    EXPECT_EQ(why({.rating = 5, .contact_me = true}), "contact_me");
    EXPECT_EQ(why({.rating = 1, .subject = "product:VOLT"}), "") << "the visit's own case covers the person";
}

TEST_P(Recovery, TheSiteAndItsPeopleAreToldOnce) {
    submit({.rating = 1}, 2);
    EXPECT_EQ(told(), alerts);
    EXPECT_EQ(counts().open, 1);
}

TEST_P(Recovery, RemindsAt12EscalatesAt20AndStaysLateAfter24Hours) {
    submit({.rating = 1});
    later(12 * hour - 1);
    EXPECT_EQ(told(), alerts);
    later(1);
    EXPECT_EQ(told(), with({"reminder12h anne@example.org", "reminder12h lake@example.org"}));
    later(8 * hour - 1);
    EXPECT_EQ(told().size(), 4u);
    later(1);
    EXPECT_EQ(told(), with({"escalation20h bruno@example.org", "reminder12h anne@example.org", "reminder12h lake@example.org"})) << "the group, not the site again";
    EXPECT_EQ(counts().late, 0);
    later(4 * hour - 1);
    EXPECT_EQ(counts().open, 1);
    later(1);
    EXPECT_EQ(told(), with({"breach24h anne@example.org", "breach24h bruno@example.org", "breach24h cora@example.org", "breach24h lake@example.org", "escalation20h bruno@example.org",
                            "reminder12h anne@example.org", "reminder12h lake@example.org"}));
    EXPECT_EQ(counts().late, 1);

    // A call after the time is kept and does not undo it.
    const auto token = link("breach24h", "anne@example.org");
    ASSERT_TRUE(recover->note_call(token, "reached", "Enfin.").ok());
    EXPECT_EQ(counts().late, 1);
    EXPECT_EQ(counts().called_in_time, 0);
    EXPECT_TRUE(recover->view(token)->record.breached);
    later(30 * 24 * hour);
    EXPECT_EQ(counts().late, 1);
}

TEST_P(Recovery, ACallInTimeEndsTheReminders) {
    submit({.rating = 1});
    later(11 * hour);
    ASSERT_TRUE(recover->note_call(link("alert", "anne@example.org"), "not_reached", "Répondeur.").ok());
    later(24 * hour);
    EXPECT_EQ(told(), alerts);
    EXPECT_EQ(counts().called_in_time, 1);
    EXPECT_EQ(counts().late, 0);
}

TEST_P(Recovery, ACallBetweenReminderAndEscalationEndsTheEscalation) {
    submit({.rating = 2});
    later(13 * hour);
    ASSERT_TRUE(recover->note_call(link("reminder12h", "lake@example.org"), "reached", "").ok());
    later(24 * hour);
    EXPECT_EQ(told(), with({"reminder12h anne@example.org", "reminder12h lake@example.org"}));
}

TEST_P(Recovery, EscalatesToTheNearestLevelThatHasSomebody) {
    submit({.rating = 1, .subject = "site:HILL"});
    submit({.rating = 1, .subject = "site:MOOR"});
    later(20 * hour);
    const auto all = told();
    EXPECT_EQ(std::count(all.begin(), all.end(), "escalation20h cora@example.org"), 1) << "no group: the country";
    EXPECT_EQ(std::count(all.begin(), all.end(), "escalation20h dora@example.org"), 1) << "nobody in the country: headquarters";
    EXPECT_EQ(std::count(all.begin(), all.end(), "escalation20h bruno@example.org"), 0);
}

// A server that stood still over a deadline says so when it wakes: the breach is not lost, and nothing is said twice.
TEST_P(Recovery, AServerThatStoodStillStillFindsTheBreach) {
    submit({.rating = 1});
    later(3 * 24 * hour);
    EXPECT_EQ(counts().late, 1);
    const auto all = told();
    EXPECT_EQ(std::count(all.begin(), all.end(), "breach24h lake@example.org"), 1);
    later(hour);
    EXPECT_EQ(told(), all);
}

TEST_P(Recovery, ClosesAfterACallOnly) {
    submit({.rating = 1});
    const auto token = link("alert", "lake@example.org");
    EXPECT_EQ(recover->close(token).error().code, "call_first");
    EXPECT_EQ(recover->note_call(token, "", "Rien").error().field, "outcome");
    EXPECT_EQ(recover->note_call(token, "reached", std::string(4001, 'a')).error().field, "note");
    EXPECT_EQ(recover->note_call(token, "reached", "\xff").error().field, "note");
    EXPECT_EQ(counts().called_in_time, 0);
    ASSERT_TRUE(recover->note_call(token, "call_back", "Demain.").ok());
    ASSERT_TRUE(recover->note_call(token, "reached", "Excuses.").ok());
    ASSERT_TRUE(recover->close(token).ok());
    EXPECT_EQ(recover->note_call(token, "reached", "Encore").error().code, "case_closed");
    EXPECT_EQ(recover->view(token)->calls.size(), 2u);
    EXPECT_EQ(recover->view("AAAAAAAAAAAAAAAAAAAAAA").error().kind, ErrorKind::not_found);
    clock.advance(61 * 24 * hour);
    EXPECT_EQ(recover->note_call(token, "reached", "").error().kind, ErrorKind::gone) << "a link's time";
}

// GDP-4
TEST_P(Recovery, AnErasureTakesTheNotesAndTheLinks) {
    const auto id = submit({.rating = 1});
    const auto token = link("alert", "anne@example.org");
    ASSERT_TRUE(recover->note_call(token, "reached", "Elle imite la marmotte.").ok());
    db->write([&](Tx& tx) { recover->on_erased(tx, id); });
    EXPECT_FALSE(recover->view(token).ok());
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM recovery_call WHERE note IS NOT NULL"); }), 0);
    EXPECT_EQ(counts().called_in_time, 1) << "that a call was made stays counted";
    later(48 * hour);
    EXPECT_EQ(told(), alerts);
}

}  // namespace verbatim::recover
