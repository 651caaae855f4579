#include "engine/jobs/jobs.h"

#include "engine/jobs/progress.h"
#include "engine/jobs/table.h"

namespace verbatim::jobs {
namespace {

constexpr storage::Migration steps[] = {
    {"jobs", 1, "jobs and schedules",
     R"sql(
-- state: 0 waiting, 1 running (claimed_by, until claimed_until), 2 dead (kept for a human). A finished job is deleted.
CREATE TABLE job (
    id SERIAL_KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    unique_key TEXT,
    state INTEGER NOT NULL,
    run_at BIGINT NOT NULL,
    attempt INTEGER NOT NULL,
    max_attempts INTEGER NOT NULL,
    claimed_until BIGINT NOT NULL,
    claimed_by TEXT NOT NULL,
    last_error TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX job_unique ON job (kind, unique_key) WHERE state = 0 AND unique_key IS NOT NULL;
CREATE INDEX job_waiting ON job (run_at, id) WHERE state = 0;
CREATE INDEX job_running ON job (claimed_until) WHERE state = 1;
CREATE INDEX job_dead ON job (id) WHERE state = 2;

-- What runs every so often on one node at a time: who claimed the moment next_at, and until when it may hold it.
CREATE TABLE job_schedule (
    name TEXT NOT NULL PRIMARY KEY,
    next_at BIGINT NOT NULL,
    claimed_until BIGINT NOT NULL,
    claimed_by TEXT NOT NULL
);
)sql"},
    {"jobs", 2, "what a worker's death took is counted apart from failed attempts; what waits is found by its kind",
     R"sql(
ALTER TABLE job ADD COLUMN lost INTEGER NOT NULL DEFAULT 0;
CREATE INDEX job_waiting_kind ON job (kind, run_at, id) WHERE state = 0;
DROP INDEX job_waiting;
)sql"},
};

// With a waiting twin the earlier moment counts. The conflicting row is locked in either case, so on PostgreSQL no runner can
// claim the twin, and miss what this transaction is about to commit.
constexpr storage::Sql insert_job =
    "INSERT INTO job (kind, payload, unique_key, state, run_at, attempt, max_attempts, claimed_until, claimed_by, last_error, created_at)"
    " VALUES ($1, $2, $3, 0, $4, 0, $5, 0, '', '', $6)"
    " ON CONFLICT (kind, unique_key) WHERE state = 0 AND unique_key IS NOT NULL"
    " DO UPDATE SET run_at = excluded.run_at WHERE excluded.run_at < job.run_at";
constexpr storage::Sql insert_plain_job =
    "INSERT INTO job (kind, payload, unique_key, state, run_at, attempt, max_attempts, claimed_until, claimed_by, last_error, created_at)"
    " VALUES ($1, $2, NULL, 0, $3, 0, $4, 0, '', '', $5)";
constexpr storage::Sql note_progress =
    "UPDATE job SET lost = 0, claimed_until = CASE WHEN claimed_until < $1 THEN $1 ELSE claimed_until END WHERE id = $2 AND claimed_by = $3 AND state = 1";
constexpr storage::Sql delete_waiting = "DELETE FROM job WHERE kind = $1 AND unique_key = $2 AND state = 0";
constexpr storage::Sql count_waiting = "SELECT count(*), min(run_at) FROM job WHERE state = 0";
constexpr storage::Sql count_running = "SELECT count(*) FROM job WHERE state = 1";
constexpr storage::Sql count_dead = "SELECT count(*) FROM job WHERE state = 2";

}  // namespace

std::span<const storage::Migration> migrations() { return steps; }

void enqueue(storage::Tx& tx, const Clock& clock, std::string_view kind, std::string_view payload, const Wish& wish) {
    const Seconds now = clock.now();
    const Seconds run_at = wish.run_at == 0 ? now : wish.run_at;
    if (wish.unique_key.empty()) tx.exec(insert_plain_job, kind, payload, run_at, wish.max_attempts, now);
    else tx.exec(insert_job, kind, payload, wish.unique_key, run_at, wish.max_attempts, now);
    tx.notify(channel, run_at <= now ? due : later);
}

void enqueue_many(storage::Tx& tx, const Clock& clock, std::string_view kind, std::span<const std::string> payloads, const Wish& wish) {
    if (!wish.unique_key.empty()) throw std::logic_error("many jobs cannot share a unique key");
    if (payloads.empty()) return;
    const Seconds now = clock.now();
    const Seconds run_at = wish.run_at == 0 ? now : wish.run_at;
    std::vector<std::tuple<std::string_view, std::string_view, Seconds, int, Seconds>> rows;
    rows.reserve(payloads.size());
    for (const auto& payload : payloads) rows.emplace_back(kind, payload, run_at, wish.max_attempts, now);
    tx.exec_many(insert_plain_job, rows);
    tx.notify(channel, run_at <= now ? due : later);
}

void finish(storage::Tx& tx, const Job& job) {
    if (!delete_claimed(tx, job)) throw ClaimLost("job " + std::to_string(job.id) + " (" + job.kind + ") was taken back meanwhile");
}

void finish(storage::Tx& tx, std::span<const Job> jobs) {
    if (delete_claimed(tx, jobs) != static_cast<std::int64_t>(jobs.size())) throw ClaimLost("a job of " + std::to_string(jobs.size()) + " was taken back meanwhile");
}

void progressed(storage::Tx& tx, const Clock& clock, const Job& job) { tx.exec(note_progress, clock.now() + Runner::Options{}.lease, job.id, job.claim); }

void cancel(storage::Tx& tx, std::string_view kind, std::string_view unique_key) { tx.exec(delete_waiting, kind, unique_key); }

Counts counts(storage::Tx& tx, Seconds now) {
    Counts found;
    const auto waiting = tx.row<std::int64_t, std::optional<Seconds>>(count_waiting);
    found.waiting = std::get<0>(*waiting);
    found.oldest_due = std::max<Seconds>(0, now - std::get<1>(*waiting).value_or(now));
    found.running = tx.value<std::int64_t>(count_running);
    found.dead = tx.value<std::int64_t>(count_dead);
    return found;
}

}  // namespace verbatim::jobs
