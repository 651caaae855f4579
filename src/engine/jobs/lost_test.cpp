// What becomes of a job whose worker dies: the server was killed, or the job is what kills it.
#include "engine/jobs/fixture.h"
#include "engine/jobs/progress.h"
#include "engine/jobs/table.h"

namespace verbatim::jobs {
namespace {

class LostJobs : public JobsOnBothEngines {
protected:
    // As a worker of another machine that died would leave the table: all that was due is held, and nobody comes back for it.
    void a_worker_dies() {
        db->write([&](storage::Tx& tx) {
            tx.exec("UPDATE job SET state = 1, attempt = attempt + 1, claimed_until = $1, claimed_by = 'elsewhere' WHERE state = 0 AND run_at <= $1", clock.now());
        });
    }
    void others_look() {
        Runner runner(*db, clock);
        runner.handle("other", [](const Job&) -> Result<void> { return {}; });
        runner.run_due();
    }
    struct Table {
        std::int64_t id = 0, attempt = 0, run_at = 0, claimed_until = 0, moments = 0;
    };
    // The highest of each.
    Table table() {
        const auto row = db->read([&](storage::Tx& tx) {
            return tx.row<std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t>(
                "SELECT max(id), max(attempt), max(run_at), max(claimed_until), count(DISTINCT run_at) FROM job");
        });
        return {std::get<0>(*row), std::get<1>(*row), std::get<2>(*row), std::get<3>(*row), std::get<4>(*row)};
    }
};
VERBATIM_ON_BOTH_ENGINES(LostJobs);

TEST_P(LostJobs, TheEndOfAWorkerUsesUpNoAttempt) {
    enqueue_one("k", "x", {.max_attempts = 2});
    for (int i = 0; i < 8; ++i) {
        a_worker_dies();
        others_look();
    }
    EXPECT_EQ(count().dead, 0);
    EXPECT_EQ(table().attempt, 0);
    Runner runner(*db, clock);
    keep(runner, "k");
    EXPECT_EQ(runner.run_due(), 1) << "at once: the end of a worker is seldom its jobs' doing";
    EXPECT_EQ(seen, (Texts{"x"}));
}

TEST_P(LostJobs, AFailureStillUsesUpAnAttempt) {
    enqueue_one("k", "x", {.max_attempts = 2});
    a_worker_dies();
    others_look();
    Runner runner(*db, clock);
    int calls = 0;
    runner.handle("k", [&](const Job& job) -> Result<void> {
        EXPECT_EQ(job.attempt, ++calls);
        return Error{ErrorKind::unavailable, "no", "not today", {}};
    });
    runner.run_due();
    EXPECT_EQ(count().waiting, 1);
    clock.advance(86400);
    runner.run_due();
    EXPECT_EQ(count().dead, 1);
    EXPECT_EQ(calls, 2);
}

TEST_P(LostJobs, AJobThatKillsItsWorkersPausesLongerEachTimeAndEndsDead) {
    enqueue_one("k", "poison");
    const Seconds start = clock.now();
    int deaths = 0;
    for (Seconds last_pause = 0; count().dead == 0; ++deaths) {
        ASSERT_LT(deaths, 100);
        a_worker_dies();
        others_look();
        if (count().dead != 0) continue;
        const Seconds pause = table().run_at - clock.now();
        if (deaths < 8) EXPECT_EQ(pause, 0);
        else EXPECT_GE(pause, std::min<Seconds>(last_pause, 6 * 3600 * 3 / 4));
        last_pause = pause;
        clock.advance(pause);
    }
    EXPECT_EQ(deaths, lost_at_most);
    EXPECT_GT(clock.now() - start, 3 * 3600) << "whoever runs the server has hours to look";
    EXPECT_LT(clock.now() - start, 86400);
}

// Two that died together: the one beside the poison comes again at another moment.
TEST_P(LostJobs, WhatWasOnlyBesideItGetsAMomentOfItsOwn) {
    for (int i = 0; i < 40; ++i) enqueue_one("k", std::to_string(i));
    for (int i = 0; i < 16; ++i) {
        a_worker_dies();
        others_look();
        clock.advance(table().run_at - clock.now());
    }
    EXPECT_EQ(count().dead, 0);
    EXPECT_GT(table().moments, 10);
}

TEST_P(LostJobs, AJobThatMovesOnBetweenDeathsIsNoDanger) {
    enqueue_one("k", "long");
    for (int i = 0; i < 60; ++i) {
        a_worker_dies();
        Job job;
        job.id = table().id, job.claim = "elsewhere";
        db->write([&](storage::Tx& tx) { progressed(tx, clock, job); });
        EXPECT_EQ(table().claimed_until, clock.now() + 300) << "held anew";
        clock.advance(300);
        others_look();
        ASSERT_EQ(table().run_at, clock.now());
    }
    EXPECT_EQ(count().dead, 0);
}

TEST_P(LostJobs, ALostJobWithAWaitingTwinLeavesTheWorkToIt) {
    for (const char* payload : {"first", "second", "third"}) {
        enqueue_one("k", payload, {.unique_key = "x"});
        if (std::string_view(payload) != "third") a_worker_dies();
    }
    EXPECT_EQ(count().running, 2);
    others_look();
    EXPECT_EQ(count().running, 0);
    EXPECT_EQ(count().waiting, 1);
}

// Two of one key are lost together, and nobody waits: one of them comes back.
TEST_P(LostJobs, OfTwoLostTwinsOneComesBack) {
    for (int i = 0; i < 2; ++i) {
        enqueue_one("k", "again", {.unique_key = "x"});
        a_worker_dies();
    }
    others_look();
    EXPECT_EQ(count().running, 0);
    EXPECT_EQ(count().waiting, 1);
}

}  // namespace
}  // namespace verbatim::jobs
