#include "edge/api/events.h"

#include "edge/api/answers.h"
#include "ground/base/log.h"

namespace verbatim::api {
namespace {

using http::Form;
using http::Request;
using http::Response;

Response bad_place(std::string_view field) { return Response::problem(400, "cursor", "that is no place in the order of events; take it from an answer", field); }

Response show_events(const events::Follower& follower, const Caller& caller, const Request& request) {
    const auto query = Form::parse_query(request.query);
    const auto limit = limit_of(query, 100, 500);
    if (!limit) return bad_limit(500);
    const auto filter = events::Filter::parse(query.get("kinds"));
    if (!filter) return problem(filter.error());
    std::string out = "{\"events\":[";
    events::Place next;
    bool more = false;
    if (query.get("after") == "latest") {
        next = follower.newest();
    } else {
        const auto after = events::place_from(query.get("after"));
        if (!after) return bad_place("after");
        const auto page = follower.page(caller.branch, query.get("branch"), *after, *limit, *filter);
        if (!page) return nowhere();
        for (const auto& event : page->events) {
            if (out.back() != '[') out += ',';
            out += event_json(event);
        }
        next = page->next;
        more = page->more;
    }
    out += "],\"next\":\"" + events::to_text(next) + "\",\"more\":" + (more ? "true" : "false") + "}";
    return Response::json(std::move(out));
}

Response open_stream(const events::Follower& follower, EventStreams& streams, const Caller& caller, const Request& request) {
    const auto query = Form::parse_query(request.query);
    const auto filter = events::Filter::parse(query.get("kinds"));
    if (!filter) return problem(filter.error());
    const auto branch = follower.narrowed(caller.branch, query.get("branch"));
    if (!branch) return nowhere();
    // The browser sends the header by itself when it comes back; it knows better than the address it began with.
    const auto header = request.field("Last-Event-ID");
    const auto told = header.empty() ? query.get("after") : header;
    std::optional<events::Place> after;
    if (!told.empty()) {
        after = events::place_from(told);
        if (!after) return bad_place("after");
    }
    auto stream = std::make_shared<http::Stream>(http::Stream::Options{.heartbeat = ": \n\n", .most_waiting = 256 * 1024});
    if (request.method != http::Method::head) {
        const auto opened = streams.open(stream, caller.actor.id, *branch, *filter, after, [&](events::Place from) {
            return follower.page(caller.branch, *branch, from, 200, *filter).value_or(events::Page{});
        });
        if (opened != EventStreams::Opened::opened) {
            auto response = Response::problem(opened == EventStreams::Opened::too_many ? 503 : 429, "too_many_streams",
                opened == EventStreams::Opened::too_many ? "too many look on at once" : "you look on from too many places at once; close one");
            response.with("Retry-After", "30");
            return response;
        }
    }
    auto response = Response::streaming("text/event-stream", std::move(stream));
    response.with("X-Accel-Buffering", "no");  // nginx passes each event on at once
    return response;
}

}  // namespace

void event_routes(Gate& gate, events::Follower& follower, EventStreams::Limits limits) {
    auto streams = std::make_shared<EventStreams>(limits);
    follower.listen([streams](std::span<const events::Seen> seen, events::Place up_to) { streams->happened(seen, up_to); });
    gate.get("/api/v1/events", Permission::events_read, [&follower](const Caller& caller, const Request& request) { return show_events(follower, caller, request); });
    gate.get("/api/v1/events/stream", Permission::events_read, [&follower, streams](const Caller& caller, const Request& request) { return open_stream(follower, *streams, caller, request); });
}

}  // namespace verbatim::api
