// Calls the plan wants made: one row of the outbox each, behind the same gate, and an entry of a list that a call centre works through. What
// came of it is told by outcome; "do not call" closes the channel for that number, at once and for every later import.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ground/base/result.h"
#include "record/contact/contact.h"

namespace verbatim::contact {

// `message.data`: JSON for whoever calls; sealed while the call is open. `subject`: "site:CODE" of whose customer this is; "": the brand's alone.
Queued queue_call(storage::Tx& tx, Seconds now, const Message& message, std::string_view topic, std::string_view subject = {});

struct CallTask {
    std::string id, customer_number, name, phone, locale, about, data;
    std::int64_t tries = 0;
    Seconds due_at = 0;
    std::string last_outcome;  // "" before the first try
};
// What is due on the branch ("*": everything), longest due first, from behind (due_at, id) on. Whoever left meanwhile is not in it (norm EML-4); `looked` counts rows read, so
// that a page of people who left is not taken for the end.
struct CallPage {
    std::vector<CallTask> calls;
    int looked = 0;
    Seconds last_due = 0;
    std::string last_id;
};
CallPage calls_due(storage::Tx& tx, std::string_view branch, Seconds now, Seconds after_due, std::string_view after_id, int limit);
bool call_is_on(storage::Tx& tx, std::string_view branch, std::string_view id);

inline constexpr std::int64_t most_call_tries = 4;
inline constexpr int most_call_back_days = 60;
struct CallOutcome {
    std::string outcome;       // reached | not_reached | call_back | do_not_call
    Seconds call_back_at = 0;
    std::string by;
};
// not_reached: again a day later, four times in all. Errors "outcome", "call_back_at", "unknown", and "done" where it was told before.
Result<void> note_call_outcome(storage::Tx& tx, Seconds now, std::string_view id, const CallOutcome& told);

void forget_calls(storage::Tx& tx, std::string_view customer);
// Calls nobody made since then are given up.
std::int64_t give_up_calls(storage::Tx& tx, Seconds before, int limit);

}  // namespace verbatim::contact
