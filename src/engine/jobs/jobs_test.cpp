// The queue with a clock that stands and run_due(): when a job runs, how often, and what becomes of it.
#include <set>

#include "engine/jobs/fixture.h"

namespace verbatim::jobs {
namespace {

class Jobs : public JobsOnBothEngines {};
VERBATIM_ON_BOTH_ENGINES(Jobs);

TEST_P(Jobs, WhatIsDueRunsAndWhatThatCauses) {
    Runner runner(*db, clock);
    keep(runner, "second");
    runner.handle("first", [&](const Job& job) -> Result<void> {
        seen.push_back(job.payload);
        db->write([&](storage::Tx& tx) {
            finish(tx, job);
            enqueue(tx, clock, "second", job.payload + "+");
        });
        return {};
    });
    enqueue_one("first", "a");
    EXPECT_EQ(runner.run_due(), 2);
    EXPECT_EQ(seen, (Texts{"a", "a+"}));
    EXPECT_EQ(runner.run_due(), 0);
    EXPECT_EQ(count().waiting + count().running + count().dead, 0);
}

TEST_P(Jobs, AJobExistsExactlyWhenItsCauseDoes) {
    Runner runner(*db, clock);
    keep(runner, "k");
    EXPECT_THROW(db->write([&](storage::Tx& tx) {
        enqueue(tx, clock, "k", "never");
        throw std::runtime_error("no");
    }),
                 std::runtime_error);
    EXPECT_EQ(runner.run_due(), 0);
}

TEST_P(Jobs, OldestFirstAndNotBeforeItsMoment) {
    Runner runner(*db, clock);
    keep(runner, "k");
    enqueue_one("k", "tomorrow", {.run_at = clock.now() + 86400});
    enqueue_one("k", "now 1");
    enqueue_one("k", "overdue", {.run_at = clock.now() - 60});
    enqueue_one("k", "now 2");
    EXPECT_EQ(count().oldest_due, 60);
    EXPECT_EQ(runner.run_due(), 3);
    EXPECT_EQ(seen, (Texts{"overdue", "now 1", "now 2"}));
    clock.advance(86399);
    EXPECT_EQ(runner.run_due(), 0);
    clock.advance(1);
    EXPECT_EQ(runner.run_due(), 1);
    EXPECT_EQ(seen.back(), "tomorrow");
}

TEST_P(Jobs, OneWaitingJobAUniqueKey) {
    Runner runner(*db, clock);
    keep(runner, "k");
    keep(runner, "other");
    enqueue_one("k", "first", {.run_at = clock.now() + 100, .unique_key = "x"});
    enqueue_one("k", "second", {.run_at = clock.now() + 50, .unique_key = "x"});  // the earlier moment counts
    enqueue_one("k", "third", {.run_at = clock.now() + 70, .unique_key = "x"});
    enqueue_one("k", "another key", {.run_at = clock.now() + 50, .unique_key = "y"});
    enqueue_one("other", "another kind", {.run_at = clock.now() + 50, .unique_key = "x"});
    EXPECT_EQ(count().waiting, 3);
    clock.advance(50);
    EXPECT_EQ(runner.run_due(), 3);
    EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()), (std::set<std::string>{"first", "another key", "another kind"}));
    enqueue_one("k", "again", {.unique_key = "x"});
    EXPECT_EQ(runner.run_due(), 1);
}

TEST_P(Jobs, ARunningJobDoesNotHoldBackItsKey) {
    Runner runner(*db, clock);
    runner.handle("k", [&](const Job& job) -> Result<void> {
        seen.push_back(job.payload);
        if (job.payload == "first") enqueue_one("k", "news meanwhile", {.unique_key = "x"});
        return {};
    });
    enqueue_one("k", "first", {.unique_key = "x"});
    EXPECT_EQ(runner.run_due(), 2);
    EXPECT_EQ(seen, (Texts{"first", "news meanwhile"}));
}

TEST_P(Jobs, AFailedJobWithAWaitingTwinLeavesTheWorkToIt) {
    Runner runner(*db, clock);
    runner.handle("k", [&](const Job& job) -> Result<void> {
        seen.push_back(job.payload);
        if (job.payload != "first") return {};
        enqueue_one("k", "twin", {.run_at = clock.now() + 30, .unique_key = "x"});
        return Error{ErrorKind::unavailable, "away", "the other side is away", {}};
    });
    enqueue_one("k", "first", {.unique_key = "x"});
    EXPECT_EQ(runner.run_due(), 1);
    EXPECT_EQ(count().waiting, 1);
    clock.advance(86400);
    EXPECT_EQ(runner.run_due(), 1);
    EXPECT_EQ(seen, (Texts{"first", "twin"}));
}

