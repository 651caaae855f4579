// The desk's cases: who is to be called, what is known of him, what was done. Everything is cut by the caller's branch; what lies
// beside it does not exist for him.
#pragma once

#include "life/recover/root_causes.h"
#include "life/recover/steps.h"
#include "record/network/open_times.h"

namespace verbatim::recover {

struct CaseLine {
    Case record;
    std::string site_name, timezone, customer_name, product_name;
    std::optional<int> rating;
    std::string title, excerpt, lang, service;   // excerpt: the first words
    std::string last_outcome;                    // of the newest call
    Seconds last_call_at = 0;
    int calls = 0;
    bool replied = false;
};

// How many wait, of cases that are not closed.
struct CaseCounts {
    std::int64_t open = 0, late = 0, called = 0, due = 0;
};

struct CaseList {
    std::vector<CaseLine> lines;
    std::string next;   // "" at the end
    CaseCounts counts;
};

// What a person of the house may be, to whom a case can be handed.
struct Colleague {
    std::string email, name, role;
};

struct Visit {
    std::string id, kind, occurred_on, site, site_name, product_name, registered_on;
    bool this_one = false;
};
struct Earlier {
    std::string review, subject_name, service, state, title, excerpt, lang;
    std::optional<int> rating;
    Seconds submitted_at = 0;
    std::string case_id, case_stage;
    bool replied = false;
};

struct CaseView {
    CaseLine line;
    reviews::Review review;
    std::optional<reviews::Reply> reply;
    std::string phone, email, salutation, first_name, last_name, locale, country;
    std::string opening_hours;
    network::Opening opening;
    std::optional<Seconds> open_left;   // how much of the time left the site is open
    std::vector<Call> calls;
    std::vector<Step> steps;
    std::vector<Visit> visits;          // on sites of the branch
    std::vector<Earlier> earlier;       // the customer's other reviews there, newest first
    std::optional<Survey> survey;
    Seconds now = 0;
};

struct Closing {
    std::string cause, done, satisfied;   // satisfied: yes | no | unknown; each may be empty
};

// What a site's day begins with.
struct Today {
    CaseCounts counts;
    std::vector<CaseLine> next;           // to call now, by time left
    struct Week {
        std::int64_t reviews = 0, rated = 0, stars = 0, unhappy = 0, answered = 0;
        std::int64_t cases = 0, called_in_time = 0;  // of those that were called or are late; who still waits in time is no failure
    } week, week_before;
    std::vector<std::pair<std::string, Survey>> answers;  // second surveys that came back this week: case, answer
};

class Cases {
public:
    Cases(storage::Db& db, const Clock& clock, Options options) : db_(db), clock_(clock), options_(std::move(options)) {}

    // The branch as asked for (?branch=) within the caller's; nothing: as if it did not exist.
    std::optional<std::string> narrowed(std::string_view branch, std::string_view asked) const;
    // stage: open (nobody called yet, the least time left first) | late (not closed, the time is over) | called | closed (newest
    // first) | due (a call is planned for now or before).
    Result<CaseList> list(const Actor& actor, std::string_view branch, std::string_view stage, std::string_view after, int limit) const;
    Result<CaseView> view(const Actor& actor, std::string_view branch, std::string_view id) const;
    // The case of a review, for whoever looks at the review; empty where there is none.
    std::string of_review(std::string_view review) const;
    std::vector<Colleague> colleagues(const Actor& actor, std::string_view branch, std::string_view id) const;
    Result<Today> today(const Actor& actor, std::string_view branch) const;

    // `call` is the caller's own id of it: sent twice, it is noted once (false the second time). at 0: now.
    Result<bool> note_call(const Actor& actor, std::string_view branch, std::string_view id, std::string_view call, std::string_view outcome, std::string_view note, Seconds at,
                           Seconds back_at);
    Result<void> plan(const Actor& actor, std::string_view branch, std::string_view id, Seconds at, std::string_view what);  // at 0: nothing is planned any more
    Result<void> hand_over(const Actor& actor, std::string_view branch, std::string_view id, std::string_view email, std::string_view note);
    Result<void> set_cause(const Actor& actor, std::string_view branch, std::string_view id, const Closing& closing);
    Result<void> close(const Actor& actor, std::string_view branch, std::string_view id, const Closing& closing);
    Result<void> reopen(const Actor& actor, std::string_view branch, std::string_view id);

private:
    storage::Db& db_;
    const Clock& clock_;
    Options options_;
};

}  // namespace verbatim::recover
