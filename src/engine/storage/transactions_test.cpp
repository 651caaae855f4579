// A transaction is whole or nothing, readers see a moment, callers share commits without sharing failures.
#include <atomic>
#include <latch>
#include <thread>

#include "engine/storage/conformance.h"

namespace verbatim::storage {
namespace {

constexpr Migration tables[] = {{"transactions", 1, "entries", "CREATE TABLE entry (id SERIAL_KEY, number BIGINT NOT NULL UNIQUE, words TEXT)"}};
constexpr Sql insert_entry = "INSERT INTO entry (number, words) VALUES ($1, $2)";
constexpr Sql count_entries = "SELECT count(*) FROM entry";

class Transactions : public OnBothEngines {
protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        if (db) db->migrate(tables);
    }
    std::int64_t count() {
        return db->read([](Tx& tx) { return tx.value<std::int64_t>(count_entries); });
    }
};
VERBATIM_ON_BOTH_ENGINES(Transactions);

TEST_P(Transactions, AnExceptionLeavesNothing) {
    struct Own : std::runtime_error {
        using std::runtime_error::runtime_error;
    };
    EXPECT_THROW(db->write([](Tx& tx) {
        tx.exec(insert_entry, 1, "a");
        throw Own("no");
    }),
                 Own);
    EXPECT_EQ(count(), 0);
}

TEST_P(Transactions, AnErrorResultLeavesNothing) {
    const auto refused = db->write([](Tx& tx) -> Result<int> {
        tx.exec(insert_entry, 1, "a");
        return conflict("taken", "it is taken");
    });
    EXPECT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "taken");
    EXPECT_EQ(count(), 0);
    const auto empty = db->write([](Tx& tx) -> Result<void> {
        tx.exec(insert_entry, 1, "a");
        return invalid("bad", "it is bad");
    });
    EXPECT_FALSE(empty.ok());
    EXPECT_EQ(count(), 0);
    const auto taken = db->write([](Tx& tx) -> Result<int> {
        tx.exec(insert_entry, 1, "a");
        return 5;
    });
    EXPECT_EQ(*taken, 5);
    EXPECT_EQ(count(), 1);
}

TEST_P(Transactions, AfterAFailedStatementOnlyRollback) {
    EXPECT_THROW(db->write([](Tx& tx) {
        tx.exec(insert_entry, 1, "a");
        try {
            tx.exec(insert_entry, 1, "twice");
        } catch (const ConstraintFailure&) {
        }
    }),
                 Failure);
    EXPECT_THROW(db->write([](Tx& tx) {
        try {
            tx.exec("SELECT nothing FROM nowhere");
        } catch (const Failure&) {
        }
        tx.exec(insert_entry, 2, "b");
    }),
                 Failure);
    EXPECT_EQ(count(), 0);
}

TEST_P(Transactions, AReaderCannotWrite) {
    EXPECT_THROW(db->read([](Tx& tx) { tx.exec(insert_entry, 1, "a"); }), Failure);
    EXPECT_EQ(count(), 0);
}

TEST_P(Transactions, ATransactionInsideATransactionIsALogicError) {
    EXPECT_THROW(db->write([&](Tx&) { db->write([](Tx&) {}); }), std::logic_error);
    EXPECT_THROW(db->write([&](Tx&) { db->read([](Tx&) {}); }), std::logic_error);
    EXPECT_THROW(db->read([&](Tx&) { db->read([](Tx&) {}); }), std::logic_error);
    EXPECT_THROW(db->read([&](Tx&) { db->write([](Tx&) {}); }), std::logic_error);
    EXPECT_THROW(db->write([&](Tx&) { db->checkpoint(); }), std::logic_error);
    db->write([](Tx& tx) { tx.exec(insert_entry, 1, "a"); });
    EXPECT_EQ(count(), 1);
}

