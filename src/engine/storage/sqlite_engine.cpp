#include "engine/storage/sqlite_engine.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "ground/base/log.h"

namespace verbatim::storage {
namespace {

// Made here and not by SQLite, so that customers' data is its owner's alone; its log takes the same mode.
void make_file(const std::string& path, bool create) {
    struct stat found {};
    if (::stat(path.c_str(), &found) == 0) return;
    if (!create) throw Failure("there is no database at " + path + ": check the path, or make the database first");
    const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0 && errno != EEXIST) throw Failure("cannot make the database " + path + ": " + std::strerror(errno));
    if (file >= 0) ::close(file);
}

const std::string& made(const std::string& path, bool create) {
    make_file(path, create);
    return path;
}

}  // namespace

std::unique_ptr<Db> open_sqlite(const std::string& path, const Options& options) {
    if (path.empty()) throw Failure("sqlite: needs a path behind it");
    return std::make_unique<SqliteDb>(path, options);
}

SqliteDb::SqliteDb(const std::string& path, const Options& options)
    : path_(made(path, options.create)), options_(options), writer_(std::make_unique<SqliteConnection>(path, SqliteConnection::Role::writer)), wake_(path),
      checkpointer_(path) {
    sqlite3_wal_hook(writer_->handle(), &SqliteDb::committed, this);
    thread_ = std::thread([this] { write_groups(); });
}

SqliteDb::~SqliteDb() {
    {
        const std::lock_guard lock(queue_mutex_);
        stopping_ = true;
    }
    queue_changed_.notify_all();
    thread_.join();
}

void SqliteDb::do_write(const std::function<bool(Tx&)>& fn) {
    refuse_inside(this);
    Call call;
    call.fn = &fn;
    std::shared_ptr<Group> group;
    bool wake = false;
    {
        const std::lock_guard lock(queue_mutex_);
        if (stopping_) throw Failure("the database is closing");
        if (queue_.empty() || queue_.back()->calls.size() >= static_cast<std::size_t>(options_.group_limit)) queue_.push_back(std::make_shared<Group>());
        group = queue_.back();
        group->calls.push_back(&call);
        wake = ++queued_ == wake_writer_at_;
    }
    if (wake) queue_changed_.notify_one();
    group->done.wait(0);
    if (call.error) std::rethrow_exception(call.error);
}

void SqliteDb::write_groups() {
    const Inside inside(this);
    // Who was answered or queued in the last group is probably on its way back: for that many the writer waits a moment, so
    // that many callers share an fsync and a lone caller waits for nobody.
    std::size_t expected = 1;
    auto company_until = std::chrono::steady_clock::now();
    std::unique_lock lock(queue_mutex_);
    for (;;) {
        wake_writer_at_ = 1;
        queue_changed_.wait(lock, [&] { return queued_ > 0 || stopping_; });
        if (queued_ == 0) return;
        if (queued_ < expected) {
            wake_writer_at_ = expected;
            queue_changed_.wait_until(lock, company_until, [&] { return queued_ >= expected || stopping_; });
        }
        const auto group = queue_.front();
        queue_.pop_front();
        queued_ -= group->calls.size();
        lock.unlock();

        run_group(*group);
        const std::size_t size = group->calls.size();
        group->done.store(1);
        group->done.notify_all();

        lock.lock();
        expected = std::min(size + queued_, static_cast<std::size_t>(options_.group_limit));
        company_until = std::chrono::steady_clock::now() + std::chrono::microseconds(options_.group_wait_us);
    }
}

