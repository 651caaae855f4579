// Against the cluster librdkafka brings for tests: real sockets and the real protocol on this machine, brokers that go down and come back.
#include "engine/kafka/producer.h"

#include <gtest/gtest.h>

#include "engine/kafka/test_cluster.h"

namespace verbatim::kafka {
namespace {

using namespace std::chrono_literals;
using State = Producer::State;

class Cluster : public ::testing::Test {
protected:
    std::unique_ptr<Producer> producer() {
        auto made = Producer::make({cluster.brokers(), "journeys", {{"reconnect.backoff.max.ms", "500"}}});
        if (!made) throw std::runtime_error(made.error().message);
        return std::move(made).value();
    }
    TestCluster cluster{"journeys"};
};

TEST_F(Cluster, each_record_is_there_once_and_in_the_order_of_its_key) {
    const auto sender = producer();
    for (int batch = 0; batch < 5; ++batch) {
        std::vector<std::string> words;
        for (int i = 0; i < 40; ++i) words.push_back(std::to_string(batch * 40 + i));
        std::vector<Record> records;
        for (int i = 0; i < 40; ++i) records.push_back({i % 2 ? "odd" : "even", words[static_cast<std::size_t>(i)]});
        ASSERT_TRUE(sender->begin(records));
        ASSERT_EQ(sender->wait(20s), State::delivered) << sender->fault();
    }
    const auto found = cluster.read(200);
    ASSERT_EQ(found.size(), 2u);
    for (const auto& [key, values] : found) {
        ASSERT_EQ(values.size(), 100u) << key;
        for (std::size_t i = 0; i < values.size(); ++i) EXPECT_EQ(values[i], std::to_string(2 * i + (key == "odd")));
    }
}

TEST_F(Cluster, brokers_that_are_away_are_waited_for_and_nothing_is_lost) {
    const auto sender = producer();
    const std::vector<Record> first{{"k", "before"}}, second{{"k", "during"}, {"k", "after"}};
    ASSERT_TRUE(sender->begin(first));
    ASSERT_EQ(sender->wait(20s), State::delivered) << sender->fault();
    cluster.up(false);
    ASSERT_TRUE(sender->begin(second));
    EXPECT_EQ(sender->wait(3s), State::waiting);
    EXPECT_NE(sender->fault(), "");
    cluster.up(true);
    ASSERT_EQ(sender->wait(30s), State::delivered) << sender->fault();
    EXPECT_EQ(cluster.read(3)["k"], (std::vector<std::string>{"before", "during", "after"}));
}

TEST_F(Cluster, an_answer_that_was_lost_makes_no_second_record) {
    const auto sender = producer();
    constexpr std::int16_t produce = 0;
    rd_kafka_mock_push_request_errors(cluster.cluster, produce, 3, RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, RD_KAFKA_RESP_ERR__TRANSPORT);
    const std::vector<Record> one{{"k", "once"}};
    ASSERT_TRUE(sender->begin(one));
    ASSERT_EQ(sender->wait(30s), State::delivered) << sender->fault();
    EXPECT_EQ(cluster.read(1)["k"], (std::vector<std::string>{"once"}));
}

TEST_F(Cluster, what_the_brokers_refuse_for_good_fails) {
    const auto sender = producer();
    rd_kafka_mock_push_request_errors(cluster.cluster, 0, 1, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED);
    const std::vector<Record> one{{"k", "v"}};
    ASSERT_TRUE(sender->begin(one));
    EXPECT_EQ(sender->wait(30s), State::failed);
    EXPECT_NE(sender->fault(), "");
}

TEST(Properties, names_and_values_and_what_may_not_stand_there) {
    const auto all = read_properties("security.protocol=SASL_SSL\n# who\n sasl.username = verbatim \r\nsasl.password=a=b\n\n");
    ASSERT_TRUE(all.ok());
    EXPECT_EQ(*all, (Properties{{"security.protocol", "SASL_SSL"}, {"sasl.username", "verbatim"}, {"sasl.password", "a=b"}}));
    for (const char* bad : {"acks=0", "enable.idempotence=false", "plugin.library.paths=/tmp/x.so", "=x", "word"}) EXPECT_FALSE(read_properties(bad).ok()) << bad;
    EXPECT_FALSE(read_properties(std::string(most_properties_bytes + 1, '#')).ok());
}

TEST(Properties, what_the_client_does_not_know_is_said_at_once) {
    const auto made = Producer::make({"127.0.0.1:1", "t", {{"no.such.property", "1"}}});
    ASSERT_FALSE(made.ok());
    EXPECT_NE(made.error().message.find("no.such.property"), std::string::npos) << made.error().message;
}

}  // namespace
}  // namespace verbatim::kafka
