// Events for doors: read by page, and followed as they happen by one thread a process, however many look on.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <span>
#include <thread>

#include "record/events/events.h"

namespace verbatim::events {

// An event and the branches it lies on.
struct Seen {
    Event event;
    std::vector<std::string> branches;
};

class Follower {
public:
    explicit Follower(storage::Db& db) : db_(db) {}
    ~Follower() { stop(); }

    // On the caller's branch, or the one asked for within it; nothing where that does not exist for him.
    std::optional<Page> page(std::string_view own, std::string_view asked, Place after, int limit, const Filter& filter) const;
    std::optional<std::string> narrowed(std::string_view own, std::string_view asked) const;
    Place newest() const;

    // fn is called on the follower's thread with what happened since it was called last, in order; about twice a second also with
    // nothing. From start() on, and told first where that is.
    using Listener = std::function<void(std::span<const Seen> seen, Place up_to)>;
    void listen(Listener fn);
    void start();
    void stop();

private:
    Place turn(Place from);

    storage::Db& db_;
    std::mutex mutex_;
    std::condition_variable stopping_;
    std::vector<Listener> listeners_;
    std::thread thread_;
    bool stop_ = false;
};

}  // namespace verbatim::events
