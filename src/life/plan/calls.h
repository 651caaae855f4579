// The plan's calls as whoever makes them needs them: whom, about what vehicle, with which words, at which hours, and what came of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ground/base/actor.h"
#include "life/plan/letter.h"
#include "record/contact/calls.h"

namespace verbatim::plan {

// What a call is about, as JSON: {"subject","script","model","vin","dealer","timezone","from","to","not_on"}. Hours are those in which the plan
// lets people be called, on the clock of their wall.
std::string call_words(const Plan& plan, const Letter& letter, const LetterFacts& facts, std::string_view vin, std::string_view country);

struct Call {
    contact::CallTask task;
    std::string campaign, language, subject, script, model, vin, dealer, timezone, from, to;
    std::vector<std::string> not_on;
};
struct CallList {
    std::vector<Call> calls;
    std::string next;  // where the next page begins; "" at the end
};

// Cut by the caller's branch: an agent sees and tells of calls to customers of its sites. A call centre's own system holds a key of role agent.
// What a role may is asked at the door.
class CallDesk {
public:
    CallDesk(storage::Db& db, const Clock& clock) : db_(db), clock_(clock) {}
    // Error "after".
    Result<CallList> due(std::string_view branch, std::string_view after, int limit) const;
    Result<void> tell(const Actor& actor, std::string_view branch, std::string_view id, std::string_view outcome, Seconds call_back_at) const;

private:
    storage::Db& db_;
    const Clock& clock_;
};

}  // namespace verbatim::plan
