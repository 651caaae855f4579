// The plan runs: whoever is due is decided about, each decision is a durable row, and what is to go is handed over to record/contact in
// the same transaction. Killed at any point, the next look finds what is open and nothing twice: a touchpoint is one row by person,
// vehicle, campaign and day, and its message has one key.
//
// A look costs what is due, not who is known: with each person stands the moment at which something is to be decided next. A version that
// holds since is decided about everybody once, in the order of their numbers; how far that has come is kept, and a killed look goes on there.
#pragma once

#include <functional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "engine/jobs/jobs.h"
#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "life/plan/clicks.h"
#include "life/plan/compare.h"
#include "life/plan/dry_run.h"
#include "life/plan/history.h"
#include "life/plan/people.h"
#include "life/plan/retarget.h"
#include "life/plan/splits.h"
#include "life/plan/versions.h"

namespace verbatim::plan {

struct RunOptions {
    std::string brand, base_url;
    int slice = 500;  // people read and decided in one snapshot; as many slices at once as there are processors, four at most
    std::vector<std::string> seeds = {};  // addresses of the house: get a letter of each campaign when its first goes
};

// A plan is published only after a dry run without a miss, or where it was said that such letters are to be held back.
struct PublishWish {
    bool hold_back = false;
    std::int64_t most_people = 0;  // of the dry run
};

struct Looked {
    std::int64_t people = 0, sent = 0, held_back = 0;
};

class CallDesk;  // calls.h

class Run {
public:
    Run(storage::Db& db, const Clock& clock, Sources sources, RunOptions options);
    void handle(jobs::Runner& runner);  // every minute

    // Decides all that is due now; the job does this.
    Looked look();

    // From now on where `from` is 0. Permission and branch are asked here: admin or crm, of the whole.
    Result<Version> publish(const Actor& actor, std::string_view body, Seconds from, const PublishWish& wish = {});
    // The same as publish() does before it, and nothing holds.
    Result<DryRun> dry_run(const Actor& actor, std::string_view body, Seconds from, const DryWish& wish);
    // One campaign's letters for an invented person, each variant in this language, to these addresses or, without one, to the seeds.
    // How many went. Errors "campaign_unknown", "nobody", "too_many".
    Result<int> test(const Actor& actor, std::string_view body, std::string_view campaign, std::span<const std::string> to, std::string_view language);
    static constexpr std::size_t most_testers = 20;
    // Something of a person that no table of the platform knows: sold, deceased, recall, improvement, or a day of the vehicle
    // (warranty_end, contract_end, finance_end, inspection_due). Error "what_unknown".
    Result<void> tell(const Actor& actor, std::string_view customer, std::string_view vin, std::string_view what, std::int64_t day);

    // What is there, for who may read the plan. The newest first; the one that holds now, or nothing; one by its number, 0 the packaged one.
    std::vector<Version> versions(int limit) const;
    std::optional<Version> current() const;
    std::optional<Version> version(std::int64_t number) const;
    Result<std::vector<Change>> compare(std::int64_t a, std::int64_t b) const;
    // By the importer's number; of the whole only, for a customer has no branch. Error "unknown".
    Result<std::vector<Touchpoint>> touchpoints(const Actor& actor, std::string_view customer_number, int limit) const;
    // Of letters that went in this span, a year at most, and what followed within `days` of each.
    Result<std::vector<Effect>> effects(const Actor& actor, Seconds from, Seconds until, int days, By by) const;
    // What each campaign wants and how often it got it; splits and how they ended; who got a letter and did not come.
    Result<std::vector<GoalFigure>> goals(const Actor& actor, Seconds from, Seconds until) const;
    Result<std::vector<Split>> splits(const Actor& actor) const;
    Result<List> list(const Actor& actor, const ListWish& wish) const;
    CallDesk calls() const;
    // Where a signed link leads, noted as clicked; nothing where the link is not ours.
    std::optional<std::string> follow(std::string_view token, std::string_view target, bool robot);
    // A letter's picture was asked for; a token that is not ours says nothing.
    void opened(std::string_view token, bool robot);
    Result<std::vector<CampaignFigure>> figures(const Actor& actor, Seconds from, Seconds until) const;

private:
    struct Work;   // run_work.h
    struct Slice;
    void begin_and_judge(Plan& plan);
    void take_in();  // who is new, and about whom something is
    void decide_everybody(const Work& work, Looked& looked) const;
    void decide_due(const Work& work, Looked& looked) const;
    std::vector<Slice> slices(storage::Sql heads, std::int64_t parameter) const;
    void decide(const Work& work, std::vector<Sites>& sites, std::vector<Slice>& slices) const;
    void decide(const Work& work, Sites& sites, Slice& slice) const;
    void write_down(const Work& work, Sites& sites, Slice& slice, bool all, Looked& looked) const;
    void settle(storage::Tx& tx, const Work& work, Sites& sites, Slice& slice, std::size_t member, Looked& looked) const;
    void copy_to_seeds(storage::Tx& tx, const Rules& rules, const Version& version, const Member& member, const Touch& touch) const;
    Outcome hand_over(storage::Tx& tx, const Rules& rules, Sites& sites, const Member& member, const Touch& touch) const;

    storage::Db& db_;
    const Clock& clock_;
    Sources sources_;
    RunOptions options_;
    Seconds judged_at_ = 0;                 // by this process; the rows say when each was counted
    mutable std::set<std::string> seeded_;  // keys of copies that are there; the row is what counts
};

// Whoever runs the platform, and staff who reach all of it; what a role may is asked at the door.
bool of_the_whole(const Actor& actor);

// The key of a touchpoint's message, for ever.
std::string message_key(std::int64_t person, int vehicle, std::string_view campaign, std::int64_t due_day);

}  // namespace verbatim::plan
