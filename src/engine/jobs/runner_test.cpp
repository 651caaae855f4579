// Runners with threads of their own, several on one database, and one that is killed.
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "engine/jobs/fixture.h"
#include "engine/storage/child_process.h"

namespace verbatim::jobs {
namespace {

using namespace std::chrono_literals;

class Runners : public JobsOnBothEngines {
protected:
    // Waits until `done` holds; has an end only so that a broken runner fails instead of hanging.
    template <class F>
    bool wait_until(F&& condition) {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, 30s, condition);
    }
    std::mutex mutex;
    std::condition_variable changed;
    std::map<std::string, int> runs;  // by payload
    void ran(const std::string& payload) {
        {
            const std::lock_guard lock(mutex);
            ++runs[payload];
        }
        changed.notify_all();
    }
};
VERBATIM_ON_BOTH_ENGINES(Runners);

TEST_P(Runners, AnEnqueueWakesARunnerInAnotherDb) {
    const SystemClock real;
    const auto other = scratch->open();
    Runner runner(*other, real);
    runner.handle("k", [&](const Job& job) -> Result<void> {
        ran(job.payload);
        return {};
    });
    runner.start();
    for (const std::string payload : {"1", "2", "3"}) {
        db->write([&](storage::Tx& tx) { enqueue(tx, real, "k", payload); });
        EXPECT_TRUE(wait_until([&] { return runs.contains(payload); })) << payload;
    }
    runner.stop();
    EXPECT_EQ(count().waiting + count().running, 0) << "what is done is marked before stop() returns";
}

TEST_P(Runners, ATimerWakesForALaterMoment) {
    const SystemClock real;
    Runner runner(*db, real);
    Seconds at = 0;
    runner.handle("k", [&](const Job& job) -> Result<void> {
        at = real.now();
        ran(job.payload);
        return {};
    });
    runner.start();
    const Seconds wanted = real.now() + 2;
    db->write([&](storage::Tx& tx) { enqueue(tx, real, "k", "later", {.run_at = wanted}); });
    EXPECT_TRUE(wait_until([&] { return runs.contains("later"); }));
    EXPECT_GE(at, wanted);
    EXPECT_LE(at, wanted + 3);
    runner.stop();
}

TEST_P(Runners, TwoRunnersNeverRunAJobTwice) {
    constexpr int jobs = 600;
    const auto other = scratch->open();
    std::atomic<int> together{0};
    std::atomic<int> most_together{0};
    Runner::Options options;
    options.threads = 3;
    options.batch = 16;
    const SystemClock real;
    Runner one(*db, real, options);
    Runner two(*other, real, options);
    for (Runner* runner : {&one, &two}) {
        runner->handle("k", [&](const Job& job) -> Result<void> {
            most_together = std::max(most_together.load(), ++together);
            ran(job.payload);
            --together;
            return {};
        });
        runner->handle_batch("b", [&](std::span<const Job> batch) {
            for (const auto& job : batch) ran(job.payload);
            return std::vector<Result<void>>(batch.size());
        });
        runner->start();
    }
    for (int i = 0; i < jobs; i += 6) {
        db->write([&](storage::Tx& tx) {
            for (int n = i; n < i + 6; ++n) enqueue(tx, real, n % 2 == 0 ? "k" : "b", std::to_string(n));
        });
    }
    EXPECT_TRUE(wait_until([&] { return runs.size() == jobs; })) << runs.size();
    one.stop();
    two.stop();
    for (const auto& [payload, times] : runs) EXPECT_EQ(times, 1) << payload;
    EXPECT_EQ(count().waiting + count().running + count().dead, 0);
}

TEST_P(Runners, StopLetsHandlersEndAndGivesBackTheRest) {
    const SystemClock real;
    Runner::Options options;
    options.threads = 1;
    Runner runner(*db, real, options);
    std::atomic<bool> begun{false};
    std::atomic<bool> may_end{false};
    std::atomic<int> ended{0};
    runner.handle("k", [&](const Job& job) -> Result<void> {
        begun = true;
        ran(job.payload);
        while (!may_end) std::this_thread::yield();
        ++ended;
        return {};
    });
    db->write([&](storage::Tx& tx) {
        for (int i = 0; i < 10; ++i) enqueue(tx, real, "k", std::to_string(i), {.unique_key = std::to_string(i)});
    });
    runner.start();
    EXPECT_TRUE(wait_until([&] { return begun.load(); }));
    std::thread stopper([&] { runner.stop(); });
    may_end = true;
    stopper.join();
    EXPECT_GE(ended, 1);
    EXPECT_EQ(count().running, 0);
    EXPECT_EQ(count().waiting, 10 - ended);
    EXPECT_EQ(db->read([](storage::Tx& tx) { return tx.value<std::int64_t>("SELECT coalesce(sum(attempt), 0) FROM job"); }), 0) << "not begun is no attempt";
}

// Claims what there is and never comes back.
TEST(RunnerChild, DISABLED_IsKilledAtWork) {
    const auto db = storage::Db::open(storage::ChildProcess::url());
    const ManualClock clock(1'800'000'000);
    Runner runner(*db, clock);
    runner.handle("k", [&](const Job& job) -> Result<void> {
        storage::ChildProcess::report(job.payload);
        for (;;) std::this_thread::sleep_for(1h);
    });
    runner.run_due();
}

TEST_P(Runners, AKilledWorkersJobsAreRescued) {
    enqueue_one("k", "begun");
    enqueue_one("k", "claimed");
    storage::ChildProcess child("RunnerChild.DISABLED_IsKilledAtWork", scratch->url());
    ASSERT_EQ(child.line(), "begun");
    child.kill();
    child.wait();
    Runner runner(*db, clock);
    std::vector<int> attempts;
    runner.handle("k", [&](const Job& job) -> Result<void> {
        attempts.push_back(job.attempt);
        ran(job.payload);
        return {};
    });
    EXPECT_EQ(count().running, 2);
    clock.advance(299);
    EXPECT_EQ(runner.run_due(), 0) << "its lease still holds";
    clock.advance(1);
    EXPECT_EQ(runner.run_due(), 2);
    EXPECT_EQ(attempts, (std::vector<int>{1, 1})) << "the end of its worker is no failure of the job";
    EXPECT_EQ(count().running + count().waiting, 0);
}

// A platform that is started again after a crash does not let its customers wait for a lease.
TEST_P(Runners, AStartOnTheSameMachineTakesAKilledWorkersJobsBackAtOnce) {
    enqueue_one("k", "begun");
    enqueue_one("k", "claimed");
    storage::ChildProcess child("RunnerChild.DISABLED_IsKilledAtWork", scratch->url());
    ASSERT_EQ(child.line(), "begun");
    Runner beside(*db, clock);
    keep(beside, "k");
    beside.start();
    beside.stop();
    EXPECT_EQ(count().running, 2) << "it lives";
    child.kill();
    child.wait();
    Runner runner(*db, clock);
    runner.handle("k", [&](const Job& job) -> Result<void> {
        ran(job.payload);
        return {};
    });
    runner.start();
    EXPECT_TRUE(wait_until([&] { return runs.size() == 2; }));
    runner.stop();
    EXPECT_EQ(count().running + count().waiting, 0);
    EXPECT_EQ(runs["begun"], 1);
    EXPECT_EQ(runs["claimed"], 1);
}

// On PostgreSQL a transaction that meets a waiting twin holds it until its own commit; else the twin could run before, and
// miss what the transaction commits.
TEST_P(Runners, ATwinIsNotRunBeforeTheTransactionThatReliesOnIt) {
    enqueue_one("k", "twin", {.unique_key = "x"});
    Runner runner(*db, clock);
    runner.handle("k", [&](const Job& job) -> Result<void> {
        ran(job.payload);
        return {};
    });
    if (GetParam() == storage::Engine::postgresql) {
        db->write([&](storage::Tx& tx) {
            enqueue(tx, clock, "k", "second", {.unique_key = "x"});
            std::thread([&] { EXPECT_EQ(runner.run_due(), 0); }).join();
        });
    }
    EXPECT_EQ(runner.run_due(), 1);
    EXPECT_EQ(runs["twin"], 1);
}

}  // namespace
}  // namespace verbatim::jobs