TEST_P(Transactions, AfterCommitRunsOnlyAfterACommit) {
    std::atomic<int> runs{0};
    db->write([&](Tx& tx) {
        tx.exec(insert_entry, 1, "a");
        tx.after_commit([&] { ++runs; });
        tx.after_commit([&] {
            ++runs;
            throw std::runtime_error("a callback's fault is not the caller's");
        });
        EXPECT_EQ(runs, 0);
    });
    EXPECT_EQ(runs, 2);
    EXPECT_THROW(db->write([&](Tx& tx) {
        tx.after_commit([&] { ++runs; });
        throw std::runtime_error("no");
    }),
                 std::runtime_error);
    (void)db->write([&](Tx& tx) -> Result<void> {
        tx.after_commit([&] { ++runs; });
        return invalid("no", "no");
    });
    EXPECT_EQ(runs, 2);
}

TEST_P(Transactions, AReaderSeesOneMoment) {
    db->write([](Tx& tx) { tx.exec(insert_entry, 1, "a"); });
    db->read([&](Tx& tx) {
        EXPECT_EQ(tx.value<std::int64_t>(count_entries), 1);
        std::thread([&] { db->write([](Tx& other) { other.exec(insert_entry, 2, "b"); }); }).join();
        EXPECT_EQ(tx.value<std::int64_t>(count_entries), 1) << "committed meanwhile by another";
    });
    EXPECT_EQ(count(), 2);
}

TEST_P(Transactions, ReadersAndWritersTogetherSeeOnlyWholeTransactions) {
    // Each transaction adds a pair; a reader that sees an odd number saw half of one.
    std::atomic<bool> stop{false};
    std::atomic<int> odd{0};
    std::atomic<int> looks{0};
    std::vector<std::thread> readers;
    for (int i = 0; i < 4; ++i) {
        readers.emplace_back([&] {
            while (!stop) {
                db->read([&](Tx& tx) {
                    const auto first = tx.value<std::int64_t>(count_entries);
                    const auto second = tx.value<std::int64_t>(count_entries);
                    if (first % 2 != 0 || first != second) ++odd;
                });
                ++looks;
            }
        });
    }
    std::vector<std::thread> writers;
    for (int i = 0; i < 4; ++i) {
        writers.emplace_back([&, i] {
            for (int n = 0; n < 50; ++n) {
                db->write([&](Tx& tx) {
                    tx.exec(insert_entry, i * 1000 + n * 2, "first");
                    tx.exec(insert_entry, i * 1000 + n * 2 + 1, "second");
                });
            }
        });
    }
    for (auto& thread : writers) thread.join();
    stop = true;
    for (auto& thread : readers) thread.join();
    EXPECT_EQ(odd, 0);
    EXPECT_GT(looks, 0);
    EXPECT_EQ(count(), 400);
}

