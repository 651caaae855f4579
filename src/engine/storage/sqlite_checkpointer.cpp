#include "engine/storage/sqlite_checkpointer.h"

#include <algorithm>

#include "ground/base/log.h"

namespace verbatim::storage {

using namespace std::chrono_literals;

SqliteCheckpointer::SqliteCheckpointer(const std::string& database) : database_(database), thread_([this] { run(); }) {}

SqliteCheckpointer::~SqliteCheckpointer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void SqliteCheckpointer::committed(int pages) {
    commits_.fetch_add(1, std::memory_order_relaxed);
    // The log began anew; one transaction may have filled it beyond the first mark already.
    if (pages < pages_.exchange(pages, std::memory_order_relaxed)) {
        passive_at_.store(pages_of_passive, std::memory_order_relaxed);
        wait_at_.store(pages_to_wait, std::memory_order_relaxed);
    }
    const bool first = !dirty_.exchange(true, std::memory_order_relaxed);
    const bool grown = pages >= passive_at_.load(std::memory_order_relaxed);
    if (!first && !grown) return;
    if (grown) passive_at_.store(pages + pages_of_passive, std::memory_order_relaxed);
    {
        const std::lock_guard lock(mutex_);
        grown_ = grown_ || grown;
    }
    changed_.notify_all();
}

// Under constant reading some reader always needs the log's end, unless writing pauses until today's readers are gone. That takes as long
// as a usual read.
void SqliteCheckpointer::help(SqliteConnection& writer) {
    const int pages = pages_.load(std::memory_order_relaxed);
    const bool wait = pages >= wait_at_.load(std::memory_order_relaxed);
    if (!wait && !help_.load(std::memory_order_relaxed)) return;
    std::unique_lock lock(connection_mutex_, std::defer_lock);
    if (wait) lock.lock();
    else if (!lock.try_lock()) return;  // a checkpoint is under way
    help_.store(false, std::memory_order_relaxed);
    writer.set_patience(20);
    const int code = sqlite3_wal_checkpoint_v2(writer.handle(), nullptr, SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
    writer.set_patience(30000);
    if (code != SQLITE_OK) wait_at_.store(std::max(pages, pages_to_wait) + pages_of_passive, std::memory_order_relaxed);
    lock.unlock();
    changed_.notify_all();
}

int SqliteCheckpointer::checkpoint(int mode, int* pages) {
    const std::lock_guard lock(connection_mutex_);
    if (!connection_) connection_ = std::make_unique<SqliteConnection>(database_, SqliteConnection::Role::checkpointer);
    int done = 0;
    return sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, mode, pages, &done) & 0xff;
}

void SqliteCheckpointer::now() {
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    int pages = 0;
    int code = SQLITE_OK;
    checkpoint(SQLITE_CHECKPOINT_PASSIVE, &pages);  // most of the work without stopping the writer
    while ((code = checkpoint(SQLITE_CHECKPOINT_TRUNCATE, &pages)) == SQLITE_BUSY) {
        if (std::chrono::steady_clock::now() > deadline) throw Failure("the checkpoint waited ten seconds for readers and writers of " + database_);
        std::this_thread::sleep_for(5ms);
    }
    if (code != SQLITE_OK) throw Failure("the checkpoint of " + database_ + " failed: " + sqlite3_errstr(code));
}

void SqliteCheckpointer::run() {
    auto last_truncate = std::chrono::steady_clock::now();
    std::uint64_t seen = 0;
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        if (dirty_) changed_.wait_for(lock, 2s, [&] { return stopping_ || grown_; });
        else changed_.wait(lock, [&] { return stopping_ || grown_ || dirty_; });
        if (stopping_) return;
        const bool grown = std::exchange(grown_, false);
        lock.unlock();
        try {
            int pages = 0;
            const auto now = std::chrono::steady_clock::now();
            const auto commits = commits_.load(std::memory_order_relaxed);
            const bool idle = !grown && commits == seen;
            if (dirty_ && (idle || now - last_truncate > 30s)) {
                dirty_ = false;  // before the work: a commit in between makes it true again
                checkpoint(SQLITE_CHECKPOINT_PASSIVE, &pages);
                if (checkpoint(SQLITE_CHECKPOINT_TRUNCATE, &pages) == SQLITE_OK) last_truncate = now;
                else dirty_ = true;
            } else if (grown) {
                checkpoint(SQLITE_CHECKPOINT_PASSIVE, &pages);
                if (pages >= pages_of_help) help_ = true;
            }
            seen = commits;
        } catch (const Failure& failure) {
            log::error("checkpoint failed", {{"error", failure.what()}});
        }
        lock.lock();
        if (help_) changed_.wait_for(lock, 100ms, [&] { return stopping_ || !help_; });  // the writer's turn
    }
}

}  // namespace verbatim::storage
