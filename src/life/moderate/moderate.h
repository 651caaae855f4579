// Detectors publish at once or ask a human; only a human refuses, for a reason of the public list (promise 2; norms MOD-1 to
// MOD-16). A star is never looked at. Behind /moderate/{token} wait words to decide on, notices of readers and dealers, and
// complaints of authors and notifiers; the oldest first, always.
//
//   words      moderate.cpp (detectors, asking), decide.cpp (verdicts, second opinions), delays.cpp (the announced time)
//   notices    notices.cpp     complaints   complaints.cpp     who may decide   judges.cpp     equal treatment   fairness.cpp
//   the desk   tray.cpp (what waits for somebody, of all kinds; one of it, whole)
#pragma once

#include <functional>
#include <memory>
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
#include "ground/stats/equality.h"
#include "ground/text/detectors.h"
#include "life/moderate/signals.h"
#include "record/conduct/conduct.h"
#include "record/links/links.h"
#include "record/reviews/reviews.h"

namespace verbatim::moderate {

std::span<const storage::Migration> migrations();

struct Options {
    std::string base_url, brand;
    std::string policy = "rules-2026-11";
    int link_days = 30;
    int decide_days = 7;               // the announced time (norm MOD-4), for notices and complaints too
    bool second_opinion = false;       // two moderators for a refusal
    bool publish_overdue = true;       // else escalate only
    int rephrase_days = 3;             // the author's time to reword
    int complaint_months = 6;          // norm MOD-12
    std::string dispute_body;          // certified out-of-court body (DSA art. 21)
    conduct::Limits conduct;           // norm MOD-15
    // What a model says of the text alone; empty: none is asked. Its version is kept with the signals.
    std::function<std::vector<Signal>(std::string_view body)> judge;
    std::string judge_version = "register 1";
};

// What a human decides, as typed. words: publish | refuse | rephrase; a notice: keep | remove; a complaint: uphold | overturn.
struct Verdict {
    std::string decision, reason, explanation;
    std::string law;           // the provision, where the law is the ground
    bool reads = false;        // declares to have had it read by somebody who masters the language (norm MOD-6)
    bool abuse = false;        // manifestly illegal words or advertising: counts towards a suspension (norm MOD-15)
    bool unfounded = false;    // a manifestly unfounded notice: the same for its notifier
    int version = 0;           // of the words that were read; 0: not said
};

// A first opinion for refusal that waits for a second moderator.
struct Opinion {
    std::string moderator, reason, explanation, law;
    Seconds at = 0;
};

// A notice of illegal or doubtful content (DSA art. 16; norms MOD-11, SUP-2).
struct Notice {
    std::string id, review;
    std::string source;        // public | dealer
    std::string reason, explanation, url, name, email, locale;  // name and address may be empty
    std::string state;         // open | decided | set_aside
    Seconds at = 0, decide_by = 0, decided_at = 0;
    std::string outcome, answer, moderator;   // kept | removed | moot | suspended
};

// A complaint against a decision (DSA art. 20; norm MOD-12).
struct Complaint {
    std::string id, review;
    std::string source;        // author | notifier
    std::string about;         // "statement:ID" or "notice:ID"
    std::string reason, explanation, state;   // the reason of the decision complained of
    Seconds at = 0, decide_by = 0, decided_at = 0;
    std::string outcome, answer, moderator;   // upheld | overturned | moot
};

// What a moderator sees of one thing to decide.
struct View {
    links::State link = links::State::open;
    std::string kind;          // review | correction | reply | notice | complaint
    reviews::Review review;
    std::string title, body, lang;   // the words to decide on
    std::string findings;      // JSON array {reason,start,end,text,confidence,field}; offsets in code points of `field` (title|body)
    std::string site_name, product_name;
    std::string reply_author;
    Seconds submitted_at = 0, decide_by = 0;
    int version = 0;
    std::string decided;       // what was decided meanwhile, by whomever: published | refused | rephrase ..., empty while open
    bool overdue = false;      // public already, because the announced time was over
    bool lapsed = false;       // the author was asked to reword and did not
    bool must_declare = false; // who looks does not read the language
    std::string barred;        // why who looks may not decide at all: own_house, second_opinion, another_human, own_notice, not_a_moderator
    std::optional<Opinion> first;     // asked for a second opinion
    std::optional<Notice> notice;
    std::optional<Complaint> complaint;
    std::optional<reviews::Statement> statement;  // the decision complained of
    conduct::Standing standing;       // the author's, or the notifier's behind a notice
    conduct::Effect::Kind next = conduct::Effect::Kind::nothing;  // what one more tick does
};

// Who decides by API.
struct Caller {
    Actor actor;
    std::string languages;     // "fr,en", given with the key
};

class Moderate {
public:
    Moderate(storage::Db& db, const Clock& clock, std::shared_ptr<const text::Detectors> detectors, Options options);
    // The announced time, and equal treatment, looked at by the clock.
    void handle(jobs::Runner& runner);

