// The same events as lines.
#include <nlohmann/json.hpp>

#include "ground/base/calendar.h"
#include "life/plan/feed.h"

namespace verbatim::plan {
namespace {

const events::Filter& journeys() {
    static const auto filter = events::Filter::parse("journey.*");
    return filter.value();
}

}  // namespace

FeedPage read_feed(storage::Tx& tx, events::Place after, int limit) {
    auto page = events::after(tx, "*", after, limit, journeys());
    return {std::move(page.events), page.next, page.more};
}

std::string feed_line(const events::Event& event) {
    nlohmann::ordered_json line{{"id", events::to_text(event.place)}, {"at", format_moment(event.at)}, {"event", event.kind.substr(event.kind.find('.') + 1)}, {"person", event.ref}};
    const auto data = nlohmann::json::parse(event.data);
    for (const auto& [name, value] : data.items()) line[name] = value;
    return line.dump() + "\n";
}

}  // namespace verbatim::plan
