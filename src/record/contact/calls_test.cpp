// Calls and wishes by channel. Norms: EML-3, EML-4, EML-10, GDP-1, GDP-2, GDP-3
#include "record/contact/calls.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "ground/base/calendar.h"
#include "record/contact/channels.h"
#include "record/contact/consents.h"
#include "record/contact/postal.h"
#include "record/contact/test_contact.h"
#include "record/contact/topics.h"
#include "record/contact/wishes.h"
#include "record/links/links.h"

namespace verbatim::contact {
namespace {

using nlohmann::json;
using storage::Tx;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Calls : public ContactDatabase {
protected:
    std::string person(const std::string& number, const std::string& phone, const std::string& email = {}, const std::string& source = "form") {
        Customer one;
        one.external = number, one.phone = phone, one.email = email, one.first_name = number, one.locale = "pl", one.source = source, one.country = "PL";
        return db->write([&](Tx& tx) { return keep_customer(tx, clock.now(), one); });
    }
    Queued ask(const std::string& who, const std::string& key, const std::string& topic = "marketing") {
        Message message;
        message.key = key, message.customer = who, message.about = "plan:win_back", message.data = R"({"script":"Hello"})";
        return db->write([&](Tx& tx) { return queue_call(tx, clock.now(), message, topic); });
    }
    std::vector<CallTask> due(int limit = 50) {
        return db->read([&](Tx& tx) { return calls_due(tx, "*", clock.now(), 0, "", limit).calls; });
    }
    std::string tell(const std::string& id, const std::string& outcome, Seconds back = 0) {
        const auto done = db->write([&](Tx& tx) { return note_call_outcome(tx, clock.now(), id, {outcome, back, "staff:ann@example.org"}); });
        return done ? "" : done.error().code;
    }
    std::string state(const std::string& key) {
        return db->read([&](Tx& tx) { return state_of(tx, key); });
    }
    std::string link(const std::string& who) {
        return db->write([&](Tx& tx) { return links::issue(tx, clock.now(), links::Purpose::unsubscribe, who, who + " plan", 0); });
    }
    ManualClock clock{1'795'000'000};
};

TEST_P(Calls, wait_on_a_list_until_what_came_of_them_is_told) {
    const auto ewa = person("Ewa", "+48 22 555 12 34");
    EXPECT_EQ(ask(ewa, "k1"), Queued::queued);
    EXPECT_EQ(ask(ewa, "k1"), Queued::already_there);
    ASSERT_EQ(due().size(), 1u);
    const auto one = due()[0];
    EXPECT_EQ(one.phone, "+48225551234");
    EXPECT_EQ(one.name, "Ewa");
    EXPECT_EQ(one.data, R"({"script":"Hello"})");
    EXPECT_EQ(tell(one.id, "sang"), "outcome");
    EXPECT_EQ(tell(one.id, "call_back"), "call_back_at");
    EXPECT_EQ(tell(one.id, "call_back", clock.now() + 61 * one_day), "call_back_at");
    EXPECT_EQ(tell(one.id, "call_back", clock.now() + one_hour), "");
    EXPECT_THAT(due(), IsEmpty());
    clock.advance(one_hour);
    EXPECT_EQ(due().at(0).last_outcome, "call_back");
    EXPECT_EQ(tell(one.id, "reached"), "");
    EXPECT_EQ(tell(one.id, "reached"), "done");
    EXPECT_EQ(state("k1"), "sent");
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM message WHERE sealed IS NOT NULL"); }), 0);
    EXPECT_EQ(tell("none", "reached"), "unknown");
}

TEST_P(Calls, nobody_there_is_tried_four_times_a_day_apart) {
    ask(person("Ewa", "+48225551234"), "k1");
    for (int i = 1; i <= most_call_tries; ++i) {
        ASSERT_EQ(due().size(), 1u) << i;
        EXPECT_EQ(tell(due()[0].id, "not_reached"), "");
        EXPECT_THAT(due(), IsEmpty());
        clock.advance(one_day);
    }
    EXPECT_THAT(due(), IsEmpty());
    EXPECT_EQ(state("k1"), "refused");
}

TEST_P(Calls, EML_4_EML_10_do_not_call_holds_at_once_for_the_number_and_whoever_is_imported_with_it) {
    const auto ewa = person("Ewa", "+48225551234");
    ask(ewa, "k1"), ask(ewa, "k2", "service");
    const auto first = due().at(0).id;
    EXPECT_EQ(tell(first, "do_not_call"), "");
    EXPECT_EQ(tell(first, "do_not_call"), "") << "said twice is said";
    EXPECT_THAT(due(), IsEmpty()) << "the other call is off the list too";
    EXPECT_EQ(ask(ewa, "k3", "service"), Queued::opted_out);
    EXPECT_EQ(ask(person("Jan", "0048 22 555-1234"), "k4"), Queued::opted_out);
    const auto said = db->read([&](Tx& tx) { return consents_of(tx, ewa); });
    ASSERT_FALSE(said.empty());
    EXPECT_EQ(said.back().purpose, "channel_call");
    EXPECT_EQ(said.back().basis, "no");
}

TEST_P(Calls, GDP_2_GDP_3_nobody_unasked_and_nobody_erased_is_called) {
    EXPECT_EQ(ask(person("Dealer", "+48225550001", {}, "dealer"), "k1"), Queued::no_address);
    EXPECT_EQ(ask(person("Local", "22 555 12 34"), "k2"), Queued::no_address);
    const auto ewa = person("Ewa", "+48225551234");
    ask(ewa, "k3");
    db->write([&](Tx& tx) { erase_customer(tx, ewa); });
    EXPECT_THAT(due(), IsEmpty());
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM call_task"); }), 0);
}

TEST_P(Calls, pages_go_on_behind_the_last_row_even_where_everybody_on_one_left) {
    std::vector<std::string> people;
    for (int i = 0; i < 5; ++i) people.push_back(person("P" + std::to_string(i), "+4822555120" + std::to_string(i)));
    for (const auto& one : people) ask(one, one), clock.advance(1);
    for (int i = 0; i < 2; ++i) db->write([&](Tx& tx) { suppress_as(tx, clock.now(), "+4822555120" + std::to_string(i), "marketing", "unsubscribed"); });
    const auto first = db->read([&](Tx& tx) { return calls_due(tx, "*", clock.now(), 0, "", 2); });
    EXPECT_THAT(first.calls, IsEmpty());
    EXPECT_EQ(first.looked, 2);
    EXPECT_EQ(db->read([&](Tx& tx) { return calls_due(tx, "*", clock.now(), first.last_due, first.last_id, 50).calls.size(); }), 3u);
    db->write([&](Tx& tx) { give_up_calls(tx, clock.now() + 1, 100); });
    EXPECT_THAT(due(), IsEmpty());
}

TEST_P(Calls, EML_3_EML_4_wishes_by_topic_and_channel_hold_at_once) {
    const auto ewa = person("Ewa", "+48225551234", "ewa@example.org");
    db->write([&](Tx& tx) { keep_postal(tx, clock.now(), ewa, {"ul. Długa 5", "00-238", "Warszawa"}); });
    const WishDesk desk(*db, clock);
    const auto token = link(ewa);
    EXPECT_FALSE(desk.wishes("no-such-token"));
    const auto before = desk.wishes(token);
    ASSERT_TRUE(before);
    EXPECT_EQ(before->known_as, "e…@example.org");
    EXPECT_EQ(before->channels.size(), 4u);
    EXPECT_TRUE(before->topics[0].wanted) << "invitations until somebody says no";
    EXPECT_FALSE(before->topics[2].wanted) << "news for nobody who never said yes";
    ask(ewa, "waits");
    EXPECT_TRUE(desk.set(token, {"invitation", "marketing"}, {"mail", "paper"}));
    EXPECT_THAT(due(), IsEmpty());
    EXPECT_EQ(ask(ewa, "k1"), Queued::opted_out);
    db->read([&](Tx& tx) {
        const auto one = *find_customer(tx, ewa);
        EXPECT_EQ(may_reach(tx, one, "mail", "marketing"), Queued::queued);
        EXPECT_EQ(may_reach(tx, one, "paper", "marketing"), Queued::queued);
        EXPECT_EQ(may_reach(tx, one, "sms", "service"), Queued::opted_out);
    });
    EXPECT_TRUE(desk.set(token, {}, {"call"}));
    db->read([&](Tx& tx) {
        const auto one = *find_customer(tx, ewa);
        EXPECT_EQ(may_reach(tx, one, "call", "service"), Queued::queued);
        EXPECT_EQ(may_reach(tx, one, "call", "marketing"), Queued::opted_out) << "the channel is open, the topic is not";
        EXPECT_EQ(may_reach(tx, one, "mail", "service"), Queued::queued) << "what is owed goes by mail";
        EXPECT_EQ(may_reach(tx, one, "mail", "invitation"), Queued::opted_out);
        EXPECT_EQ(may_reach(tx, one, "paper", "service"), Queued::opted_out);
    });
    const auto rows = db->read([&](Tx& tx) { return consents_of(tx, ewa).size(); });
    EXPECT_TRUE(desk.set(token, {}, {"call"}));
    EXPECT_EQ(db->read([&](Tx& tx) { return consents_of(tx, ewa).size(); }), rows) << "what does not change is said once";
}

INSTANTIATE_TEST_SUITE_P(Engines, Calls, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::contact
