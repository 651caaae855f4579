#include "engine/jobs/jobs.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace verbatim::jobs {
namespace {

TEST(Jobs, RunsWhatIsDueAndWhatThatCauses) {
    const auto folder = std::filesystem::temp_directory_path() / "verbatim-jobs-test";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directory(folder);
    storage::Options options;
    options.create = true;
    const auto db = storage::Db::open("sqlite:" + (folder / "db").string(), options);
    db->migrate(migrations());
    ManualClock clock(1'000'000);
    Runner runner(*db, clock);
    std::vector<std::string> seen;
    runner.handle("first", [&](const Job& job) -> Result<void> {
        seen.push_back(job.payload);
        db->write([&](storage::Tx& tx) {
            finish(tx, job);
            enqueue(tx, clock, "second", job.payload + "+");
        });
        return {};
    });
    runner.handle("second", [&](const Job& job) -> Result<void> {
        seen.push_back(job.payload);
        return {};
    });
    db->write([&](storage::Tx& tx) { enqueue(tx, clock, "first", "a"); });
    EXPECT_EQ(runner.run_due(), 2);
    EXPECT_EQ(seen, (std::vector<std::string>{"a", "a+"}));
    EXPECT_EQ(db->read([&](storage::Tx& tx) { return counts(tx, clock.now()).waiting; }), 0);
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace verbatim::jobs
