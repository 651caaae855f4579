// The durable queue. Work is enqueued in the transaction that causes it, so it exists exactly when its cause does; a runner
// claims, retries with backoff, schedules and rescues what a dead worker left. Several processes may run runners on one
// database: PostgreSQL claims with SKIP LOCKED, SQLite through its writer. A job may run more than once (killed after its
// work, before its finish): handlers are idempotent, or finish the job in the transaction that does the work.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"

namespace verbatim::jobs {

struct Job {
    std::int64_t id = 0;
    std::string kind;     // "moderate"
    std::string payload;  // the handler's own; short, usually an id
    int attempt = 1;      // 1 the first time
    std::string claim;    // whose it is now; a claim that ran out is another's
};

struct Wish {
    Seconds run_at = 0;          // not before; 0 is at once
    std::string unique_key = {};  // with a waiting job of the same kind and key, no second one is made; it runs at the earlier moment
    int max_attempts = 12;       // then the job is kept as dead, counted in metrics, and left for a human
};

void enqueue(storage::Tx& tx, const Clock& clock, std::string_view kind, std::string_view payload, const Wish& wish = {});
// The same for many payloads in one go; wish.unique_key must be empty.
void enqueue_many(storage::Tx& tx, const Clock& clock, std::string_view kind, std::span<const std::string> payloads, const Wish& wish = {});

// Thrown by finish(): the claim ran out and the job is someone else's, so this transaction must not happen.
struct ClaimLost : std::runtime_error {
    using std::runtime_error::runtime_error;
};
// Marks a claimed job done inside the transaction that does its work (exactly once, then).
void finish(storage::Tx& tx, const Job& job);
void finish(storage::Tx& tx, std::span<const Job> jobs);  // all, or ClaimLost
// Waiting jobs of this kind and key are taken back.
void cancel(storage::Tx& tx, std::string_view kind, std::string_view unique_key);

std::span<const storage::Migration> migrations();

struct Counts {
    std::int64_t waiting = 0, running = 0, dead = 0;
    Seconds oldest_due = 0;  // age of the oldest job that should have run, 0 where none
};
Counts counts(storage::Tx& tx, Seconds now);

class Runner {
public:
    struct Options {
        int threads = 2;
        int batch = 64;                 // most jobs claimed at once, and most a batch handler is given
        int gather_ms = 10;             // under load, how long a runner lets jobs gather before it claims again
        Seconds lease = 300;            // a running job older than this is taken back (its worker died): longer than any handler;
                                        // what a killed process of the same machine held is taken back at the next start()
        Seconds backoff_first = 10;     // doubles at each attempt, up to backoff_most, with jitter
        Seconds backoff_most = 6 * 3600;
    };
    Runner(storage::Db& db, const Clock& clock, Options options);
    Runner(storage::Db& db, const Clock& clock) : Runner(db, clock, Options{}) {}
    ~Runner();

    // An Error is a failed attempt and its message is kept with the job; so is an exception.
    void handle(std::string kind, std::function<Result<void>(const Job&)> handler);
    // Up to Options::batch jobs of one kind at once; returns one Result a job, in order. Jobs it finished itself are fine.
    void handle_batch(std::string kind, std::function<std::vector<Result<void>>(std::span<const Job>)> handler);
    // Calls fn about every `period` seconds on one node at a time (a lease in the database): sweeps and reminders.
    void every(std::string name, Seconds period, std::function<void()> fn);

    void start();
    void stop();       // lets running handlers end, claims nothing more
    // Runs everything due now on the caller's thread, and what that causes, until nothing is due: for tests, stories and the
    // demo. Returns how many jobs it ran (calls of every() not counted).
    int run_due();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace verbatim::jobs
