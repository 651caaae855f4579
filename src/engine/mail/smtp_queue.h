// The messages that wait for a connection, and those who wait for the messages. Internal to engine/mail.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>

#include "engine/mail/mail.h"

namespace verbatim::mail {

// One call of deliver(): it waits until every outcome is there.
class Batch {
public:
    explicit Batch(std::size_t size) : open_(size) {}
    void settled() {
        const std::scoped_lock lock(mutex_);  // notified under the lock: the waiter destroys this
        if (--open_ == 0) done_.notify_one();
    }
    void wait() {
        std::unique_lock lock(mutex_);
        done_.wait(lock, [this] { return open_ == 0; });
    }

private:
    std::mutex mutex_;
    std::condition_variable done_;
    std::size_t open_;
};

struct Item {
    const Envelope* envelope = nullptr;
    Outcome* outcome = nullptr;
    Batch* batch = nullptr;
    bool dots = false;   // its data needs stuffing
    bool tried = false;  // a connection was lost with it once, before its data was sent
};

// Used on the transport's one thread only.
class Queue {
public:
    bool empty() const { return waiting_.empty(); }
    std::size_t size() const { return waiting_.size(); }
    void add(Item* item) { waiting_.push_back(item); }
    void give_back(Item* item) { waiting_.push_front(item); }
    Item* take() {
        if (waiting_.empty()) return nullptr;
        Item* item = waiting_.front();
        waiting_.pop_front();
        return item;
    }
    static void settle(Item* item, Delivery delivery, std::string reply) {
        *item->outcome = {delivery, std::move(reply)};
        item->batch->settled();
    }
    void settle_all(Delivery delivery, const std::string& reply) {
        while (Item* item = take()) settle(item, delivery, reply);
    }

private:
    std::deque<Item*> waiting_;
};

}  // namespace verbatim::mail
