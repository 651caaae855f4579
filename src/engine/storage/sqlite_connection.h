// One SQLite connection: its statements prepared once per literal, its rows, its errors.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/storage/engines.h"

namespace verbatim::storage {

class SqliteConnection {
public:
    // A reader may not write; a migrator has foreign keys off, so that tables can be rebuilt.
    enum class Role { writer, reader, checkpointer, migrator };
    SqliteConnection(const std::string& path, Role role);
    ~SqliteConnection();
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    // Text without parameters, possibly several statements; for what is not source (migrations, pragmas).
    void execute(const std::string& text);
    std::int64_t run(Sql sql, std::span<const Parameter> parameters, const std::function<void(const Row&)>* each_row);
    std::int64_t run_many(Sql sql, std::size_t columns, std::span<const Parameter> flat);
    // How long to wait for a lock that another connection or process holds.
    void set_patience(int milliseconds);
    bool in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }
    sqlite3* handle() { return db_; }
    [[noreturn]] void fail(const char* doing);

private:
    struct Statement {
        sqlite3_stmt* handle = nullptr;
        std::vector<std::size_t> numbers;  // numbers[i] is the n of the $n that SQLite counts as its parameter i + 1
        std::size_t parameters = 0;
        std::uint64_t used = 0;
        bool stepping = false;
        Statement() = default;
        Statement(const Statement&) = delete;
        Statement& operator=(const Statement&) = delete;
        ~Statement() { sqlite3_finalize(handle); }
    };
    class Use;
    std::unique_ptr<Statement> prepare(const char* text);
    void drop_oldest();
    void bind(Statement& statement, const char* text, std::span<const Parameter> parameters);
    std::int64_t step(Statement& statement, const char* text, const std::function<void(const Row&)>* each_row);

    sqlite3* db_ = nullptr;
    std::size_t most_statements_;
    std::uint64_t uses_ = 0;
    std::unordered_map<const char*, std::unique_ptr<Statement>> statements_;
};

// A transaction on a connection, for as long as its function runs. Beginning and ending it is the engine's.
class SqliteTx final : public EngineTx {
public:
    explicit SqliteTx(SqliteConnection& connection) : connection_(connection) {}
    Engine engine() const override { return Engine::sqlite; }

protected:
    std::int64_t run(Sql sql, std::span<const Parameter> parameters, const std::function<void(const Row&)>* each_row) override;
    std::int64_t run_many(Sql sql, std::size_t columns, std::span<const Parameter> flat) override;
    void stream(Sql sql, std::span<const Parameter> parameters, const std::function<void(const Row&)>& each_row) override {
        run(sql, parameters, &each_row);
    }

private:
    void refuse_gone() const;
    SqliteConnection& connection_;
};

}  // namespace verbatim::storage
