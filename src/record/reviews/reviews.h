// The register of reviews and their ONE state machine. Each step is, in the caller's transaction: the row, a line of
// history, a leaf of the public log, and an event for whoever listens (app/server/life.cpp). No other code changes a state.
//
//   collected --publish--> published        collected --hold--> held --publish|refuse|ask_rephrase--> ...
//   rephrase  --correct--> collected        published --correct--> (a draft: old words stay public until the new ones are decided)
//   rephrase  --lapse--> held               (the author did not reword in time: a human decides on the first words)
//   collected | held | rephrase --publish_overdue--> published, its finding still pending --publish--> settled, or --remove--> removed
//   refused | removed --reinstate--> published   (a complaint was right)
//   any live state --withdraw|erase|remove--> withdrawn | erased | removed
//   gathered words: gather --> published, or held --> published | refused
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "ground/base/calendar.h"
#include "record/ledger/ledger.h"
#include "record/reviews/leaf.h"
#include "record/reviews/statement.h"

namespace verbatim::reviews {

std::span<const storage::Migration> migrations();

enum class State { collected, held, rephrase, published, refused, withdrawn, erased, removed };
std::string_view to_word(State state);

// The closed public list of reasons (contract "Reasons"; norm MOD-3). None of them judges sentiment.
std::span<const std::string_view> reasons();
bool is_reason(std::string_view word);

struct Review {
    std::string id;
    Content content;           // empty after an erasure
    std::string origin;        // invited | spontaneous | gathered
    std::string source, external_id;  // gathered only
    std::string experience;    // its id, empty where none is proven
    std::string customer;      // id in record/contact
    State state = State::collected;
    int version = 1;           // of `content`
    std::string signature;     // what the public sees of the author: "Claire D." or "" for anonymous
    Seconds submitted_at = 0, published_at = 0, updated_at = 0, decide_by = 0;
    std::string terms;         // version of the terms the declaration accepted (norm COL-3)
    bool contact_me = false;
    std::string salt, commitment;  // raw salt; empty after an erasure
    std::optional<ledger::EntryId> collected_entry, public_entry;  // newest collected; newest published, revised or gathered
    std::string findings;      // JSON array of the detectors' findings while held
    std::string reason;        // of a refusal, withdrawal or removal
    std::string parent;        // the visit's review that came with these words on the vehicle
    Seconds overdue_at = 0;    // published by the clock with `findings` still to be decided (norm MOD-4); 0: not so
    Seconds rephrase_by = 0;   // until when the author may reword; 0: not asked
};

struct Submission {
    Content content;
    std::string origin, experience, customer, signature, terms, parent;
    std::string incentive;     // what was promised for writing, in the brand's words; empty: nothing (norm INC-2)
    bool contact_me = false;
    Seconds decide_by = 0;
};

struct Collected {
    std::string id;
    std::string leaf, salt, commitment, content;  // leaf and content in canonical form, salt raw
    ledger::EntryId entry = 0;
};

// Stores the words and commits to them in the log before any moderation (norm TLG-1). conflict "already_reviewed" where this
// experience already has words on this subject (norm COL-10).
Result<Collected> collect(storage::Tx& tx, const Actor& actor, Seconds now, const Submission& submission);

// Words found elsewhere. Stored under (source, external_id); already there: nothing.
struct Gathered {
    Content content;
    std::string source, external_id, author;
    Seconds written_at = 0;    // 0 unknown
    std::string findings;      // not empty: held for a human
};
std::optional<std::string> gather(storage::Tx& tx, const Actor& actor, Seconds now, const Gathered& words);

Result<void> publish(storage::Tx& tx, const Actor& actor, Seconds now, std::string_view id);
Result<void> hold(storage::Tx& tx, const Actor& actor, Seconds now, std::string_view id, std::string_view findings);
// Norm MOD-4: the announced time is over. Public now, with `findings` kept for the human who still decides: publish() settles
// it, remove() takes it down with its statement. A correction that waits becomes the public version in the same way.
Result<void> publish_overdue(storage::Tx& tx, const Actor& actor, Seconds now, std::string_view id);
// Writes the statement of reasons in the same transaction (norms MOD-1, MOD-8 to MOD-10).
Result<void> refuse(storage::Tx& tx, const Actor& actor, Seconds now, std::string_view id, const Grounds& grounds);
// The author may reword until `until`; then lapse().
Result<void> ask_rephrase(storage::Tx& tx, const Actor& actor, Seconds now, std::string_view id, std::string_view explanation, Seconds until);
// The time to reword is over: the words as they were wait for a human again.
Result<void> lapse(storage::Tx& tx, const Actor& actor, Seconds now, std::string_view id);
// A complaint against a refusal or a removal was right (norm MOD-12): public again, or at last, word for word. The caller has
// logged `decided` with outcome `overturned` before.
Result<void> reinstate(storage::Tx& tx, const Actor& actor, Seconds now, std::string_view id);
// A new version of the author's (norm AUT-2): a new collected leaf; moderated again.
Result<Collected> correct(storage::Tx& tx, const Actor& actor, Seconds now, std::string_view id, const Content& content, Seconds decide_by);
Result<void> withdraw(storage::Tx& tx, const Actor& actor, Seconds now, std::string_view id);
// GDPR 17: text, salts, signature, versions and replies' quotations go; counts and the log stay whole (norms GDP-4, GDP-7).
Result<void> erase(storage::Tx& tx, const Actor& actor, Seconds now, std::string_view id);
// Takes down what is public, by a human and with a statement of reasons (norms SUP-4, MOD-9).
Result<void> remove(storage::Tx& tx, const Actor& actor, Seconds now, std::string_view id, const Grounds& grounds);

std::optional<Review> find(storage::Tx& tx, std::string_view id);
std::vector<Review> of_customer(storage::Tx& tx, std::string_view customer);
// A correction that waits for its decision, or nothing.
struct Draft {
    Content content;
    int version = 2;
    std::string salt, commitment, findings;
    ledger::EntryId entry = 0;
    Seconds submitted_at = 0, decide_by = 0;
};
std::optional<Draft> draft(storage::Tx& tx, std::string_view id);
struct PastVersion {
    int version = 1;
    Content content;
    Seconds until = 0;
};
std::vector<PastVersion> past_versions(storage::Tx& tx, std::string_view id);

struct Step {
    Seconds at = 0;
    std::string actor, step, detail;
};
std::vector<Step> history(storage::Tx& tx, std::string_view id);
// A line of history without a change of state ("pressure_reported", "case_opened").
void note(storage::Tx& tx, const Actor& actor, Seconds now, std::string_view id, std::string_view step, std::string_view detail);

// The dealer's answer (norms SUP-1, SUP-5). One a review; a new one replaces a refused or held one.
struct Reply {
    std::string id, review, body, author, staff, state;  // state: collected | held | published | refused
    Seconds submitted_at = 0, published_at = 0;
    std::string findings;
};
Result<std::string> propose_reply(storage::Tx& tx, const Actor& actor, Seconds now, std::string_view review, std::string_view body, std::string_view author);
Result<void> publish_reply(storage::Tx& tx, const Actor& actor, Seconds now, std::string_view reply);
Result<void> hold_reply(storage::Tx& tx, const Actor& actor, Seconds now, std::string_view reply, std::string_view findings);
Result<void> refuse_reply(storage::Tx& tx, const Actor& actor, Seconds now, std::string_view reply, std::string_view reason);
std::optional<Reply> find_reply(storage::Tx& tx, std::string_view reply);
std::optional<Reply> reply_of(storage::Tx& tx, std::string_view review);

// Every step raises one event, as a durable job of kind "life" in the same transaction, payload "WORD ID" (the id is a
// review's, or a reply's for the reply words): collected corrected published held refused rephrase lapsed withdrawn erased removed
// reply_collected reply_published reply_held reply_refused. Gathered words raise none; their importer tells the window.
// It also notifies channel "subject" with the subject whose public face changed.

}  // namespace verbatim::reviews
