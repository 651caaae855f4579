// The point of sale's right of reply (norms SUP-1, SUP-5): free, to every published review, good ones too. What is new gathers for
// a day and goes to the site in one letter, with a link to answer each.
#pragma once

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
#include "record/links/links.h"
#include "record/reviews/reviews.h"

namespace verbatim::reply {

std::span<const storage::Migration> migrations();

inline constexpr std::size_t body_limit = 4000;  // Unicode code points
inline constexpr Seconds announced = 7 * one_day;  // a reply is shown with its review within that time (norm SUP-1)

struct Options {
    std::string base_url;
    int digest_minutes = 1440;  // how long new reviews gather
    int link_days = 60;
};

// What stands behind /answer/{token}.
struct View {
    links::State link = links::State::open;
    std::string holder, site_name, timezone;
    reviews::Review review;
    std::optional<reviews::Reply> reply;
};

// How a site uses its right, over the reviews published since a moment.
struct SiteReplies {
    std::string site;
    std::int64_t published = 0, answered = 0, within = 0;  // within: answered in public within seven days of publication
    std::int64_t open_late = 0;                            // older than seven days and not answered
    std::optional<Seconds> p50, p95;                       // from publication to the public answer
    Seconds longest_shown = 0;                             // from a reply's submission to its publication: the norm's own delay
};
std::vector<SiteReplies> replies_by_site(storage::Tx& tx, Seconds since, Seconds now, std::string_view branch = "*");

class Reply {
public:
    Reply(storage::Db& db, const Clock& clock, Options options = {});
    // Stores the proposal; detectors look at it and it appears under the review. Returns its id.
    // `author` is what the public reads: the site's name.
    Result<std::string> propose(const Actor& actor, std::string_view review, std::string_view body, std::string_view author);

    // Event: a review of a site is public; it joins the site's next letter.
    void on_published(storage::Tx& tx, std::string_view review) const;
    // Event: the review is gone; nobody answers it any more.
    void on_ended(storage::Tx& tx, std::string_view review) const;
    void handle(jobs::Runner& runner);  // registers kind "reply_digest"

    Result<View> view(std::string_view token) const;
    Result<std::string> answer(std::string_view token, std::string_view body);
    std::vector<SiteReplies> by_site(const Actor& actor) const;  // of the last twelve months, as far as the actor reaches

private:
    Result<void> send_digest(const jobs::Job& job);
    storage::Db& db_;
    const Clock& clock_;
    Options options_;
};

}  // namespace verbatim::reply
