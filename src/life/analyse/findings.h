// What customers say becomes what somebody changes. A product manager or headquarters writes a finding with the reviews behind it,
// sends it to people of the network, who answer and say what they changed; closing it with "we changed it" tells the customers
// who had said it, once each and only those whom the law and their own wishes let us write to.
//
//   draft --send--> sent --send--> sent (to more)      draft | sent --close(changed | dropped)--> closed
//   closed as dropped --reopen--> draft | sent         closed as changed stays closed: the letters are out
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/jobs/jobs.h"
#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "ground/base/calendar.h"
#include "ground/base/result.h"
#include "record/reviews/reviews.h"

namespace verbatim::analyse {

std::span<const storage::Migration> migrations();

inline constexpr std::size_t title_limit = 120;   // code points
inline constexpr std::size_t text_limit = 4000;   // code points: a finding's text, an answer
inline constexpr std::size_t words_limit = 1500;  // code points: what the customers read
inline constexpr int most_reviews = 500;          // behind one finding
inline constexpr int most_recipients = 200;

struct Options {
    std::string base_url, brand;
    int quiet_days = 30;  // no second such letter to a person within so many days
    // Why this review's customer must be left in peace now ("case_open"); empty: no reason. What other stages know is asked for
    // here, for stages do not see each other.
    std::function<std::string(storage::Tx&, const reviews::Review&)> stop;
};

struct Finding {
    std::string id, about;       // about: a branch, "product:CODE", "country:FR", "*"
    std::string about_name;      // where it has one
    std::string title, text, state, outcome;  // state: draft | sent | closed; outcome: changed | dropped, of a closed one
    std::string author_name;
    int version = 1;             // counts up with every change
    Seconds created_at = 0, updated_at = 0, sent_at = 0, closed_at = 0;
    std::int64_t reviews = 0, recipients = 0, seen = 0, answered = 0;
    bool manages = false;        // the caller may change it; else it was sent to him
};

struct Recipient {
    std::int64_t person = 0;
    std::string name, role, branch;
    Seconds sent_at = 0, seen_at = 0, answered_at = 0;
    std::string answer, changed;  // what he says; what he changed
    bool self = false;
};

// A customer's words behind a finding, as the public reads them.
struct Said {
    std::string review, subject, subject_name, service, title, body, lang, experience_on;
    std::optional<int> rating;
    Seconds published_at = 0;
};

struct Step {
    Seconds at = 0;
    std::string actor, step, detail;
};

// What became of the customers' letters, or would become of them: counts by outcome. "queued" is on its way or sent; the others were
// held back: ended (the review is not public any more), gathered, no_customer, unconfirmed, no_basis, opted_out, no_address, language,
// quiet (another such letter not long ago), told (the same person, by another review), or a stop of another stage ("case_open").
struct Letters {
    std::map<std::string, std::int64_t> by_outcome;
    std::map<std::string, std::int64_t> languages_missing;  // "pl": 3 would have heard, but nothing is written in Polish
};

struct View {
    Finding finding;
    std::vector<Said> reviews;           // those the caller reaches
    std::vector<Recipient> recipients;   // a recipient sees himself alone
    std::map<std::string, std::string> words;  // by language: what the customers read
    Letters letters;                     // of a finding closed as changed
    std::vector<Step> steps;             // for those who manage it
};

struct Draft {
    std::string about, title, text;
    std::vector<std::string> reviews;
};

struct Page {
    std::vector<Finding> findings;
    std::string next;  // empty: that was all
};

struct Candidate {
    std::int64_t person = 0;
    std::string name, role, branch;
};

class Findings {
public:
    Findings(storage::Db& db, const Clock& clock, Options options);

    // The caller's own and, for who may manage, those of his branch; newest first. `state`: draft | sent | closed | "".
    Result<Page> list(const Actor& actor, std::string_view state, std::string_view after, int limit) const;
    Result<View> view(const Actor& actor, std::string_view id) const;

    Result<std::string> write(const Actor& actor, const Draft& draft);
    // Title, text and reviews of one that is not closed. `version`: the one it was changed from, else conflict "changed_meanwhile".
    Result<void> rewrite(const Actor& actor, std::string_view id, int version, const Draft& draft);
    Result<void> add_reviews(const Actor& actor, std::string_view id, const std::vector<std::string>& reviews);
    // A draft leaves without a trace; nothing else does.
    Result<void> discard(const Actor& actor, std::string_view id);

    // People who reach what the finding is about or a review behind it; by person's number after `after`.
    Result<std::vector<Candidate>> people(const Actor& actor, std::string_view id, std::int64_t after, int limit) const;
    Result<void> send(const Actor& actor, std::string_view id, const std::vector<std::int64_t>& people);
    // By who received it: seen, an answer, what was changed. Empty texts leave what was said.
    Result<void> answer(const Actor& actor, std::string_view id, std::string_view answer, std::string_view changed);

    // What closing with these words would do now.
    Result<Letters> audience(const Actor& actor, std::string_view id, const std::map<std::string, std::string>& words) const;
    Result<void> close(const Actor& actor, std::string_view id, std::string_view outcome, const std::map<std::string, std::string>& words);
    Result<void> reopen(const Actor& actor, std::string_view id);

    // Event: the author's words were erased.
    void on_erased(storage::Tx& tx, std::string_view review) const;
    // For the author's export: the letters about these reviews, as a JSON object.
    static std::string personal_data(storage::Tx& tx, const std::vector<std::string>& reviews);
    void handle(jobs::Runner& runner);  // registers kind "finding"

private:
    Result<void> tell(const jobs::Job& job);
    storage::Db& db_;
    const Clock& clock_;
    Options options_;
};

// Retention (norm GDP-5): who was written to goes, the counts stay. At most `limit`; how many.
std::int64_t purge_letters(storage::Tx& tx, Seconds before, int limit);
std::int64_t letters_before(storage::Tx& tx, Seconds before);

}  // namespace verbatim::analyse