TEST_P(Jobs, CancelTakesBackWhatWaits) {
    Runner runner(*db, clock);
    keep(runner, "k");
    enqueue_one("k", "reminder", {.run_at = clock.now() + 10, .unique_key = "x"});
    enqueue_one("k", "kept", {.run_at = clock.now() + 10, .unique_key = "y"});
    db->write([](storage::Tx& tx) { cancel(tx, "k", "x"); });
    clock.advance(10);
    EXPECT_EQ(runner.run_due(), 1);
    EXPECT_EQ(seen, (Texts{"kept"}));
}

TEST_P(Jobs, RetriesWithBackoffThenDead) {
    Runner::Options options;
    options.backoff_first = 100;
    options.backoff_most = 300;
    Runner runner(*db, clock, options);
    std::vector<int> attempts;
    runner.handle("k", [&](const Job& job) -> Result<void> {
        attempts.push_back(job.attempt);
        if (job.attempt == 2) throw std::runtime_error("caf\xe9 broke");
        return Error{ErrorKind::unavailable, "away", "the other side is away", {}};
    });
    enqueue_one("k", "x", {.max_attempts = 4});
    // Each wait is the full one less at most a quarter.
    for (const Seconds wait : {100, 200, 300}) {
        EXPECT_EQ(runner.run_due(), 1);
        clock.advance(wait * 3 / 4 - 1);
        EXPECT_EQ(runner.run_due(), 0);
        clock.advance(wait - (wait * 3 / 4 - 1));
    }
    EXPECT_EQ(runner.run_due(), 1);
    EXPECT_EQ(attempts, (std::vector<int>{1, 2, 3, 4}));
    EXPECT_EQ(count().dead, 1);
    EXPECT_EQ(count().waiting, 0);
    clock.advance(86400);
    EXPECT_EQ(runner.run_due(), 0) << "left for a human";
    EXPECT_EQ(db->read([](storage::Tx& tx) { return tx.value<std::string>("SELECT last_error FROM job"); }), "away: the other side is away");
}

TEST_P(Jobs, AnExceptionsTextIsKeptWhateverItsBytes) {
    Runner runner(*db, clock);
    runner.handle("k", [](const Job&) -> Result<void> { throw std::runtime_error(std::string("caf\xe9\x01 ") + std::string(5000, 'x')); });
    enqueue_one("k", "x");
    runner.run_due();
    const auto kept = db->read([](storage::Tx& tx) { return tx.value<std::string>("SELECT last_error FROM job"); });
    EXPECT_EQ(kept.substr(0, 18), "exception: caf?? x");
    EXPECT_EQ(kept.size(), 1000u);
}

TEST_P(Jobs, UnhandledKindsWaitForOthers) {
    Runner runner(*db, clock);
    keep(runner, "mine");
    enqueue_one("of a newer version", "x");
    enqueue_one("mine", "y");
    EXPECT_EQ(runner.run_due(), 1);
    EXPECT_EQ(count().waiting, 1);
}

TEST_P(Jobs, BatchesHaveOneKindAndOneAnswerEach) {
    Runner::Options options;
    options.batch = 10;
    Runner runner(*db, clock, options);
    std::vector<std::size_t> sizes;
    runner.handle_batch("b", [&](std::span<const Job> jobs) {
        sizes.push_back(jobs.size());
        std::vector<Result<void>> results;
        for (const auto& job : jobs) {
            EXPECT_EQ(job.kind, "b");
            seen.push_back(job.payload);
            if (job.payload == "3" && job.attempt == 1) results.push_back(conflict("no", "not yet"));
            else results.emplace_back();
        }
        return results;
    });
    keep(runner, "s");
    std::vector<std::string> payloads;
    for (int i = 0; i < 25; ++i) payloads.push_back(std::to_string(i));
    db->write([&](storage::Tx& tx) {
        enqueue_many(tx, clock, "b", std::span<const std::string>(payloads).first(12), {});
        enqueue(tx, clock, "s", "single");
        enqueue_many(tx, clock, "b", std::span<const std::string>(payloads).subspan(12), {});
    });
    EXPECT_EQ(runner.run_due(), 26);
    EXPECT_EQ(seen.size(), 26u);
    EXPECT_EQ(*std::max_element(sizes.begin(), sizes.end()), 10u);
    EXPECT_EQ(count().waiting, 1) << "number 3 alone is to be done again";
    clock.advance(86400);
    EXPECT_EQ(runner.run_due(), 1);
    EXPECT_EQ(count().waiting, 0);
}

