// The cluster librdkafka brings for tests: three brokers behind real sockets of this machine that speak the real protocol, go down and
// come back.
#pragma once

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace verbatim::kafka {

class TestCluster {
public:
    static constexpr int parts = 4;
    explicit TestCluster(const std::string& topic) : topic_(topic) {
        char why[256];
        host_ = rd_kafka_new(RD_KAFKA_PRODUCER, rd_kafka_conf_new(), why, sizeof why);
        if (!host_) throw std::runtime_error(why);
        cluster = rd_kafka_mock_cluster_new(host_, 3);
        rd_kafka_mock_topic_create(cluster, topic.c_str(), parts, 3);
    }
    ~TestCluster() {
        rd_kafka_mock_cluster_destroy(cluster);
        rd_kafka_destroy(host_);
    }
    TestCluster(const TestCluster&) = delete;
    TestCluster& operator=(const TestCluster&) = delete;

    std::string brokers() const { return rd_kafka_mock_cluster_bootstraps(cluster); }
    void up(bool are) { are ? rd_kafka_mock_broker_set_up(cluster, -1) : rd_kafka_mock_broker_set_down(cluster, -1); }
    // What is in the topic, by key, each in its order. Waits until so many are there, ten seconds at most, and half a second for more.
    std::map<std::string, std::vector<std::string>> read(std::size_t expected) {
        char why[256];
        auto* conf = rd_kafka_conf_new();
        rd_kafka_conf_set(conf, "bootstrap.servers", brokers().c_str(), why, sizeof why);
        rd_kafka_conf_set(conf, "group.id", ("reader" + std::to_string(++readers_)).c_str(), why, sizeof why);
        auto* reader = rd_kafka_new(RD_KAFKA_CONSUMER, conf, why, sizeof why);
        rd_kafka_poll_set_consumer(reader);
        auto* list = rd_kafka_topic_partition_list_new(parts);
        for (int part = 0; part < parts; ++part) rd_kafka_topic_partition_list_add(list, topic_.c_str(), part)->offset = RD_KAFKA_OFFSET_BEGINNING;
        rd_kafka_assign(reader, list);
        rd_kafka_topic_partition_list_destroy(list);
        std::map<std::string, std::vector<std::string>> found;
        std::size_t count = 0;
        for (int quiet = 0; quiet < (count < expected ? 100 : 5);) {
            auto* message = rd_kafka_consumer_poll(reader, 100);
            if (message && !message->err) {
                found[std::string(static_cast<const char*>(message->key), message->key_len)].emplace_back(static_cast<const char*>(message->payload), message->len);
                ++count;
                quiet = 0;
            } else {
                ++quiet;
            }
            if (message) rd_kafka_message_destroy(message);
        }
        rd_kafka_consumer_close(reader);
        rd_kafka_destroy(reader);
        return found;
    }

    rd_kafka_mock_cluster_t* cluster = nullptr;

private:
    rd_kafka_t* host_ = nullptr;
    std::string topic_;
    int readers_ = 0;
};

}  // namespace verbatim::kafka
