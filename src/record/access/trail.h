// The audit trail: what members of staff and API keys did. One line an act, written in the act's own transaction, appended and never
// changed (triggers refuse it), each line chained to the one before by an HMAC under the vault's key: whoever can write into the database
// but does not hold `vault.key` cannot make a chain that fits. No customer's words, names or addresses stand in it: ids only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"

namespace verbatim::access {

struct TrailLine {
    std::int64_t seq = 0;   // given when it is written
    Seconds at = 0;
    std::string who;        // a member of staff's e-mail; "command line"; "" for a visitor
    std::string role, branch;
    std::string via;        // session | key | command | web
    std::string ref;        // which session or key
    std::string act;        // "POST /api/v1/cases/{case}/calls", "sign_in", "user add"
    std::string object;     // "case=ab12", "account=k3"
    std::string outcome;    // done | refused, or the HTTP status of what failed
    std::string request;    // X-Request-Id
    std::string hash;       // 32 bytes
};

// Locks the chain's head until the commit; so it is the last thing a transaction does.
void append(storage::Tx& tx, TrailLine line);

struct TrailWish {
    std::string branch = "*"; // of the reader: lines of others' branches are not shown
    std::string who, object;  // exactly; empty: all
    std::int64_t before = 0;  // seq; 0: from the newest
    int limit = 100;
};
// Newest first.
std::vector<TrailLine> trail(storage::Tx& tx, const TrailWish& wish);

struct TrailCheck {
    std::int64_t lines = 0;
    std::string head;        // "SEQ:HASH", to be kept elsewhere
    std::string fault;       // empty: every line is as it was written, and none is missing
};
// Reads every line once. `kept_head`: an earlier head that must still be in the chain; "" where there is none.
TrailCheck check_trail(storage::Tx& tx, std::string_view kept_head = {});

}  // namespace verbatim::access
