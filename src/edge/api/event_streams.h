// Who looks on: the open streams of server-sent events, and the newest events in memory, so that who comes back after a moment
// misses nothing and costs no query.
#pragma once

#include <deque>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "engine/http/stream.h"
#include "record/events/follow.h"

namespace verbatim::api {

class EventStreams {
public:
    struct Limits {
        std::size_t all = 5000, of_one = 20;
    };
    explicit EventStreams(Limits limits) : limits_(limits) {}

    enum class Opened { opened, too_many, too_many_of_one };
    // `after`: what the reader saw last; without it he sees what happens from now on. What lies between and is not in memory is read
    // through `page`, up to a bound; a reader farther behind is told "reset" and loads anew.
    using ReadPage = std::function<events::Page(events::Place)>;
    Opened open(std::shared_ptr<http::Stream> stream, std::string who, std::string branch, events::Filter filter, std::optional<events::Place> after, const ReadPage& page);

    // For the follower.
    void happened(std::span<const events::Seen> seen, events::Place up_to);
    std::size_t count() const;

private:
    struct Reader {
        std::shared_ptr<http::Stream> stream;
        std::string who, branch;
        events::Filter filter;
        std::chrono::steady_clock::time_point opened;
    };
    void forget(std::list<Reader>::iterator reader);
    void forget_ended();

    const Limits limits_;
    mutable std::mutex mutex_;
    std::list<Reader> readers_;
    std::map<std::string, std::size_t> by_person_;
    std::deque<events::Seen> recent_;
    events::Place floor_, up_to_;   // recent_ holds everything of (floor_, up_to_]
    bool begun_ = false;
    std::chrono::steady_clock::time_point swept_{};
};

// What one event is as a message of the stream, and as a member of a list.
std::string event_json(const events::Event& event);
std::string event_message(const events::Event& event);

}  // namespace verbatim::api
