// Records into one topic of Apache Kafka, a batch at a time, by librdkafka: idempotent, acknowledged by all replicas that are in step, in
// order by key. A batch counts as delivered when a report came for each record; brokers that are away are waited for, however long.
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ground/base/result.h"

namespace verbatim::kafka {

using Properties = std::vector<std::pair<std::string, std::string>>;

// A file of librdkafka's properties, "name=value" a line, "#" begins a comment: how to reach brokers that want TLS or a password. What the
// promises above hang on, and what would load code, may not stand in it. Error "kafka_properties".
Result<Properties> read_properties(std::string_view text);
inline constexpr std::size_t most_properties_bytes = 64 << 10;

struct Options {
    std::string brokers;  // "a.example:9092,b.example:9092"
    std::string topic;
    Properties more = {};
};

struct Record {
    std::string_view key, value;
};

class Producer {
public:
    // No broker is asked yet. Error "kafka" where the client refuses what it is given.
    static Result<std::unique_ptr<Producer>> make(const Options& options);
    ~Producer();  // what was not reported may have arrived all the same
    Producer(const Producer&) = delete;
    Producer& operator=(const Producer&) = delete;

    // Takes a batch over; the one before must have been delivered. false: the client takes none, make another producer.
    bool begin(std::span<const Record> batch);
    enum class State { waiting, delivered, failed };  // failed: for good, make another producer
    State wait(std::chrono::milliseconds most);
    // What the client complained about last; "" where nothing.
    const std::string& fault() const;

private:
    struct Impl;
    explicit Producer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace verbatim::kafka
