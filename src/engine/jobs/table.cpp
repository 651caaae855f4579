#include "engine/jobs/table.h"

#include <algorithm>

namespace verbatim::jobs {
namespace {

// Kind by kind, each from its index: a campaign of another runner's kind, however many of it wait, is not looked through.
constexpr storage::Sql claim_jobs = {
    "UPDATE job SET state = 1, attempt = attempt + 1, claimed_until = $1, claimed_by = $2 WHERE id IN"
    " (SELECT due.id FROM json_each($4) AS k CROSS JOIN job AS due WHERE due.id IN"
    " (SELECT j.id FROM job AS j WHERE j.state = 0 AND j.kind = k.value AND j.run_at <= $3 ORDER BY j.run_at, j.id LIMIT $5)"
    " ORDER BY due.run_at, due.id LIMIT $5)"
    " RETURNING id, kind, payload, attempt, run_at",
    // SKIP LOCKED: two runners never wait for each other, and pass by what an enqueuing transaction still holds.
    "UPDATE job SET state = 1, attempt = attempt + 1, claimed_until = $1, claimed_by = $2 WHERE id IN"
    " (SELECT due.id FROM jsonb_array_elements_text(CAST($4 AS JSONB)) AS k(kind) CROSS JOIN LATERAL"
    " (SELECT j.id, j.run_at FROM job AS j WHERE j.state = 0 AND j.kind = k.kind AND j.run_at <= $3 ORDER BY j.run_at, j.id LIMIT $5 FOR UPDATE SKIP LOCKED) AS due"
    " ORDER BY due.run_at, due.id LIMIT $5)"
    " RETURNING id, kind, payload, attempt, run_at"};
constexpr storage::Sql delete_job = "DELETE FROM job WHERE id = $1 AND claimed_by = $2 AND state = 1";
constexpr storage::Sql extend_job = "UPDATE job SET claimed_until = $1 WHERE id = $2 AND claimed_by = $3 AND state = 1";
constexpr storage::Sql delete_with_twin =
    "DELETE FROM job WHERE id = $1 AND claimed_by = $2 AND state = 1 AND unique_key IS NOT NULL AND attempt < max_attempts"
    " AND EXISTS (SELECT 1 FROM job AS twin WHERE twin.kind = job.kind AND twin.unique_key = job.unique_key AND twin.state = 0)";
constexpr storage::Sql return_job =
    "UPDATE job SET state = CASE WHEN attempt >= max_attempts THEN 2 ELSE 0 END, run_at = $1, last_error = $2, claimed_until = 0, claimed_by = ''"
    " WHERE id = $3 AND claimed_by = $4 AND state = 1";
constexpr storage::Sql select_dead = "SELECT 1 FROM job WHERE id = $1 AND state = 2";
constexpr storage::Sql delete_lost_with_twin =
    "DELETE FROM job WHERE id = $1 AND claimed_by = $2 AND state = 1 AND unique_key IS NOT NULL AND lost + 1 < $3"
    " AND EXISTS (SELECT 1 FROM job AS twin WHERE twin.kind = job.kind AND twin.unique_key = job.unique_key AND twin.state = 0)";
constexpr storage::Sql return_lost =
    "UPDATE job SET state = CASE WHEN lost + 1 >= $1 THEN 2 ELSE 0 END, lost = lost + 1, attempt = attempt - 1, run_at = $2, last_error = $3,"
    " claimed_until = 0, claimed_by = '' WHERE id = $4 AND claimed_by = $5 AND state = 1";
constexpr storage::Sql take_back_attempt = "UPDATE job SET attempt = attempt - 1 WHERE id = $1 AND claimed_by = $2 AND state = 1";
constexpr storage::Sql select_lost = {
    "SELECT id, kind, payload, attempt, claimed_by, lost FROM job WHERE state = 1 AND claimed_until <= $1 ORDER BY claimed_until LIMIT $2",
    "SELECT id, kind, payload, attempt, claimed_by, lost FROM job WHERE state = 1 AND claimed_until <= $1 ORDER BY claimed_until LIMIT $2"
    " FOR UPDATE SKIP LOCKED"};
constexpr storage::Sql select_held = "SELECT id, kind, payload, attempt, claimed_by, lost FROM job WHERE state = 1 ORDER BY claimed_until LIMIT $1";
constexpr storage::Sql select_next_waiting = {
    "SELECT min((SELECT run_at FROM job WHERE state = 0 AND kind = k.value ORDER BY run_at, id LIMIT 1)) FROM json_each($1) AS k",
    "SELECT min(next.run_at) FROM jsonb_array_elements_text(CAST($1 AS JSONB)) AS k(kind) CROSS JOIN LATERAL"
    " (SELECT run_at FROM job WHERE state = 0 AND kind = k.kind ORDER BY run_at, id LIMIT 1) AS next"};
constexpr storage::Sql select_next_lost = "SELECT min(claimed_until) FROM job WHERE state = 1";

constexpr storage::Sql insert_schedule =
    "INSERT INTO job_schedule (name, next_at, claimed_until, claimed_by) VALUES ($1, $2, 0, '') ON CONFLICT (name) DO NOTHING";
constexpr storage::Sql claim_moment =
    "UPDATE job_schedule SET next_at = $1, claimed_until = $2, claimed_by = $3 WHERE name = $4 AND next_at <= $5 AND claimed_until <= $5";
// A moment that is due but held comes free when its holder ends or is given up.
constexpr storage::Sql select_moment = "SELECT CASE WHEN claimed_until > next_at THEN claimed_until ELSE next_at END FROM job_schedule WHERE name = $1";
constexpr storage::Sql free_moment = "UPDATE job_schedule SET claimed_until = 0, claimed_by = '' WHERE name = $1 AND claimed_by = $2";

}  // namespace

std::vector<Job> claim_due(storage::Tx& tx, const std::string& kinds, Seconds now, Seconds until, const std::string& claim, int most) {
    auto found = tx.rows<std::int64_t, std::string, std::string, int, Seconds>(claim_jobs, until, claim, now, kinds, most);
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return std::tie(std::get<4>(a), std::get<0>(a)) < std::tie(std::get<4>(b), std::get<0>(b));
    });
    std::vector<Job> jobs;
    jobs.reserve(found.size());
    for (auto& [id, kind, payload, attempt, run_at] : found) jobs.push_back({id, std::move(kind), std::move(payload), attempt, claim});
    return jobs;
}

