// The statement of reasons of each restriction (DSA art. 17; norms MOD-8 to MOD-10): a row in the transaction of the refusal
// or removal, so that no restriction is without one and none is older than its statement. The mail is made from the row.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"

namespace verbatim::reviews {

// What whoever decides says.
struct Grounds {
    std::string reason;         // of the public list (norm MOD-3)
    std::string policy;         // version of the published rules
    std::string explanation;    // the decider's own words for the author
    std::string law;            // the provision, where the law and not the rules alone is the ground
    bool from_notice = false;   // someone reported it; never who (norm MOD-13)
    std::string dispute_body;   // certified out-of-court body, where the brand has named one
    int complaint_months = 6;   // norm MOD-12
};

struct Statement {
    std::string id, review;
    std::string measure;        // not_published | correction_not_published | removed
    std::string territory = "everywhere", duration = "unlimited";
    std::string facts;          // JSON array of the marked words; empty array where nothing was marked
    std::string origin;         // own_initiative | notice
    bool automated_detection = false, automated_decision = false;  // the second never: promise 2
    Grounds grounds;
    Seconds restriction_at = 0, sor_at = 0;
    std::string decided_by;     // the decider's label
};

// DSA art. 17(3) a to f as one JSON object; assets/statement.schema.json describes it.
std::string statement_json(const Statement& statement);
std::optional<Statement> find_statement(storage::Tx& tx, std::string_view id);
// The same without a word of the author's or the moderator's, as authorities collect them (DSA art. 24(5), norm MOD-14): the
// marked words are counted, the explanation and who decided are left out.
std::string anonymous_statement_json(const Statement& statement);
// Every statement of from <= sor_at < to, oldest first. Bounded memory.
void each_statement(storage::Tx& tx, Seconds from, Seconds to, const std::function<void(const Statement&)>& fn);
// Oldest first.
std::vector<Statement> statements_of(storage::Tx& tx, std::string_view review);

}  // namespace verbatim::reviews
