// Detectors publish at once or ask a human; only a human refuses, for a reason of the public list (promise 2; norms MOD-1 to
// MOD-10). A star is never looked at.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"
#include "ground/text/detectors.h"
#include "record/links/links.h"
#include "record/reviews/reviews.h"

namespace verbatim::moderate {

struct Options {
    std::string base_url, brand;
    std::string policy = "rules-2026-11";
    int link_days = 30;
};

// What a moderator sees behind /moderate/{token}.
struct View {
    links::State link = links::State::open;
    std::string kind;          // review | correction | reply
    reviews::Review review;
    std::string title, body, lang;   // the words to decide on
    std::string findings;      // JSON array {reason,start,end,text,confidence,field}; offsets in code points of `field` (title|body)
    std::string site_name, product_name;
    std::string reply_author;
    Seconds submitted_at = 0, decide_by = 0;
    std::string decided;       // what was decided meanwhile, by whomever: published | refused | rephrase ..., empty while open
};

class Moderate {
public:
    Moderate(storage::Db& db, const Clock& clock, std::shared_ptr<const text::Detectors> detectors, Options options);

    // Findings in title and body as the JSON above; empty when clean.
    std::string inspect(storage::Tx& tx, const reviews::Content& content) const;
    // The same without knowing the place: for words gathered elsewhere. Safe on several threads.
    std::string inspect(const reviews::Content& content) const;
    // Events. collected/corrected: publish or hold and ask; reply_collected: the same for an answer; published: answers that waited.
    void on_collected(storage::Tx& tx, std::string_view review) const;
    void on_published(storage::Tx& tx, std::string_view review) const;
    void on_reply(storage::Tx& tx, std::string_view reply) const;
    // Held words of an import: one mail for all of them.
    void ask_for_many(storage::Tx& tx, const std::vector<std::string>& reviews, std::string_view source) const;

    Result<View> view(std::string_view token) const;
    // decision: publish | refuse | rephrase. Uses the link up; of two moderators the first decides.
    Result<void> decide(std::string_view token, std::string_view decision, std::string_view reason, std::string_view explanation);
    // The same by API or command line, for an actor with role moderator, hq or admin.
    Result<void> decide(const Actor& actor, std::string_view review, std::string_view decision, std::string_view reason, std::string_view explanation);
    // Who an API key stands for; nothing for an unknown key.
    std::optional<Actor> actor_of_key(std::string_view key) const;
    struct Waiting {
        std::string review, lang, subject, title, body, findings;
        Seconds submitted_at = 0;
    };
    std::vector<Waiting> queue(int limit) const;  // oldest first

private:
    Result<View> view_of(storage::Tx& tx, std::string_view ref) const;
    Result<void> decide_in(storage::Tx& tx, const Actor& actor, std::string_view ref, std::string_view decision, std::string_view reason, std::string_view explanation) const;
    void ask(storage::Tx& tx, std::string_view ref, const reviews::Review& review, std::string_view lang) const;
    storage::Db& db_;
    const Clock& clock_;
    std::shared_ptr<const text::Detectors> detectors_;
    Options options_;
};

}  // namespace verbatim::moderate
