// The PostgreSQL engine: a pool of connections, a listener, migrations under an advisory lock.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/storage/engines.h"
#include "engine/storage/postgres_connection.h"
#include "engine/storage/postgres_listener.h"

namespace verbatim::storage {

class PostgresDb final : public Db {
public:
    PostgresDb(const std::string& url, const Options& options);
    Engine engine() const override { return Engine::postgresql; }
    void migrate(std::span<const Migration> migrations) override;
    void subscribe(Subscriber fn) override { listener_.subscribe(std::move(fn)); }
    bool healthy() override;
    Counters counters() const override { return {commits_.load(), commits_.load()}; }
    void checkpoint() override { refuse_inside(this); }

protected:
    void do_write(const std::function<bool(Tx&)>& fn) override;
    void do_read(const std::function<void(Tx&)>& fn) override;

private:
    class Lease;
    void create_database();
    enum class Outcome { kept, refused, again };
    Outcome attempt(const char* begin, const std::function<bool(Tx&)>& fn, bool last);
    // Runs fn in a transaction that `begin` opens; again where the server says so or went away before the commit. True where
    // it is committed.
    bool transact(const char* begin, const std::function<bool(Tx&)>& fn);

    const std::string url_;
    const int most_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<PostgresConnection>> idle_;
    int connections_ = 0;
    std::mutex health_mutex_;
    std::unique_ptr<PostgresConnection> health_;
    std::atomic<std::uint64_t> commits_{0};
    PostgresListener listener_;
};

}  // namespace verbatim::storage