void SqliteDb::run_group(Group& group) {
    try {
        wake_.take_turn();
        try {
            writer_->run("BEGIN IMMEDIATE", {}, nullptr);
        } catch (...) {
            wake_.give_turn();
            throw;
        }
        wake_.give_turn();
        // Who is alone needs no savepoint: a large transaction under one keeps a copy of each page it changes, and SQLite walks along all of them
        // at the end of each statement.
        const bool alone = group.calls.size() == 1;
        for (Call* call : group.calls) run_call(*call, alone);
        if (alone && !group.calls.front()->kept) writer_->run("ROLLBACK", {}, nullptr);
        else writer_->run("COMMIT", {}, nullptr);
    } catch (const std::exception& failure) {
        const auto error = std::make_exception_ptr(Failure(failure.what()));
        for (Call* call : group.calls) {
            if (!call->error) call->error = error;
            call->kept = false;
        }
        if (writer_->in_transaction()) sqlite3_exec(writer_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
        return;
    }
    try {
        after_group(group);
    } catch (const std::exception& failure) {
        log::error("after a commit", {{"error", failure.what()}});  // a notification was lost; the work is durable
    }
}

void SqliteDb::after_group(Group& group) {
    std::vector<Notification> notifications;
    for (Call* call : group.calls) {
        if (!call->kept) continue;
        transactions_.fetch_add(1, std::memory_order_relaxed);
        run_after_commit(call->callbacks);
        for (const auto& one : call->notifications) add_notification(notifications, one.channel, one.payload);
    }
    wake_.send(notifications);
    checkpointer_.help(*writer_);
}

// One caller's function in a savepoint of its own, or alone in the transaction. What the function throws is its caller's; a Failure leaves here only when
// the whole transaction is broken.
void SqliteDb::run_call(Call& call, bool alone) {
    if (!alone) writer_->run("SAVEPOINT caller", {}, nullptr);
    SqliteTx tx(*writer_);
    std::string why = "the transaction is gone";
    try {
        call.kept = (*call.fn)(tx);
        if (call.kept) {
            tx.refuse_failed();
            // SQLite looks at deferred keys when everybody's work is committed; whose fault it was is known only here.
            int broken = 0;
            int highest = 0;
            sqlite3_db_status(writer_->handle(), SQLITE_DBSTATUS_DEFERRED_FKS, &broken, &highest, 0);
            if (broken != 0) throw ConstraintFailure("a deferred foreign key points at a row that is not there");
        }
    } catch (const Failure& failure) {
        call.error = std::current_exception();
        why = failure.what();
    } catch (...) {
        call.error = std::current_exception();
    }
    call.kept = call.kept && !call.error;
    // SQLite itself rolls back the transaction after some errors (disk full, I/O error, out of memory).
    if (!writer_->in_transaction()) throw Failure(why);
    if (!alone) {
        if (!call.kept) writer_->run("ROLLBACK TO caller", {}, nullptr);
        writer_->run("RELEASE caller", {}, nullptr);
    }
    if (!call.kept) return;
    call.callbacks = std::move(tx.callbacks);
    call.notifications = std::move(tx.notifications);
}

int SqliteDb::committed(void* self, sqlite3*, const char*, int pages) {
    auto& db = *static_cast<SqliteDb*>(self);
    db.commits_.fetch_add(1, std::memory_order_relaxed);
    db.checkpointer_.committed(pages);
    return SQLITE_OK;
}

// A reading connection out of the pool, in a transaction.
class SqliteDb::Reader {
public:
    // Throws Failure where none is free in time.
    Reader(SqliteDb& db, std::chrono::milliseconds patience) : db_(db) {
        {
            std::unique_lock lock(db_.readers_mutex_);
            const auto is_free = [&] { return !db_.free_readers_.empty() || db_.readers_ < db_.options_.readers; };
            if (!db_.reader_free_.wait_for(lock, patience, is_free)) throw Failure("all readers of the database are busy");
            if (!db_.free_readers_.empty()) {
                connection_ = std::move(db_.free_readers_.back());
                db_.free_readers_.pop_back();
            } else {
                ++db_.readers_;
            }
        }
        try {
            if (!connection_) connection_ = std::make_unique<SqliteConnection>(db_.path_, SqliteConnection::Role::reader);
            connection_->run("BEGIN", {}, nullptr);
        } catch (...) {
            give_back();
            throw;
        }
    }
    ~Reader() {
        if (connection_->in_transaction()) sqlite3_exec(connection_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
        give_back();
    }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    SqliteConnection& operator*() { return *connection_; }

private:
    void give_back() {
        {
            const std::lock_guard lock(db_.readers_mutex_);
            if (connection_) db_.free_readers_.push_back(std::move(connection_));
            else --db_.readers_;
        }
        db_.reader_free_.notify_one();
    }
    SqliteDb& db_;
    std::unique_ptr<SqliteConnection> connection_;
};

void SqliteDb::do_read(const std::function<void(Tx&)>& fn) {
    const Inside inside(this);
    Reader reader(*this, std::chrono::minutes(1));
    SqliteTx tx(*reader);
    fn(tx);
    tx.refuse_failed();
    (*reader).run("COMMIT", {}, nullptr);
    run_after_commit(tx.callbacks);
}

bool SqliteDb::healthy() {
    try {
        struct stat found {};
        if (::stat(path_.c_str(), &found) != 0) return false;
        Reader reader(*this, std::chrono::milliseconds(900));
        (*reader).run("SELECT count(*) FROM sqlite_schema", {}, nullptr);
        return true;
    } catch (const Failure&) {
        return false;
    }
}

void SqliteDb::checkpoint() {
    refuse_inside(this);
    checkpointer_.now();
}

}  // namespace verbatim::storage
