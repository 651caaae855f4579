// The embedded engine: one writer thread, many readers, a checkpointer, a folder of sockets.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/storage/engines.h"
#include "engine/storage/sqlite_checkpointer.h"
#include "engine/storage/sqlite_connection.h"
#include "engine/storage/sqlite_wake.h"

namespace verbatim::storage {

class SqliteDb final : public Db {
public:
    SqliteDb(const std::string& path, const Options& options);
    ~SqliteDb() override;
    Engine engine() const override { return Engine::sqlite; }
    void migrate(std::span<const Migration> migrations) override;
    void subscribe(Subscriber fn) override { wake_.subscribe(std::move(fn)); }
    bool healthy() override;
    Counters counters() const override { return {commits_.load(), transactions_.load()}; }
    void checkpoint() override;

protected:
    void do_write(const std::function<bool(Tx&)>& fn) override;
    void do_read(const std::function<void(Tx&)>& fn) override;

private:
    // A caller who waits for its work to be durable.
    struct Call {
        const std::function<bool(Tx&)>* fn = nullptr;
        std::exception_ptr error;
        bool kept = false;  // in the transaction, to be committed
        std::vector<std::function<void()>> callbacks;
        std::vector<Notification> notifications;
    };
    // Callers whose work shares one commit. All of them sleep on `done`.
    struct Group {
        std::vector<Call*> calls;
        std::atomic<int> done{0};
    };
    class Reader;

    void write_groups();
    void run_group(Group& group);
    void run_call(Call& call, bool alone);
    void after_group(Group& group);
    static int committed(void* self, sqlite3* db, const char* name, int pages);
    void copy_before(const Migration& migration);

    const std::string path_;
    const Options options_;
    std::unique_ptr<SqliteConnection> writer_;  // the writer thread's
    SqliteWake wake_;
    SqliteCheckpointer checkpointer_;

    std::mutex queue_mutex_;
    std::condition_variable queue_changed_;
    std::deque<std::shared_ptr<Group>> queue_;
    std::size_t queued_ = 0;
    std::size_t wake_writer_at_ = 1;
    bool stopping_ = false;

    std::mutex readers_mutex_;
    std::condition_variable reader_free_;
    std::vector<std::unique_ptr<SqliteConnection>> free_readers_;
    int readers_ = 0;

    std::atomic<std::uint64_t> commits_{0};
    std::atomic<std::uint64_t> transactions_{0};
    std::thread thread_;
};

}  // namespace verbatim::storage
