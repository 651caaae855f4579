#include "record/events/follow.h"

#include <map>

#include "ground/base/log.h"
#include "record/network/branches.h"

namespace verbatim::events {

namespace {

constexpr auto pause = std::chrono::milliseconds(400);
constexpr int most_at_once = 500;

}  // namespace

std::optional<std::string> Follower::narrowed(std::string_view own, std::string_view asked) const {
    return db_.read([&](storage::Tx& tx) { return network::narrowed(tx, own, asked); });
}

std::optional<Page> Follower::page(std::string_view own, std::string_view asked, Place from, int limit, const Filter& filter) const {
    return db_.read([&](storage::Tx& tx) -> std::optional<Page> {
        const auto branch = network::narrowed(tx, own, asked);
        if (!branch) return std::nullopt;
        return after(tx, *branch, from, limit, filter);
    });
}

Place Follower::newest() const {
    return db_.read([](storage::Tx& tx) { return events::newest(tx); });
}

void Follower::listen(Listener fn) { listeners_.push_back(std::move(fn)); }

void Follower::start() {
    stop();
    stop_ = false;
    auto from = newest();
    for (const auto& listener : listeners_) listener({}, from);
    thread_ = std::thread([this, from]() mutable {
        std::unique_lock lock(mutex_);
        while (!stop_) {
            lock.unlock();
            try {
                from = turn(from);
            } catch (const std::exception& broken) {
                log::warning("events are not followed for a moment", {{"why", broken.what()}});
            }
            lock.lock();
            stopping_.wait_for(lock, pause, [&] { return stop_; });
        }
    });
}

void Follower::stop() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    stopping_.notify_all();
    if (thread_.joinable()) thread_.join();
}

Place Follower::turn(Place from) {
    for (bool more = true; more;) {
        std::vector<Seen> seen;
        const auto next = db_.read([&](storage::Tx& tx) {
            auto page = all_after(tx, from, most_at_once);
            std::map<std::string, std::vector<std::string>, std::less<>> known;  // many events, few subjects
            for (auto& event : page.events) {
                auto at = known.find(event.subject);
                if (at == known.end()) at = known.emplace(event.subject, branches_of(tx, event.subject)).first;
                seen.push_back({std::move(event), at->second});
            }
            more = page.more;
            return page.next;
        });
        for (const auto& listener : listeners_) listener(seen, next);
        from = next;
        const std::lock_guard lock(mutex_);
        if (stop_) break;
    }
    return from;
}

}  // namespace verbatim::events
