// SQLite in a bad world: no room, a limit on the file's size, erased bytes that must leave the disk.
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "engine/storage/child_process.h"
#include "engine/storage/conformance.h"

namespace verbatim::storage {
namespace {

constexpr Migration tables[] = {{"faults", 1, "entries", "CREATE TABLE entry (number BIGINT NOT NULL PRIMARY KEY, words TEXT NOT NULL)"}};
constexpr Sql insert_entry = "INSERT INTO entry (number, words) VALUES ($1, $2)";
constexpr Sql count_entries = "SELECT count(*) FROM entry";

// Many callers write until each has failed; returns how many rows were acknowledged.
int write_until_full(Db& db) {
    std::atomic<int> next{0};
    std::atomic<int> acknowledged{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            try {
                for (;;) {
                    const int number = next++;
                    db.write([&](Tx& tx) { tx.exec(insert_entry, number, std::string(4000, 'x')); });
                    ++acknowledged;
                }
            } catch (const Failure&) {
            }
        });
    }
    for (auto& thread : threads) thread.join();
    return acknowledged;
}

void report_full_and_go_on(const std::string& url, const std::function<void()>& make_room) {
    const auto db = Db::open(url);
    const int acknowledged = write_until_full(*db);
    const auto kept = db->read([](Tx& tx) { return tx.value<std::int64_t>(count_entries); });
    ChildProcess::report(std::to_string(acknowledged) + " acknowledged");
    ChildProcess::report(std::to_string(kept) + " kept");
    make_room();
    db->write([](Tx& tx) { tx.exec(insert_entry, -1, "after"); });
    ChildProcess::report("goes on");
}

TEST(SqliteFaultsChild, DISABLED_MeetsALimit) {
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    rlimit small = before;
    small.rlim_cur = 3 << 20;
    ::setrlimit(RLIMIT_FSIZE, &small);
    report_full_and_go_on(ChildProcess::url(), [&] { ::setrlimit(RLIMIT_FSIZE, &before); });
}

TEST(SqliteFaults, AFileThatMayNotGrowFailsItsCallersAndGoesOnAfterwards) {
    const ScratchDatabase scratch(Engine::sqlite);
    scratch.open()->migrate(tables);
    ChildProcess child("SqliteFaultsChild.DISABLED_MeetsALimit", scratch.url());
    const int acknowledged = std::stoi(child.line().value_or("-1"));
    EXPECT_GT(acknowledged, 100);
    EXPECT_EQ(std::stoi(child.line().value_or("-1")), acknowledged) << "acknowledged and kept are the same rows";
    EXPECT_EQ(child.line(), "goes on");
    EXPECT_EQ(child.wait(), 0);
    EXPECT_EQ(scratch.open()->read([](Tx& tx) { return tx.value<std::int64_t>(count_entries); }), acknowledged + 1);
}

TEST(SqliteFaultsChild, DISABLED_FillsADisk) {
    const std::string folder = ChildProcess::url();
    if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=6m") != 0) {
        ChildProcess::report("may not mount");
        return;
    }
    ChildProcess::report("mounted");
    const std::string url = "sqlite:" + folder + "/full.db";
    std::ofstream(folder + "/ballast") << std::string(2 << 20, 'x');
    Options options;
    options.create = true;
    Db::open(url, options)->migrate(tables);
    report_full_and_go_on(url, [&] { std::filesystem::remove(folder + "/ballast"); });
}

TEST(SqliteFaults, AFullDiskFailsItsCallersAndGoesOnWhenThereIsRoom) {
    const ScratchDatabase scratch(Engine::sqlite);
    ChildProcess child("SqliteFaultsChild.DISABLED_FillsADisk", scratch.folder());
    if (child.line() != "mounted") GTEST_SKIP() << "this user may not mount a small disk";
    const int acknowledged = std::stoi(child.line().value_or("-1"));
    EXPECT_GT(acknowledged, 100);
    EXPECT_EQ(std::stoi(child.line().value_or("-1")), acknowledged);
    EXPECT_EQ(child.line(), "goes on");
    EXPECT_EQ(child.wait(), 0);
}

