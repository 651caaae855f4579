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
};

struct Call {
    Seconds at = 0;
    std::string by, outcome, note;  // outcome: reached | not_reached | call_back
};

struct Case {
    std::string id, review, site;
    std::string why;           // rating | criterion | recommend | contact_me
    Seconds opened_at = 0, due_at = 0;
    Seconds first_call_at = 0; // 0: nobody called yet
    Seconds closed_at = 0;
    bool breached = false;     // no call within the time; stays
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

// Retention (norm GDP-5): notes of calls before that moment go, the calls stay counted. At most `limit`; how many.
std::int64_t purge_notes(storage::Tx& tx, Seconds before, int limit);

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
    // Registers kind "recover": reminder, escalation, breach.
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
    storage::Db& db_;
    const Clock& clock_;
    Options options_;
};

}  // namespace verbatim::recover
