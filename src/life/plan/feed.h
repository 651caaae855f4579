// What the plan did and what followed, for the brand's data management platform: events of kinds journey.* (record/events), written in the
// transaction that causes them or that first sees it. Only about people who agreed to it (contact::data_platform), under a pseudonym, and
// without words, names, addresses or vehicles. Who takes the agreement back, or is erased, is told of as forgotten, and nothing follows.
//
// One list serves the file of lines, webhooks and the topic: all three are readers of the same events in the same order.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "life/plan/facts.h"
#include "record/events/events.h"
#include "record/experiences/lived.h"
#include "record/reviews/rated.h"

namespace verbatim::plan {

std::span<const storage::Migration> feed_migrations();

// Who it is, outside: 32 hexadecimal digits of an HMAC under the vault's key of our own random id. It stays; neither an address nor the
// importer's number leads to it.
std::string pseudonym(std::string_view customer);

// Each asks for the agreement itself. What is seen twice (an arrival is looked at again for two minutes) is told once.
void tell_sent(storage::Tx& tx, Seconds now, std::string_view customer, const Campaign& campaign, const Touch& touch);
void tell_arrived(storage::Tx& tx, Seconds now, std::span<const experiences::Arrived> arrived);
void tell_reviewed(storage::Tx& tx, Seconds now, std::span<const reviews::Author> authors);
// A click by a person is told when it is clear that no program made it (clicks.h): what comes within seconds of it may still say so.
struct ClickKey {
    std::int64_t person = 0, due_day = 0, campaign = 0, vehicle = 0;
    int link = 0;
};
void keep_click(storage::Tx& tx, Seconds now, std::string_view customer, const ClickKey& click);
// What nobody else's transaction can tell: clicks that have been waited for, who left a topic, who took back the agreement to all this.
void tell_since(storage::Db& db, Seconds now);
// For whoever is erased or takes it back; what was told before goes from the events too. Nothing where the person never agreed.
void tell_forgotten(storage::Tx& tx, Seconds now, std::string_view customer, std::string_view why);

// Behind `after`, at most `limit` lines of JSON: {"id","at","event","person", ...}, each with its line end (docs/formats.md). `next` is where
// to read on, whether or not there were lines.
struct FeedPage {
    std::vector<events::Event> events;
    events::Place next;
    bool more = false;
};
FeedPage read_feed(storage::Tx& tx, events::Place after, int limit);
std::string feed_line(const events::Event& event);

// How far a receiver of ours has come, and the step forward: false where another node was there first.
inline constexpr std::string_view kafka_receiver = "kafka";
events::Place feed_cursor(storage::Tx& tx, std::string_view receiver);
bool move_feed_cursor(storage::Tx& tx, std::string_view receiver, events::Place from, events::Place to);

}  // namespace verbatim::plan