bool delete_claimed(storage::Tx& tx, const Job& job) { return tx.exec(delete_job, job.id, job.claim) == 1; }

std::int64_t delete_claimed(storage::Tx& tx, std::span<const Job> jobs) {
    std::vector<std::tuple<std::int64_t, std::string_view>> rows;
    rows.reserve(jobs.size());
    for (const auto& job : jobs) rows.emplace_back(job.id, job.claim);
    return tx.exec_many(delete_job, rows);
}

bool extend_claim(storage::Tx& tx, const Job& job, Seconds until) { return tx.exec(extend_job, until, job.id, job.claim) == 1; }

bool give_back(storage::Tx& tx, const Job& job, Seconds run_at, const std::string& error, bool begun) {
    if (!begun) tx.exec(take_back_attempt, job.id, job.claim);
    tx.exec(delete_with_twin, job.id, job.claim);
    return tx.exec(return_job, run_at, error, job.id, job.claim) == 1 && tx.row<int>(select_dead, job.id).has_value();
}

void give_back_lost(storage::Tx& tx, const std::vector<std::pair<Lost, Seconds>>& jobs) {
    if (jobs.empty()) return;
    std::vector<std::tuple<std::int64_t, std::string_view, int>> keys;
    std::vector<std::tuple<int, Seconds, std::string_view, std::int64_t, std::string_view>> rows;
    for (const auto& [lost, run_at] : jobs) {
        keys.emplace_back(lost.job.id, lost.job.claim, lost_at_most);
        rows.emplace_back(lost_at_most, run_at, "its worker ended before the job did", lost.job.id, lost.job.claim);
    }
    tx.exec_many(delete_lost_with_twin, keys);
    tx.exec_many(return_lost, rows);
}

namespace {

using LostRows = std::vector<std::tuple<std::int64_t, std::string, std::string, int, std::string, int>>;

std::vector<Lost> lost_of(LostRows rows) {
    std::vector<Lost> jobs;
    jobs.reserve(rows.size());
    for (auto& [id, kind, payload, attempt, claim, before] : rows) jobs.push_back({{id, std::move(kind), std::move(payload), attempt, std::move(claim)}, before});
    return jobs;
}

}  // namespace

std::vector<Lost> lost_jobs(storage::Tx& tx, Seconds now, int most) {
    return lost_of(tx.rows<std::int64_t, std::string, std::string, int, std::string, int>(select_lost, now, most));
}

std::vector<Lost> held_jobs(storage::Tx& tx, int most) {
    return lost_of(tx.rows<std::int64_t, std::string, std::string, int, std::string, int>(select_held, most));
}

std::vector<std::tuple<std::string, std::string>> held_schedules(storage::Tx& tx) {
    return tx.rows<std::string, std::string>("SELECT name, claimed_by FROM job_schedule WHERE claimed_by <> ''");
}

std::optional<Seconds> next_moment(storage::Tx& tx, const std::string& kinds) {
    auto next = tx.value<std::optional<Seconds>>(select_next_waiting, kinds);
    const auto lost = tx.value<std::optional<Seconds>>(select_next_lost);
    if (lost && (!next || *lost < *next)) next = lost;
    return next;
}

Turn claim_schedule(storage::Tx& tx, const std::string& name, Seconds now, Seconds period, Seconds until, const std::string& claim) {
    const auto known = tx.row<Seconds>(select_moment, name);
    if (!known) tx.exec(insert_schedule, name, now);
    if (known && *known > now) return {false, *known};
    if (tx.exec(claim_moment, now + period, until, claim, name, now) == 1) return {true, now + period};
    return {false, tx.value<Seconds>(select_moment, name)};
}

void end_schedule(storage::Tx& tx, const std::string& name, const std::string& claim) { tx.exec(free_moment, name, claim); }

}  // namespace verbatim::jobs
