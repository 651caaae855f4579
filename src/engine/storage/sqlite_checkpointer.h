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
    // By the writer, between two groups. Under load without a pause a passive checkpoint never catches the log's end, and the log grows: then
    // the writer brings in the little that is left and lets the log begin anew. A very long log is waited for, so that who writes much at
    // once (an import) is no quicker than the disk. Where somebody reads for long, it is tried again four megabytes later.
    void help(SqliteConnection& writer);
    // TRUNCATE, waiting for readers at most ten seconds. Throws Failure.
    void now();

private:
    using Moment = std::chrono::steady_clock::time_point;
    void run();
    int checkpoint(int mode, int* pages);

    static constexpr int pages_of_passive = 1024;  // 4 MiB
    static constexpr int pages_of_help = 4096;     // 16 MiB
    static constexpr int pages_to_wait = 16384;    // 64 MiB

    const std::string database_;
    std::mutex connection_mutex_;
    std::unique_ptr<SqliteConnection> connection_;
    std::atomic<bool> help_{false};
    std::atomic<std::uint64_t> commits_{0};
    std::atomic<bool> dirty_{false};
    std::atomic<int> passive_at_{pages_of_passive}, wait_at_{pages_to_wait}, pages_{0};
    std::mutex mutex_;
    std::condition_variable changed_;
    bool grown_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace verbatim::storage
