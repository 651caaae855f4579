#include "edge/api/event_streams.h"

#include <algorithm>

#include "ground/base/calendar.h"
#include "ground/base/log.h"

namespace verbatim::api {

namespace {

constexpr std::size_t most_recent = 2000;
constexpr std::size_t most_caught_up = 128 * 1024;  // bytes
constexpr int most_pages = 20;
// Then a stream ends and the browser opens it again: so a role that was taken away ends it too.
constexpr auto longest_life = std::chrono::minutes(10);
constexpr auto sweep_every = std::chrono::seconds(5);
constexpr std::string_view reset = "event: reset\ndata: {\"kind\":\"reset\"}\n\n";

void member(std::string& out, std::string_view name, std::string_view value) {
    out += out.size() == 1 ? "\"" : ",\"";
    out += name;
    out += "\":";
    log::append_json_string(out, value);
}

}  // namespace

std::string event_json(const events::Event& event) {
    std::string out = "{";
    member(out, "id", events::to_text(event.place));
    member(out, "at", format_moment(event.at));
    member(out, "kind", event.kind);
    member(out, "subject", event.subject);
    member(out, "ref", event.ref);
    out += ",\"data\":" + event.data + "}";
    return out;
}

// data holds no line break: the JSON is written without any.
std::string event_message(const events::Event& event) { return "id: " + events::to_text(event.place) + "\ndata: " + event_json(event) + "\n\n"; }

void EventStreams::forget(std::list<Reader>::iterator reader) {
    if (const auto at = by_person_.find(reader->who); at != by_person_.end() && --at->second == 0) by_person_.erase(at);
    readers_.erase(reader);
}

void EventStreams::forget_ended() {
    for (auto at = readers_.begin(); at != readers_.end();) {
        const auto reader = at++;
        if (reader->stream->over()) forget(reader);
    }
}

std::size_t EventStreams::count() const {
    const std::lock_guard lock(mutex_);
    return readers_.size();
}

EventStreams::Opened EventStreams::open(std::shared_ptr<http::Stream> stream, std::string who, std::string branch, events::Filter filter,
                                        std::optional<events::Place> after, const ReadPage& page) {
    constexpr std::string_view hello = "retry: 2000\n\n";
    std::string first(hello);
    bool behind = false;
    for (int pages = 0;; ++pages) {
        events::Place floor;
        {
            const std::lock_guard lock(mutex_);
            const auto full = [&] { return readers_.size() >= limits_.all; };
            const auto full_of_one = [&] {
                const auto mine = by_person_.find(who);
                return mine != by_person_.end() && mine->second >= limits_.of_one;
            };
            // Who goes from page to page leaves a stream behind at each: only those still open count.
            if (full() || full_of_one()) forget_ended();
            if (full()) return Opened::too_many;
            if (full_of_one()) return Opened::too_many_of_one;
            behind = behind || pages > most_pages;
            if (!after || behind || *after >= floor_) {
                // From here on nothing can come between: the follower waits for the lock.
                if (after && !behind) {
                    for (const auto& seen : recent_)
                        if (seen.event.place > *after && filter.takes(seen.event.kind) && std::find(seen.branches.begin(), seen.branches.end(), branch) != seen.branches.end())
                            first += event_message(seen.event);
                }
                if (behind || first.size() > most_caught_up) first = std::string(hello) + std::string(reset);
                // Names the place even where nothing happens on this branch for long.
                first += "id: " + events::to_text(up_to_) + "\n\n";
                stream->write(first);
                ++by_person_[who];
                readers_.push_back({std::move(stream), std::move(who), std::move(branch), std::move(filter), std::chrono::steady_clock::now()});
                return Opened::opened;
            }
            floor = floor_;
        }
        const auto missed = page(*after);
        for (const auto& event : missed.events) first += event_message(event);
        after = missed.more ? missed.next : std::max(missed.next, floor);
        behind = first.size() > most_caught_up;
    }
}

void EventStreams::happened(std::span<const events::Seen> seen, events::Place up_to) {
    const std::lock_guard lock(mutex_);
    if (!std::exchange(begun_, true)) floor_ = up_to;  // where the follower began
    up_to_ = std::max(up_to_, up_to);
    for (const auto& one : seen) {
        recent_.push_back(one);
        if (recent_.size() > most_recent) {
            floor_ = recent_.front().event.place;
            recent_.pop_front();
        }
        if (readers_.empty()) continue;
        const auto message = event_message(one.event);
        for (auto at = readers_.begin(); at != readers_.end();) {
            const auto reader = at++;
            if (!reader->filter.takes(one.event.kind) || std::find(one.branches.begin(), one.branches.end(), reader->branch) == one.branches.end()) continue;
            if (!reader->stream->write(message)) forget(reader);  // gone, or too slow
        }
    }
    const auto now = std::chrono::steady_clock::now();
    if (now - swept_ < sweep_every) return;
    swept_ = now;
    for (const auto& reader : readers_) {
        if (now - reader.opened > longest_life) reader.stream->end();
    }
    forget_ended();
}

}  // namespace verbatim::api
