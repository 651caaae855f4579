// The job table as a runner sees it: claim, finish, retry, take back. Inside this module.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/jobs/jobs.h"

namespace verbatim::jobs {

inline constexpr const char* channel = "jobs";
inline constexpr const char* due = "due";      // something should run now
inline constexpr const char* later = "later";  // something was put down for a later moment

// The oldest due jobs of these kinds (a JSON array of names), at most `most`, now claimed by `claim` until `until`.
std::vector<Job> claim_due(storage::Tx& tx, const std::string& kinds, Seconds now, Seconds until, const std::string& claim, int most);
// False where the claim is no longer held.
bool delete_claimed(storage::Tx& tx, const Job& job);
std::int64_t delete_claimed(storage::Tx& tx, std::span<const Job> jobs);  // how many were there
// Longer hold on a job not yet begun; false where the claim is no longer held.
bool extend_claim(storage::Tx& tx, const Job& job, Seconds until);
// Back to waiting until run_at, or dead where its attempts are used up. With a waiting twin of the same key it is deleted: the
// twin does the work. `begun` false takes the attempt back. True where it is dead now.
bool give_back(storage::Tx& tx, const Job& job, Seconds run_at, const std::string& error, bool begun);
// A job whose worker died, and how often that happened to it before.
struct Lost {
    Job job;
    int before = 0;
};
// The end of a worker is not the job's failure, so no attempt is used up. But a job may be what kills its workers: after the first few
// times it pauses, twice as long each time and by chance, which parts it from those that were only beside it, and in the end it is dead.
inline constexpr int lost_at_once = 8, lost_at_most = 24;
// Jobs whose claim ran out before `now`, at most `most`.
std::vector<Lost> lost_jobs(storage::Tx& tx, Seconds now, int most);
// What somebody holds now, and who: jobs, at most `most`, and schedules by name.
std::vector<Lost> held_jobs(storage::Tx& tx, int most);
// Back to waiting, each at the moment beside it, or dead. A waiting twin does the work, as in give_back().
void give_back_lost(storage::Tx& tx, const std::vector<std::pair<Lost, Seconds>>& jobs);
std::vector<std::tuple<std::string, std::string>> held_schedules(storage::Tx& tx);
// When something will have to be done next: a waiting job of these kinds, or a claim that runs out.
std::optional<Seconds> next_moment(storage::Tx& tx, const std::string& kinds);

// The schedule row: claims the moment where it is due and nobody holds it; returns when it is next due otherwise.
struct Turn {
    bool mine = false;
    Seconds next_at = 0;
};
Turn claim_schedule(storage::Tx& tx, const std::string& name, Seconds now, Seconds period, Seconds until, const std::string& claim);
void end_schedule(storage::Tx& tx, const std::string& name, const std::string& claim);

}  // namespace verbatim::jobs
