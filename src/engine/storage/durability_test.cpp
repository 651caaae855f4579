// Nothing acknowledged is lost: a process is killed while it writes, a connection is cut, another process writes beside.
#include <atomic>
#include <set>
#include <thread>

#include "engine/storage/child_process.h"
#include "engine/storage/conformance.h"

namespace verbatim::storage {
namespace {

constexpr Migration tables[] = {{"durability", 1, "entries", "CREATE TABLE entry (number BIGINT NOT NULL PRIMARY KEY, words TEXT NOT NULL)"}};
constexpr Sql insert_entry = "INSERT INTO entry (number, words) VALUES ($1, $2)";
constexpr Sql select_numbers = "SELECT number FROM entry ORDER BY number";

class Durability : public OnBothEngines {
protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        if (db) db->migrate(tables);
    }
};
VERBATIM_ON_BOTH_ENGINES(Durability);

// Says each number once it is acknowledged; ends only by being killed.
TEST(DurabilityChild, DISABLED_WritesUntilKilled) {
    const auto db = Db::open(ChildProcess::url());
    const std::int64_t first = db->read([](Tx& tx) { return tx.value<std::optional<std::int64_t>>("SELECT max(number) FROM entry"); }).value_or(-1) + 1;
    std::atomic<std::int64_t> next{first};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (;;) {
                const auto number = next++;
                db->write([&](Tx& tx) { tx.exec(insert_entry, number, std::string(1000, 'x')); });
                ChildProcess::report(std::to_string(number));
            }
        });
    }
    for (auto& thread : threads) thread.join();
}

TEST_P(Durability, WhatWasAcknowledgedSurvivesSigkill) {
    db.reset();
    std::set<std::int64_t> acknowledged;
    for (int round = 0; round < 5; ++round) {
        ChildProcess child("DurabilityChild.DISABLED_WritesUntilKilled", scratch->url());
        for (int i = 0; i < 150 + 37 * round; ++i) {
            const auto line = child.line();
            ASSERT_TRUE(line.has_value()) << "the child ended by itself";
            acknowledged.insert(std::stoll(*line));
        }
        child.kill();
        while (const auto line = child.line()) acknowledged.insert(std::stoll(*line));
        child.wait();
        const auto again = scratch->open();
        const auto numbers = again->read([](Tx& tx) { return tx.rows<std::int64_t>(select_numbers); });
        const std::set<std::int64_t> kept(numbers.begin(), numbers.end());
        for (const auto number : acknowledged) EXPECT_TRUE(kept.contains(number)) << number << " was acknowledged and is lost";
    }
    EXPECT_GT(acknowledged.size(), 700u);
}

// One process writes without pause; the other gets its turn.
TEST_P(Durability, TwoProcessesWriteBesideEachOther) {
    ChildProcess child("DurabilityChild.DISABLED_WritesUntilKilled", scratch->url());
    ASSERT_TRUE(child.line().has_value());
    const auto begun = std::chrono::steady_clock::now();
    for (int i = 0; i < 50; ++i) db->write([&](Tx& tx) { tx.exec(insert_entry, -1 - i, "beside"); });
    const auto took = std::chrono::steady_clock::now() - begun;
    std::set<std::int64_t> acknowledged;
    child.kill();
    while (const auto line = child.line()) acknowledged.insert(std::stoll(*line));
    child.wait();
    EXPECT_LT(took, std::chrono::seconds(20)) << "starved";
    const auto numbers = db->read([](Tx& tx) { return tx.rows<std::int64_t>(select_numbers); });
    const std::set<std::int64_t> kept(numbers.begin(), numbers.end());
    for (const auto number : acknowledged) EXPECT_TRUE(kept.contains(number));
    for (int i = 0; i < 50; ++i) EXPECT_TRUE(kept.contains(-1 - i));
}