std::string bytes_of(const std::string& folder) {
    std::string all;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        all.append(std::istreambuf_iterator<char>(file), {});
    }
    return all;
}

// Reads the folder's bytes in another process: closing a file here would drop SQLite's locks on it.
TEST(SqliteFaultsChild, DISABLED_LooksForTheSecret) {
    ChildProcess::report(bytes_of(ChildProcess::url()).find("unforgettable") == std::string::npos ? "gone" : "there");
}

std::string looked(const ScratchDatabase& scratch) {
    ChildProcess child("SqliteFaultsChild.DISABLED_LooksForTheSecret", scratch.folder());
    return child.line().value_or("no answer");
}

TEST(SqliteFaults, ErasedBytesLeaveTheDiskGDP3) {
    const ScratchDatabase scratch(Engine::sqlite);
    const auto db = scratch.open();
    db->migrate(tables);
    const std::string secret = "unforgettable " + std::string(6000, 's');  // with overflow pages
    db->write([&](Tx& tx) {
        for (int i = 0; i < 20; ++i) tx.exec(insert_entry, i, secret);
    });
    db->checkpoint();
    EXPECT_EQ(looked(scratch), "there");
    db->write([](Tx& tx) { tx.exec("DELETE FROM entry WHERE number >= 10"); });
    db->write([](Tx& tx) { tx.exec("UPDATE entry SET words = 'short'"); });
    db->checkpoint();
    EXPECT_EQ(looked(scratch), "gone");
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>(count_entries); }), 10);
}

TEST(SqliteFaults, TheLogIsBroughtInWhileReadersAndWritersWork) {
    const ScratchDatabase scratch(Engine::sqlite);
    const auto db = scratch.open();
    db->migrate(tables);
    std::atomic<bool> stop{false};
    // Somebody always reads.
    std::vector<std::thread> readers;
    for (int i = 0; i < 3; ++i) {
        readers.emplace_back([&] {
            while (!stop) db->read([](Tx& tx) { tx.value<std::int64_t>(count_entries); });
        });
    }
    std::vector<std::thread> writers;
    for (int i = 0; i < 4; ++i) {
        writers.emplace_back([&, i] {
            for (int n = 0; n < 1500; n += 5) {
                db->write([&](Tx& tx) {
                    for (int k = 0; k < 5; ++k) tx.exec(insert_entry, i * 10000 + n + k, std::string(8000, 'x'));
                });
            }
        });
    }
    db->checkpoint();  // under load, too
    for (auto& thread : writers) thread.join();
    stop = true;
    for (auto& thread : readers) thread.join();
    // 48 MB were written; without checkpoints on the way all of them would be in the log.
    struct stat log {};
    ASSERT_EQ(::stat((scratch.folder() + "/scratch.db-wal").c_str(), &log), 0);
    EXPECT_LT(log.st_size, 28 << 20);
    RecordProperty("log_bytes", static_cast<int>(log.st_size));
    db->checkpoint();
    ASSERT_EQ(::stat((scratch.folder() + "/scratch.db-wal").c_str(), &log), 0);
    EXPECT_EQ(log.st_size, 0);
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>(count_entries); }), 6000);
}

// An import's transactions fill the log beyond its first mark at once.
TEST(SqliteFaults, TheLogStaysSmallUnderLargeTransactions) {
    const ScratchDatabase scratch(Engine::sqlite);
    const auto db = scratch.open();
    db->migrate(tables);
    const std::string words(100'000, 'x');
    off_t most = 0;
    for (int n = 0; n < 100; ++n) {
        db->write([&](Tx& tx) {
            for (int k = 0; k < 50; ++k) tx.exec(insert_entry, n * 50 + k, words);
        });
        struct stat log {};
        ASSERT_EQ(::stat((scratch.folder() + "/scratch.db-wal").c_str(), &log), 0);
        most = std::max(most, log.st_size);
    }
    EXPECT_LT(most, 48 << 20);  // of 500 MB
}

}  // namespace
}  // namespace verbatim::storage
