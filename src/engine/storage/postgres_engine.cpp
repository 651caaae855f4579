#include "engine/storage/postgres_engine.h"

#include <random>
#include <thread>

namespace verbatim::storage {
namespace {

using namespace std::chrono_literals;

constexpr int most_tries = 8;
constexpr auto connect_patience = 5s;

class PostgresTx final : public EngineTx {
public:
    explicit PostgresTx(PostgresConnection& connection) : connection_(connection) {}
    Engine engine() const override { return Engine::postgresql; }

    void commit() {
        watched([&] {
            try {
                if (!connection_.commit()) throw Failure("the server rolled the transaction back");
            } catch (const ConnectionLost& lost) {
                throw Failure(std::string("the server went away during the commit; whether it happened is not known: ") + lost.what());
            }
            return 0;
        });
    }
    // The server said so, whatever the function made of it.
    bool may_run_again() const { return again_; }

protected:
    std::int64_t run(Sql sql, std::span<const Parameter> parameters, const std::function<void(const Row&)>* each_row) override {
        return watched([&] { return connection_.run(sql, parameters, each_row); });
    }
    std::int64_t run_many(Sql sql, std::size_t columns, std::span<const Parameter> flat) override {
        return watched([&] { return connection_.run_many(sql, columns, flat); });
    }
    void stream(Sql sql, std::span<const Parameter> parameters, const std::function<void(const Row&)>& each_row) override {
        watched([&] {
            connection_.stream(sql, parameters, each_row);
            return 0;
        });
    }

private:
    template <class F>
    std::invoke_result_t<F> watched(F&& fn) {
        return guarded([&] {
            try {
                return fn();
            } catch (const TryAgain&) {
                again_ = true;
                throw;
            } catch (const ConnectionLost&) {
                again_ = true;
                throw;
            }
        });
    }
    PostgresConnection& connection_;
    bool again_ = false;
};

}  // namespace

std::unique_ptr<Db> open_postgresql(const std::string& url, const Options& options) { return std::make_unique<PostgresDb>(url, options); }

// A connection out of the pool; one that is not idle at the end is closed.
class PostgresDb::Lease {
public:
    explicit Lease(PostgresDb& db) : db_(db) {
        {
            std::unique_lock lock(db_.mutex_);
            db_.returned_.wait(lock, [&] { return !db_.idle_.empty() || db_.connections_ < db_.most_; });
            if (!db_.idle_.empty()) {
                connection_ = std::move(db_.idle_.back());
                db_.idle_.pop_back();
                return;
            }
            ++db_.connections_;
        }
        try {
            connection_ = std::make_unique<PostgresConnection>(db_.url_, connect_patience);
        } catch (...) {
            give_back();
            throw;
        }
    }
    ~Lease() { give_back(); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    PostgresConnection& operator*() { return *connection_; }
    // When one connection is found dead, the others of that server are too.
    void close_all_idle() {
        std::vector<std::unique_ptr<PostgresConnection>> dead;
        const std::lock_guard lock(db_.mutex_);
        db_.connections_ -= static_cast<int>(db_.idle_.size());
        dead.swap(db_.idle_);
    }

private:
    void give_back() {
        {
            const std::lock_guard lock(db_.mutex_);
            if (connection_ && connection_->idle()) db_.idle_.push_back(std::move(connection_));
            else --db_.connections_;
        }
        db_.returned_.notify_one();
    }
    PostgresDb& db_;
    std::unique_ptr<PostgresConnection> connection_;
};

PostgresDb::PostgresDb(const std::string& url, const Options& options) : url_(url), most_(options.readers + options.writers), listener_(url) {
    const auto connect = [&] { idle_.push_back(std::make_unique<PostgresConnection>(url_, connect_patience)); };
    try {
        try {
            connect();
        } catch (const ConnectionLost& failure) {
            // libpq has no error code for a failed connection.
            if (!options.create || std::string_view(failure.what()).find("does not exist") == std::string_view::npos) throw;
            create_database();
            connect();
        }
    } catch (const ConnectionLost& failure) {
        throw Failure(std::string("cannot connect to PostgreSQL: ") + failure.what() + ". Check the URL and that the server runs; an empty database must be there.");
    }
    connections_ = 1;
    const int version = PQserverVersion(idle_[0]->handle());
    if (version < 150000) throw Failure("PostgreSQL " + std::to_string(version / 10000) + " is too old: 15 or later is needed");
    if (std::string_view(PQparameterStatus(idle_[0]->handle(), "server_encoding")) != "UTF8") throw Failure("the PostgreSQL database must have the encoding UTF8");
}

// Text sorts by its bytes, as on SQLite.
void PostgresDb::create_database() {
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> parsed(PQconninfoParse(url_.c_str(), nullptr), &PQconninfoFree);
    const char* name = nullptr;
    for (const auto* option = parsed.get(); option != nullptr && option->keyword != nullptr; ++option) {
        if (std::string_view(option->keyword) == "dbname") name = option->val;
    }
    if (name == nullptr) throw Failure("the URL names no database to make");
    PostgresConnection connection(url_, connect_patience, "postgres");
    const std::unique_ptr<char, decltype(&PQfreemem)> quoted(PQescapeIdentifier(connection.handle(), name, std::string_view(name).size()), &PQfreemem);
    connection.execute(std::string("CREATE DATABASE ") + quoted.get() + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
}

PostgresDb::Outcome PostgresDb::attempt(const char* begin, const std::function<bool(Tx&)>& fn, bool last) {
    Lease lease(*this);
    PostgresTx tx(*lease);
    (*lease).begin(begin);
    try {
        const bool keep = fn(tx);
        if (keep) {
            tx.refuse_failed();
            tx.commit();
            run_after_commit(tx.callbacks);
            listener_.send(tx.notifications);
            return Outcome::kept;
        }
        (*lease).roll_back();
        if ((*lease).lost()) lease.close_all_idle();
        return tx.may_run_again() && !last ? Outcome::again : Outcome::refused;
    } catch (...) {
        (*lease).roll_back();
        if ((*lease).lost()) lease.close_all_idle();
        if (tx.may_run_again() && !last) return Outcome::again;
        throw;
    }
}

bool PostgresDb::transact(const char* begin, const std::function<bool(Tx&)>& fn) {
    const Inside inside(this);
    for (int tries = 1;; ++tries) {
        const Outcome outcome = attempt(begin, fn, tries == most_tries);
        if (outcome != Outcome::again) return outcome == Outcome::kept;
        std::this_thread::sleep_for(std::chrono::microseconds(500 * tries + static_cast<int>(std::random_device{}() % 2000)));
    }
}

void PostgresDb::do_write(const std::function<bool(Tx&)>& fn) {
    if (transact("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", fn)) commits_.fetch_add(1, std::memory_order_relaxed);
}

void PostgresDb::do_read(const std::function<void(Tx&)>& fn) {
    transact("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", [&](Tx& tx) {
        fn(tx);
        return true;
    });
}

bool PostgresDb::healthy() {
    const std::lock_guard lock(health_mutex_);
    if (health_ && health_->answers(300ms)) return true;
    health_.reset();
    try {
        health_ = std::make_unique<PostgresConnection>(url_, 400ms);
        return health_->answers(300ms);
    } catch (const Failure&) {
        return false;
    }
}

}  // namespace verbatim::storage
