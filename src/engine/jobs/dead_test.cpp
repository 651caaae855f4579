#include "engine/jobs/dead.h"

#include "engine/jobs/fixture.h"

namespace verbatim::jobs {
namespace {

class DeadJobs : public JobsOnBothEngines {
protected:
    std::int64_t revive_kind(std::string_view kind) {
        return db->write([&](storage::Tx& tx) { return revive(tx, clock, kind); });
    }
};

VERBATIM_ON_BOTH_ENGINES(DeadJobs);

TEST_P(DeadJobs, are_told_by_kind_and_words_and_run_once_more) {
    for (const char* payload : {"a", "b", "c"}) enqueue_one("mail", payload, {.max_attempts = 1});
    enqueue_one("tile", "t", {.max_attempts = 1});
    bool broken = true;
    Runner runner(*db, clock);
    runner.handle("mail", [&](const Job& job) -> Result<void> {
        if (broken) return Error{ErrorKind::unavailable, "down", "the server is down", {}};
        seen.push_back(job.payload + std::to_string(job.attempt));
        return {};
    });
    runner.handle("tile", [&](const Job&) -> Result<void> { return Error{ErrorKind::unavailable, "full", "the disk is full", {}}; });
    EXPECT_EQ(revive_kind(""), 0);
    runner.run_due();
    const auto told = db->read([](storage::Tx& tx) { return dead(tx, 10); });
    ASSERT_EQ(told.size(), 2u);
    EXPECT_EQ(told[0].kind, "mail");
    EXPECT_EQ(told[0].count, 3);
    EXPECT_NE(told[0].error.find("the server is down"), std::string::npos) << told[0].error;
    EXPECT_EQ(told[0].first_made, clock.now());
    EXPECT_EQ(told[1].kind, "tile");
    broken = false;
    EXPECT_EQ(revive_kind("mail"), 3);
    EXPECT_EQ(count().dead, 1);
    runner.run_due();
    EXPECT_EQ(seen, (Texts{"a1", "b1", "c1"}));  // with all their attempts
    EXPECT_EQ(revive_kind(""), 1);
}

TEST_P(DeadJobs, of_one_key_only_one_waits_again) {
    bool broken = true;
    Runner runner(*db, clock);
    runner.handle("sum", [&](const Job& job) -> Result<void> {
        if (broken) return Error{ErrorKind::unavailable, "down", "not now", {}};
        seen.push_back(job.payload);
        return {};
    });
    for (const char* payload : {"first", "second"}) {
        enqueue_one("sum", payload, {.unique_key = "one", .max_attempts = 1});
        runner.run_due();
    }
    EXPECT_EQ(count().dead, 2);
    EXPECT_EQ(revive_kind("sum"), 1);
    EXPECT_EQ(count().dead, 0);
    runner.run_due();  // dead again
    enqueue_one("sum", "third", {.unique_key = "one", .max_attempts = 1});
    EXPECT_EQ(revive_kind("sum"), 0);  // what waits does the work
    broken = false;
    runner.run_due();
    EXPECT_EQ(seen, Texts{"third"});
}

}  // namespace
}  // namespace verbatim::jobs