TEST_P(Transactions, AFailingCallerInAGroupFailsAlone) {
    constexpr int callers = 24;
    std::atomic<int> refused{0};
    std::atomic<int> thrown{0};
    std::latch together(callers);
    std::vector<std::thread> threads;
    for (int i = 0; i < callers; ++i) {
        threads.emplace_back([&, i] {
            together.arrive_and_wait();
            for (int round = 0; round < 20; ++round) {
                const int number = i * 100 + round;
                try {
                    const auto result = db->write([&](Tx& tx) -> Result<void> {
                        tx.exec(insert_entry, number, "kept or not");
                        if (i % 3 == 1) throw std::runtime_error("mine");
                        if (i % 3 == 2) return conflict("mine", "mine");
                        return {};
                    });
                    if (!result.ok()) ++refused;
                } catch (const std::runtime_error& failure) {
                    if (std::string(failure.what()) == "mine") ++thrown;
                }
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(thrown, callers / 3 * 20);
    EXPECT_EQ(refused, callers / 3 * 20);
    const auto numbers = db->read([](Tx& tx) { return tx.rows<std::int64_t>("SELECT number FROM entry ORDER BY number"); });
    EXPECT_EQ(numbers.size(), static_cast<std::size_t>(callers / 3 * 20));
    for (const auto number : numbers) EXPECT_EQ(number / 100 % 3, 0);
}

TEST_P(Transactions, WhatIsSaidAlongsideCommitsWithTheActAndOnlyOnce) {
    {
        storage::Alongside trail([](Tx& tx) { tx.exec(insert_entry, 1000, "trail"); });
        const auto refused = db->write([&](Tx& tx) -> Result<void> {
            tx.exec(insert_entry, 1, "act");
            return conflict("mine", "mine");
        });
        EXPECT_FALSE(refused.ok());
        EXPECT_FALSE(trail.committed());
        EXPECT_EQ(count(), 0);
        std::thread([&] { db->write([](Tx& tx) { tx.exec(insert_entry, 2, "another's"); }); }).join();
        EXPECT_EQ(count(), 1) << "other threads' acts are not this one's";
        db->write([](Tx& tx) { tx.exec(insert_entry, 3, "act"); });
        EXPECT_TRUE(trail.committed());
        EXPECT_EQ(count(), 3);
        db->write([](Tx& tx) { tx.exec(insert_entry, 4, "act"); });
        EXPECT_EQ(count(), 4);
    }
    {
        storage::Alongside trail([](Tx& tx) { tx.exec(insert_entry, 3, "a number that is taken"); });
        EXPECT_THROW(db->write([](Tx& tx) { tx.exec(insert_entry, 5, "act"); }), storage::ConstraintFailure);
    }
    EXPECT_EQ(count(), 4) << "an act whose trail could not be written did not happen";
    db->write([](Tx& tx) { tx.exec(insert_entry, 6, "act"); });
    EXPECT_EQ(count(), 5);
}

TEST_P(Transactions, SixtyFourCallersShareCommits) {
    constexpr int callers = 64;
    constexpr int writes = 40;
    const auto before = db->counters();
    std::latch together(callers);
    std::vector<std::thread> threads;
    for (int i = 0; i < callers; ++i) {
        threads.emplace_back([&, i] {
            together.arrive_and_wait();
            for (int n = 0; n < writes; ++n) db->write([&](Tx& tx) { tx.exec(insert_entry, i * 1000 + n, std::string(1000, 'x')); });
        });
    }
    for (auto& thread : threads) thread.join();
    const auto after = db->counters();
    EXPECT_EQ(count(), callers * writes);
    EXPECT_EQ(after.transactions - before.transactions, static_cast<std::uint64_t>(callers * writes));
    if (GetParam() == Engine::sqlite) {
        EXPECT_LE((after.commits - before.commits) * 8, after.transactions - before.transactions) << "commits: " << after.commits - before.commits;
    }
}

TEST_P(Transactions, MoreCallersThanConnectionsWaitTheirTurn) {
    Options few;
    few.readers = 1;
    few.writers = 1;
    const auto small = scratch->open(few);
    std::vector<std::thread> threads;
    std::atomic<int> reads{0};
    for (int i = 0; i < 16; ++i) {
        threads.emplace_back([&, i] {
            small->write([&](Tx& tx) { tx.exec(insert_entry, i, "x"); });
            for (int n = 0; n < 5; ++n) reads += small->read([](Tx& tx) { return tx.value<std::int64_t>(count_entries); }) > 0 ? 1 : 0;
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(reads, 80);
}

TEST_P(Transactions, ADeferredKeyIsItsCallersFaultAlone) {
    constexpr Migration deferred[] = {tables[0], {"transactions", 2, "notes", "CREATE TABLE note (entry BIGINT NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED)"}};
    db->migrate(deferred);
    constexpr Sql insert_note = "INSERT INTO note (entry) VALUES ($1)";
    std::atomic<int> refused{0};
    std::latch together(8);
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            together.arrive_and_wait();
            for (int n = 0; n < 20; ++n) {
                try {
                    db->write([&](Tx& tx) {
                        tx.exec(insert_note, i * 100 + n);
                        if (i % 2 == 0) tx.exec(insert_entry, i * 100 + n, "there in time");
                    });
                } catch (const ConstraintFailure&) {
                    ++refused;
                }
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(refused, 80);
    EXPECT_EQ(count(), 80);
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT count(*) FROM note"); }), 80);
}

TEST_P(Transactions, Healthy) { EXPECT_TRUE(db->healthy()); }

}  // namespace
}  // namespace verbatim::storage
