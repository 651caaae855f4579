// The unhappy customer is called back within 24 hours (promise 4). The clock starts at submission, whatever moderation does;
// it reminds at 12 h, escalates at 20 h, and a breach at 24 h stays visible for ever.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/jobs/jobs.h"
#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"
#include "record/links/links.h"
#include "record/reviews/reviews.h"

namespace verbatim::recover {

std::span<const storage::Migration> migrations();

struct Options {
    std::string base_url, brand;
    Seconds due = 24 * 3600, remind = 12 * 3600, escalate = 20 * 3600;
    int link_days = 60;
    int survey_days = 10;  // from the closing to the second survey
};

struct Call {
    Seconds at = 0;
    std::string by, outcome, note;  // outcome: reached | not_reached | call_back
    Seconds back_at = 0;            // call_back: when the customer asked to be called; 0: not said
};

struct Case {
    std::string id, review, site;
    std::string why;           // rating | criterion | recommend | contact_me
    Seconds opened_at = 0, due_at = 0;
    Seconds first_call_at = 0; // 0: nobody called yet
    Seconds closed_at = 0;
    bool breached = false;     // no call within the time; stays
    std::string subject = {};  // "site:CODE", what branches are cut by
    std::string stage = "open";       // open | called | closed
    Seconds next_at = 0;              // what comes next, and when; 0: nothing planned
    std::string next_what = {}, holder = {};  // holder: the e-mail of whoever it was handed over to
    std::string cause = {}, done = {}, satisfied = {};  // satisfied: yes | no | unknown, as the site heard it
    int level = 0;                    // how far it was escalated, in hours: 0 | 12 | 20 | 24

    // Late stays late: a first call after the time does not undo it.
    bool late(Seconds now) const { return breached || (first_call_at == 0 ? closed_at == 0 && due_at < now : first_call_at > due_at); }
};

struct View {
    links::State link = links::State::open;
    Case record;
    reviews::Review review;
    std::vector<Call> calls;
    std::optional<reviews::Reply> reply;
    std::string customer_name, customer_phone, customer_email, customer_locale, site_name, timezone, product_name, holder;
    std::string review_public;   // its state's word
    Seconds now = 0;
};

// Retention (norm GDP-5): notes of calls, words of the case and of its second survey before that moment go; that there were any
// stays counted. At most `limit`; how many.
std::int64_t purge_notes(storage::Tx& tx, Seconds before, int limit);
std::int64_t notes_before(storage::Tx& tx, Seconds before);

class Recover {
public:
    Recover(storage::Db& db, const Clock& clock, Options options);

    // Event: opens a case where the words ask for one (one or two stars, any criterion at one, recommendation <= 6, "please
    // call me"), mails the site and plans the reminders.
    void on_collected(storage::Tx& tx, std::string_view review) const;
    // Event: the author's words were erased; the notes of the calls go too.
    void on_erased(storage::Tx& tx, std::string_view review) const;
    // For the author's export: the calls about these reviews, as a JSON object.
    static std::string personal_data(storage::Tx& tx, const std::vector<std::string>& reviews);
    // Registers kind "recover": reminder, escalation, breach, second survey.
    void handle(jobs::Runner& runner);

    Result<View> view(std::string_view token) const;
    Result<void> note_call(std::string_view token, std::string_view outcome, std::string_view note);
    Result<void> close(std::string_view token);
    // Who acts behind this link: the staff member it was given to.
    Result<Actor> holder(std::string_view token) const;

    struct Counts {
        std::int64_t open = 0, called_in_time = 0, late = 0;
    };
    static Counts counts(storage::Tx& tx, Seconds now);

private:
    Result<void> remind(const jobs::Job& job);
    void ask_again(storage::Tx& tx, const Case& record) const;
    storage::Db& db_;
    const Clock& clock_;
    Options options_;
};

}  // namespace verbatim::recover