    // Findings in title and body as the JSON above; empty when clean.
    std::string inspect(storage::Tx& tx, const reviews::Content& content) const;
    // The same without knowing the place: for words gathered elsewhere. Safe on several threads.
    std::string inspect(const reviews::Content& content) const;
    // Events. collected/corrected: publish or hold and ask; lapsed: ask again; reply_collected: the same for an answer;
    // published: answers that waited; ended: notices and complaints about words that are gone.
    void on_collected(storage::Tx& tx, std::string_view review) const;
    void on_lapsed(storage::Tx& tx, std::string_view review) const;
    void on_published(storage::Tx& tx, std::string_view review) const;
    void on_reply(storage::Tx& tx, std::string_view reply) const;
    // What stands in a reply that a human must look at, as a JSON list; for on_reply, and for whoever asks before sending.
    std::string findings_of_reply(storage::Tx& tx, const reviews::Review& review, std::string_view body) const;
    void on_ended(storage::Tx& tx, std::string_view review) const;
    // Held words of an import: one mail a moderator for all they read.
    void ask_for_many(storage::Tx& tx, const std::vector<std::string>& reviews, std::string_view source) const;

    Result<View> view(std::string_view token) const;
    // Uses the link up; of two moderators the first decides.
    Result<void> decide(std::string_view token, const Verdict& verdict);
    // The same by API or command line. `ref`: a review's id, or "reply:ID", "notice:ID", "complaint:ID".
    Result<void> decide(const Caller& caller, std::string_view ref, const Verdict& verdict);

    struct Waiting {
        std::string review, lang, subject, title, body, findings;
        Seconds submitted_at = 0, decide_by = 0;
        bool correction = false, overdue = false;
        std::optional<Opinion> first;
    };
    // By age alone (norm MOD-2): held words, corrections, and what the clock published. `after` is the last line's
    // "SUBMITTED_AT:ID".
    std::vector<Waiting> queue(int limit, std::string_view after = {}, std::string_view branch = "*") const;
    std::vector<Notice> notices(std::string_view state, int limit, std::string_view after = {}, std::string_view branch = "*") const;  // open | decided; oldest first
    std::vector<Complaint> complaints(std::string_view state, int limit, std::string_view after = {}, std::string_view branch = "*") const;
    struct Decision {
        Seconds at = 0;
        std::string ref, review, decision, reason, moderator, lang, languages, language_match, policy;
        bool final = true;
    };
    // Nothing for a review beside the branch.
    std::vector<Decision> decisions(std::string_view review, std::string_view branch = "*") const;

    // The desk: what waits for a human on the caller's branch, of all kinds in one list, by age alone (norm MOD-2).
    struct Wanted {
        std::string kind;       // review | correction | reply | notice | complaint | second: asked for a second opinion; empty: all
        std::string language;   // "fr"; empty: all
        bool mine = false;      // only what the caller may decide as he is: reads the language, is not barred
    };
    struct Item {
        std::string ref, kind, lang, subject, subject_name, opening;   // the first words
        Seconds submitted_at = 0, decide_by = 0;
        bool overdue = false, second = false;
        bool must_declare = false;
        std::string barred;     // as in View
    };
    struct Items {
        std::vector<Item> items;
        std::string next;       // "" at the end
    };
    Items tray(const Caller& caller, const Wanted& wanted, int limit, std::string_view after) const;
    // "review:ID", "reply:ID", "notice:ID", "complaint:ID", as this caller sees it.
    Result<View> view(const Caller& caller, std::string_view ref) const;
    // What waits by kind (and "late", "second"), and what the caller decided since midnight and within the hour.
    struct Tally {
        std::vector<std::pair<std::string, std::int64_t>> waiting;
        std::int64_t late = 0, second = 0, today = 0, hour = 0;
    };
    Tally tally(const Caller& caller, Seconds midnight) const;

    // Norm MOD-11. Anyone, without an account; nothing is hidden by it (norm SUP-4). Returns the notice as kept; its state
    // says `set_aside` for a notifier who is suspended.
    struct Report {
        std::string review, reason, explanation, url, name, email, locale;
        bool good_faith = false;
    };
    Result<Notice> report(const Actor& actor, const Report& report);
    // When this member of staff reported this review: open notices, newest last.
    std::vector<Seconds> reported_by(std::string_view staff, std::string_view review) const;

    // For the author's export: the statements of reasons and their complaints, as a JSON object.
    static std::string personal_data(storage::Tx& tx, const std::vector<std::string>& reviews);

    // Norm MOD-12: what may be contested, and until when.
    struct Contestable {
        reviews::Review review;
        std::optional<reviews::Statement> statement;  // the author's way
        std::optional<Notice> notice;                 // the notifier's
        std::optional<Complaint> complaint;           // made already
        Seconds until = 0;
        bool open = false;                            // may be contested now
        std::string subject_name, locale;
    };
    Result<Contestable> contestable(std::string_view token) const;
    Result<Complaint> contest(std::string_view token, std::string_view explanation);
    // The same from the author's own space, whose door has checked that the review is the author's.
    std::optional<Contestable> contestable_of(std::string_view review) const;
    Result<Complaint> contest_of(std::string_view review, std::string_view explanation);

    // Norm MOD-2: the last twelve months, and the days before as they were kept.
    struct Fairness {
        Seconds at = 0, from = 0, to = 0;
        stats::Equality figures;
    };
    Fairness fairness() const;
    // How the signals of the last year did on the caller's branch, each against what humans decided.
    std::vector<SignalFigure> signals(const Actor& actor) const;
    void watch_fairness();   // once a day: keeps the figures; alerts headquarters and auditors
    // What a running server does every minute: reminders, lapses, escalation, publication at the announced time (norm MOD-4).
    void watch_delays();

private:
    friend struct Work;   // the stage's inside, see work.h
    storage::Db& db_;
    const Clock& clock_;
    std::shared_ptr<const text::Detectors> detectors_;
    Options options_;
};

}  // namespace verbatim::moderate
