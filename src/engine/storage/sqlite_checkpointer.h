// Brings the write-ahead log back into the database file, away from the writer's path: PASSIVE when it has grown, TRUNCATE
// when the database is idle and at least every half minute, so that erased bytes leave the disk.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "engine/storage/sqlite_connection.h"

namespace verbatim::storage {

class SqliteCheckpointer {
public:
    explicit SqliteCheckpointer(const std::string& database);
    ~SqliteCheckpointer();
    SqliteCheckpointer(const SqliteCheckpointer&) = delete;
    SqliteCheckpointer& operator=(const SqliteCheckpointer&) = delete;

    // After each commit: pages in the log.
    void committed(int pages);
    // Under load without a pause a passive checkpoint never catches the log's end, and the log grows. Then the writer, between
    // two groups, brings in the little that is left and lets the log begin anew.
    bool writer_should_help() { return help_.exchange(false, std::memory_order_relaxed); }
    // TRUNCATE, waiting for readers at most ten seconds. Throws Failure.
    void now();

private:
    using Moment = std::chrono::steady_clock::time_point;
    void run();
    int checkpoint(int mode, int* pages);

    static constexpr int pages_of_passive = 1024;  // 4 MiB
    static constexpr int pages_of_help = 4096;     // 16 MiB

    const std::string database_;
    std::mutex connection_mutex_;
    std::unique_ptr<SqliteConnection> connection_;
    std::atomic<bool> help_{false};
    std::atomic<std::uint64_t> commits_{0};
    std::atomic<bool> dirty_{false};
    std::atomic<int> passive_at_{pages_of_passive};
    std::mutex mutex_;
    std::condition_variable changed_;
    bool grown_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace verbatim::storage
