// The feed in a topic of librdkafka's test cluster: in order by person, behind the delivery reports, and through brokers that are away.
#include "life/plan/topic.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "engine/kafka/test_cluster.h"
#include "life/plan/test_run.h"
#include "record/contact/agreed.h"
#include "record/events/test_shown.h"

namespace verbatim::plan {
namespace {

using namespace std::chrono_literals;
using storage::Tx;

class InATopic : public RunningPlan {
protected:
    void SetUp() override {
        RunningPlan::SetUp();
        if (!db) return;
        for (const char* name : {"a", "b"}) people.push_back(db->write([&](Tx& tx) {
            contact::Customer one;
            one.external = name, one.email = one.external + "@example.org";
            const auto id = contact::keep_customer(tx, clock.now(), one);
            const contact::Consent said{id, std::string(contact::data_platform), "yes", "1", "form", {}, clock.now()};
            contact::note_consents(tx, {&said, 1});
            return id;
        }));
    }
    // An event of each, and one of another kind between.
    void happen() {
        db->write([&](Tx& tx) {
            for (const auto& id : people) {
                tell_forgotten(tx, clock.now(), id, "turn " + std::to_string(turns));
                events::raise(tx, clock.now(), "setting.changed", "", "brand.name");
            }
        });
        ++turns;
        events::wait_until_shown(*db);
    }
    std::vector<std::string> of(std::size_t who, std::size_t expected) {
        std::vector<std::string> all;
        auto found = cluster.read(expected);
        for (const auto& value : found[pseudonym(people[who])]) all.push_back(nlohmann::json::parse(value).at("why"));
        return all;
    }
    kafka::TestCluster cluster{"journeys"};
    std::vector<std::string> people;
    int turns = 0;
};

TEST_P(InATopic, goes_on_where_it_was_and_keeps_the_order_of_each_person) {
    happen();
    {
        Topic first(*db, {cluster.brokers(), "journeys", {}});
        EXPECT_TRUE(first.turn(20s));
        happen();
        EXPECT_TRUE(first.turn(20s));
        EXPECT_TRUE(first.turn(20s));
    }
    happen();
    Topic second(*db, {cluster.brokers(), "journeys", {}});
    EXPECT_TRUE(second.turn(20s));
    EXPECT_EQ(of(0, 6), (std::vector<std::string>{"turn 0", "turn 1", "turn 2"}));
    EXPECT_EQ(of(1, 6), (std::vector<std::string>{"turn 0", "turn 1", "turn 2"}));
}

TEST_P(InATopic, waits_for_brokers_that_are_away_and_moves_only_behind_the_reports) {
    Topic topic(*db, {cluster.brokers(), "journeys", {{"reconnect.backoff.max.ms", "500"}}});
    happen();
    EXPECT_TRUE(topic.turn(20s));
    const auto there = db->read([](Tx& tx) { return feed_cursor(tx, "kafka"); });
    EXPECT_GT(there, events::Place{});
    cluster.up(false);
    happen();
    EXPECT_FALSE(topic.turn(2s));
    EXPECT_EQ(db->read([](Tx& tx) { return feed_cursor(tx, "kafka"); }), there);
    cluster.up(true);
    EXPECT_TRUE(topic.turn(40s));
    EXPECT_GT(db->read([](Tx& tx) { return feed_cursor(tx, "kafka"); }), there);
    EXPECT_EQ(of(0, 4), (std::vector<std::string>{"turn 0", "turn 1"}));
}

TEST_P(InATopic, killed_before_the_reports_it_is_told_again_and_nothing_is_lost) {
    cluster.up(false);
    happen();
    {
        Topic killed(*db, {cluster.brokers(), "journeys", {}});
        EXPECT_FALSE(killed.turn(1s));
    }
    cluster.up(true);
    Topic next(*db, {cluster.brokers(), "journeys", {{"reconnect.backoff.max.ms", "500"}}});
    EXPECT_TRUE(next.turn(40s));
    const auto told = of(1, 2);
    ASSERT_FALSE(told.empty());
    EXPECT_EQ(told.front(), "turn 0");
}

INSTANTIATE_TEST_SUITE_P(Both, InATopic, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::plan
