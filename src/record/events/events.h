// What happened, for whoever looks on: one line an event, written in the transaction that caused it. Pages that are live,
// integrators that poll and webhooks read the same table. An event says what, to which subject, and where to look; never
// anybody's words, names or addresses (norm GDP-6), so it needs no erasure.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"

namespace verbatim::events {

std::span<const storage::Migration> migrations();

// The closed list of what may happen, for the description of the API, the filter, and raise().
struct Kind {
    std::string_view word;  // "review.published"
    std::string_view ref;   // what `ref` is: "review", "case" ...
    std::string_view what;  // one line
};
std::span<const Kind> kinds();

// `subject` is whom it concerns ("site:CODE", "product:CODE", "adviser:ID"), by which every reader's view is cut; empty: the
// organisation as a whole, for holders of "*" alone. `ref` is an id. `data` is a small object of ids, numbers and states.
// An unknown kind is a mistake of ours and throws std::logic_error.
void raise(storage::Tx& tx, Seconds now, std::string_view kind, std::string_view subject, std::string_view ref);
void raise(storage::Tx& tx, Seconds now, std::string_view kind, std::string_view subject, std::string_view ref, const nlohmann::json& data);

// A place in the order of events. PostgreSQL counts ids up before a transaction commits, so an id alone would let a reader
// pass by what a slower transaction commits behind him. The order is therefore by transaction first, and nobody is shown a
// transaction's events while an older one still writes: what lies before a place is complete for ever (decision 27).
struct Place {
    std::int64_t tx = 0, id = 0;
    friend auto operator<=>(const Place&, const Place&) = default;
};
std::string to_text(Place place);                         // "0-153"
std::optional<Place> place_from(std::string_view text);   // nothing where malformed; "" and "0" are the beginning

struct Event {
    Place place;
    Seconds at = 0;
    std::string kind, subject, ref, data;  // data: a JSON object
};

// Which kinds a reader wants: words, or "review.*"; empty is all. invalid "kind_unknown".
class Filter {
public:
    static Result<Filter> parse(std::string_view comma_separated);
    bool takes(std::string_view kind) const;
    const std::string& list() const { return list_; }  // ",review.published,case.opened," or "" for all

private:
    std::string list_;
};

struct Page {
    std::vector<Event> events;
    Place next;         // read on from here, whether or not there were any
    bool more = false;  // there is more to read now
};
// At most `limit` events behind `after` that lie on `branch`. Looks at a bounded number of lines, so a page may be empty while
// there is more.
Page after(storage::Tx& tx, std::string_view branch, Place after, int limit, const Filter& filter);
// The same uncut, for who tells others what lies on their branch.
Page all_after(storage::Tx& tx, Place after, int limit);
// The newest place that is complete: who begins here sees what happens from now on.
Place newest(storage::Tx& tx);
// One, where it lies on `branch`.
std::optional<Event> find(storage::Tx& tx, std::string_view branch, Place place);

// The branches an event on `subject` lies on: "*", its country, group, dealer, site ...
std::vector<std::string> branches_of(storage::Tx& tx, std::string_view subject);

// Retention (norm GDP-5): events that happened before that moment go, at most `limit` of them; how many.
std::int64_t purge_old(storage::Tx& tx, Seconds before, int limit);
std::int64_t older_than(storage::Tx& tx, Seconds before);

// At start: a database that was restored into a new PostgreSQL cluster counts its transactions from the beginning again; the
// order must not.
void settle(storage::Db& db);

}  // namespace verbatim::events
