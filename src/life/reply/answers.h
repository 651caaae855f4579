// What helps to answer well: templates by situation and language that leave room for the personal sentence, the tone check, and what
// to do about somebody who only wants to provoke.
#pragma once

#include "life/reply/reply.h"
#include "life/reply/tone.h"

namespace verbatim::reply {

// praise delay price quality welcome unjust troll
std::span<const std::string_view> situations();

struct Template {
    std::string id;         // "praise.fr" for a packaged one
    std::string situation, lang, title, body;  // title: the brand's own; empty for packaged ones, which the situation names
    bool packaged = false, active = true;
    std::string branch = "*";   // whose it is: it serves the reviews of this branch
};

// Placeholders of a body: {name} the author's first name where it is public, {site} the point of sale, {vehicle}, and {personal}:
// the sentence that only whoever answers can write. Every template has {personal}, once.
// Those of a branch and of the branches above it.
std::vector<Template> templates(storage::Tx& tx, std::string_view branch, std::string_view lang, std::string_view situation, bool active_only);

struct Help {
    std::string situation;                 // which one the review looks like
    std::vector<std::string> signals;      // of a provocation: held_for_insult | repeated | no_experience
    bool troll = false;                    // enough of them: say the facts once and do not feed
    std::vector<Template> templates;       // of the review's language (English where there is none), filled in, the situation's first
};

struct ToneReport {
    std::vector<Advice> advice;
    bool would_be_held = false;
};

class Answers {
public:
    // What moderation would find in this reply, as its findings' JSON list: the same function that will read it (norm SUP-5).
    using Findings = std::function<std::string(storage::Tx&, const reviews::Review&, std::string_view body)>;
    Answers(storage::Db& db, const Clock& clock, Findings findings) : db_(db), clock_(clock), findings_(std::move(findings)) {}

    Result<Help> help(const Actor& actor, std::string_view branch, std::string_view review) const;
    Result<ToneReport> check(const Actor& actor, std::string_view branch, std::string_view review, std::string_view body) const;
    // The reply itself: cut by branch, then as every reply (reply.h). Returns its id.
    Result<std::string> send(const Actor& actor, std::string_view branch, std::string_view review, std::string_view body, Reply& replies) const;

    std::vector<Template> list(const Actor& actor, std::string_view branch, std::string_view lang, std::string_view situation, bool active_only) const;
    // A new one of the caller's branch, or, for whoever holds "*", another body for a packaged one ("praise.fr"). Returns the id.
    Result<std::string> save(const Actor& actor, std::string_view branch, const Template& wanted);
    // One's own goes; a packaged one is as it was packaged again.
    Result<void> remove(const Actor& actor, std::string_view branch, std::string_view id);

private:
    storage::Db& db_;
    const Clock& clock_;
    Findings findings_;
};

}  // namespace verbatim::reply