TEST_P(Jobs, ABatchHandlerThatAnswersForTooFewFailsAll) {
    Runner runner(*db, clock);
    runner.handle_batch("b", [](std::span<const Job>) { return std::vector<Result<void>>(1); });
    enqueue_one("b", "1");
    enqueue_one("b", "2");
    runner.run_due();
    EXPECT_EQ(count().waiting, 2);
}

TEST_P(Jobs, ALostJobIsTakenBackAndItsOldClaimIsVoid) {
    Runner::Options options;
    options.lease = 300;
    Runner slow(*db, clock, options);
    Runner quick(*db, clock, options);
    int attempt = 0;
    quick.handle("k", [&](const Job& job) -> Result<void> {
        attempt = job.attempt;
        seen.push_back(job.payload);
        return {};
    });
    bool lost = false;
    slow.handle("k", [&](const Job& job) -> Result<void> {
        clock.advance(300);  // longer than the lease: the others take it for dead
        EXPECT_EQ(quick.run_due(), 1);
        try {
            db->write([&](storage::Tx& tx) { finish(tx, job); });
        } catch (const ClaimLost&) {
            lost = true;
        }
        return {};
    });
    enqueue_one("k", "x");
    EXPECT_EQ(slow.run_due(), 1);
    EXPECT_TRUE(lost);
    EXPECT_EQ(attempt, 2) << "who holds it lives: it hangs, and that counts";
    EXPECT_EQ(seen, (Texts{"x"}));
    EXPECT_EQ(count().waiting + count().running, 0);
}

TEST_P(Jobs, EachNotifiesOnceATransaction) {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::string> heard;
    db->subscribe([&](std::string_view channel, std::string_view payload) {
        const std::lock_guard lock(mutex);
        heard.push_back(std::string(channel) + ":" + std::string(payload));
        changed.notify_all();
    });
    db->write([&](storage::Tx& tx) {
        for (int i = 0; i < 100; ++i) enqueue(tx, clock, "k", "x");
        for (int i = 0; i < 100; ++i) enqueue(tx, clock, "k", "x", {.run_at = clock.now() + i + 1});
        tx.notify("end", "");
    });
    std::unique_lock lock(mutex);
    EXPECT_TRUE(changed.wait_for(lock, std::chrono::seconds(20), [&] { return !heard.empty() && heard.back() == "end:"; }));
    EXPECT_EQ(heard, (Texts{"jobs:due", "jobs:later", "end:"}));
    lock.unlock();
    db.reset();
}

TEST_P(Jobs, EveryRunsOncePerPeriodOnOneNode) {
    Runner one(*db, clock);
    Runner two(*db, clock);
    int calls = 0;
    for (Runner* runner : {&one, &two}) runner->every("sweep", 60, [&] { ++calls; });
    one.run_due();
    two.run_due();
    EXPECT_EQ(calls, 1);
    clock.advance(59);
    one.run_due();
    two.run_due();
    EXPECT_EQ(calls, 1);
    clock.advance(1);
    two.run_due();
    one.run_due();
    EXPECT_EQ(calls, 2);
    clock.advance(600);  // missed periods are not made up for
    one.run_due();
    two.run_due();
    EXPECT_EQ(calls, 3);
}

TEST_P(Jobs, EveryGoesOnAfterAFault) {
    Runner runner(*db, clock);
    int calls = 0;
    runner.every("sweep", 60, [&] {
        ++calls;
        enqueue_one("k", std::to_string(calls));
        throw std::runtime_error("once in a while");
    });
    keep(runner, "k");
    EXPECT_EQ(runner.run_due(), 1) << "the job that the sweep enqueued";
    clock.advance(60);
    runner.run_due();
    EXPECT_EQ(calls, 2);
    EXPECT_EQ(seen, (Texts{"1", "2"}));
}

}  // namespace
}  // namespace verbatim::jobs