class Postgres : public testing::Test {
protected:
    void SetUp() override {
        if (!ScratchDatabase::available(Engine::postgresql)) GTEST_SKIP() << "VERBATIM_TEST_POSTGRES is not set: run under tests/postgres/with_postgres.sh";
        scratch.emplace(Engine::postgresql);
        db = scratch->open();
        db->migrate(tables);
    }
    void TearDown() override {
        db.reset();
        scratch.reset();
    }
    // Cuts all of db's connections from the server's side.
    void cut() {
        const auto other = scratch->open();
        other->write([](Tx& tx) {
            tx.rows<bool>("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        });
    }
    // While a transaction of db is open on this thread.
    void cut_from_another_thread() {
        std::thread([this] { cut(); }).join();
    }
    std::optional<ScratchDatabase> scratch;
    std::unique_ptr<Db> db;
};

TEST_F(Postgres, ALostIdleConnectionIsInvisible) {
    db->write([](Tx& tx) { tx.exec(insert_entry, 1, "a"); });
    EXPECT_TRUE(db->healthy());
    cut();
    db->write([](Tx& tx) { tx.exec(insert_entry, 2, "b"); });
    cut();
    EXPECT_EQ(db->read([](Tx& tx) { return tx.rows<std::int64_t>(select_numbers); }), (std::vector<std::int64_t>{1, 2}));
    cut();
    EXPECT_TRUE(db->healthy());
}

TEST_F(Postgres, AConnectionLostBeforeTheCommitRunsTheFunctionAgain) {
    int runs = 0;
    db->write([&](Tx& tx) {
        tx.exec(insert_entry, 1, "a");
        if (++runs == 1) cut_from_another_thread();
        tx.exec(insert_entry, 2, "b");
    });
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(db->read([](Tx& tx) { return tx.rows<std::int64_t>(select_numbers); }), (std::vector<std::int64_t>{1, 2}));
}

TEST_F(Postgres, AConnectionLostInTheCommitIsAFailureAndNotRepeated) {
    int runs = 0;
    try {
        db->write([&](Tx& tx) {
            ++runs;
            tx.exec(insert_entry, 1, "a");
            cut_from_another_thread();
        });
        FAIL() << "the commit cannot have been answered";
    } catch (const Failure& failure) {
        EXPECT_NE(std::string(failure.what()).find("not known"), std::string::npos) << failure.what();
    }
    EXPECT_EQ(runs, 1);
    db->write([](Tx& tx) { tx.exec(insert_entry, 2, "b"); });
}

TEST_F(Postgres, ADeadlockRunsTheFunctionAgain) {
    db->write([](Tx& tx) {
        tx.exec(insert_entry, 1, "0");
        tx.exec(insert_entry, 2, "0");
    });
    std::atomic<int> runs{0};
    std::atomic<int> holding{0};
    const auto both = [&](std::int64_t first, std::int64_t second) {
        db->write([&](Tx& tx) {
            ++runs;
            tx.exec("UPDATE entry SET words = words || 'x' WHERE number = $1", first);
            ++holding;
            while (holding < 2) std::this_thread::yield();
            tx.exec("UPDATE entry SET words = words || 'x' WHERE number = $1", second);
        });
    };
    std::thread one(both, 1, 2);
    std::thread two(both, 2, 1);
    one.join();
    two.join();
    EXPECT_GE(runs, 3);
    EXPECT_EQ(db->read([](Tx& tx) { return tx.rows<std::string>("SELECT words FROM entry"); }), (std::vector<std::string>{"0xx", "0xx"}));
}

TEST_F(Postgres, APlanMadeStaleByAMigrationIsMadeAnew) {
    constexpr Sql all = "SELECT * FROM entry WHERE number = 1";
    db->write([](Tx& tx) { tx.exec(insert_entry, 1, "a"); });
    db->read([&](Tx& tx) { tx.row<std::int64_t, std::string>(all); });
    scratch->open()->write([](Tx& tx) { tx.exec("ALTER TABLE entry ALTER COLUMN words TYPE VARCHAR(10)"); });
    db->read([&](Tx& tx) { EXPECT_EQ(std::get<1>(*tx.row<std::int64_t, std::string>(all)), "a"); });
}

}  // namespace
}  // namespace verbatim::storage
