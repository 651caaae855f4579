// The plan's feed into a topic of Kafka: the events of journey.* in their order, keyed by person. How far it has come stands in the database
// and moves only behind the delivery reports: a kill, or brokers that are away, tell some again and lose none.
#pragma once

#include <atomic>
#include <memory>

#include "engine/jobs/jobs.h"
#include "engine/kafka/producer.h"
#include "life/plan/feed.h"

namespace verbatim::plan {

class Topic {
public:
    Topic(storage::Db& db, kafka::Options options) : db_(db), options_(std::move(options)) {}
    void handle(jobs::Runner& runner);  // every two seconds; on a runner of its own, for brokers may be away
    void stop() { stop_ = true; }       // the program ends: turn() returns within half a second

    // Tells what is there, for at most so long; true where nothing is left. A batch that is under way is waited for the next time.
    bool turn(std::chrono::milliseconds most);

private:
    bool begin();
    storage::Db& db_;
    const kafka::Options options_;
    std::unique_ptr<kafka::Producer> producer_;
    events::Place from_;
    FeedPage page_;  // under way, where it holds events
    std::chrono::steady_clock::time_point began_;
    bool complained_ = false;
    std::atomic<bool> stop_ = false;
};

}  // namespace verbatim::plan
