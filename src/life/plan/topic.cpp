#include "life/plan/topic.h"

#include "ground/base/log.h"

namespace verbatim::plan {
namespace {

using namespace std::chrono_literals;
using State = kafka::Producer::State;

constexpr int events_at_once = 500;
constexpr auto patience = 10s;
constexpr auto longest_turn = 60s;  // within a claim's lease

}  // namespace

void Topic::handle(jobs::Runner& runner) {
    runner.every("plan_topic", 2, [this] { turn(longest_turn); });
}

// The next events, handed over; false where there are none, or no client takes them.
bool Topic::begin() {
    if (!producer_) {
        auto made = kafka::Producer::make(options_);
        if (!made) {
            log::error("the plan's feed has no way to Kafka", {{"why", made.error().message}});
            return false;
        }
        producer_ = std::move(made).value();
    }
    std::tie(from_, page_) = db_.read([](storage::Tx& tx) {
        const auto from = feed_cursor(tx, kafka_receiver);
        return std::pair(from, read_feed(tx, from, events_at_once));
    });
    if (page_.events.empty()) {
        // Events of other kinds: what was looked through is not looked through again.
        if (page_.more) db_.write([&](storage::Tx& tx) { move_feed_cursor(tx, kafka_receiver, from_, page_.next); });
        return page_.more;
    }
    std::vector<std::string> lines;
    for (const auto& event : page_.events) {
        lines.push_back(feed_line(event));
        lines.back().pop_back();  // a record has no line end
    }
    std::vector<kafka::Record> records;
    for (std::size_t i = 0; i < lines.size(); ++i) records.push_back({page_.events[i].ref, lines[i]});
    began_ = std::chrono::steady_clock::now();
    if (producer_->begin(records)) return true;
    log::error("Kafka's client takes no events of the plan; they wait", {{"why", producer_->fault()}});
    producer_.reset();
    page_ = {};
    return false;
}

bool Topic::turn(std::chrono::milliseconds most) {
    const auto end = std::chrono::steady_clock::now() + most;
    while (!stop_ && std::chrono::steady_clock::now() < end) {
        if (page_.events.empty() && !begin()) return producer_ != nullptr;
        if (page_.events.empty()) continue;
        const auto state = producer_->wait(500ms);
        if (state == State::waiting) {
            if (!complained_ && std::chrono::steady_clock::now() - began_ > patience) {
                log::warning("Kafka's brokers do not answer; events of the plan wait for them", {{"events", page_.events.size()}, {"why", producer_->fault()}});
                complained_ = true;
            }
            continue;
        }
        if (state == State::failed) {
            log::error("Kafka refused events of the plan; they are told again", {{"events", page_.events.size()}, {"why", producer_->fault()}});
            producer_.reset();
            page_ = {};
            return false;
        }
        db_.write([&](storage::Tx& tx) { move_feed_cursor(tx, kafka_receiver, from_, page_.next); });
        if (complained_) log::info("Kafka's brokers answer again", {{"events", page_.events.size()}});
        complained_ = false;
        page_ = {};
    }
    return false;
}

}  // namespace verbatim::plan
