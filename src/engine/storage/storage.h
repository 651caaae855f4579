// One API over two engines: embedded SQLite and PostgreSQL 15+. A use case is one function and one transaction; the caller
// is answered only after its commit is durable.
//
//   db.write([&](Tx& tx) { tx.exec(insert_site, code, name); });                       // durable when it returns
//   auto n = db.read([&](Tx& tx) { return tx.value<std::int64_t>(count_sites); });     // a consistent snapshot
//   for (auto& [code, name] : tx.rows<std::string, std::string>(sites_of_country, country)) ...
//
// On SQLite one writer thread commits many callers' work in one fsync (group commit), each inside its own savepoint; readers
// have connections of their own. On PostgreSQL each caller has a pooled connection.
// A write function that throws, or that returns a Result holding an Error, leaves nothing behind; the exception or the Result
// reaches the caller. A broken database is a storage::Failure. After a statement failed, its transaction can only be rolled
// back, on both engines: a use case that expects a duplicate says ON CONFLICT. On PostgreSQL a function may run again after a
// serialization failure or a lost connection, so it keeps its effects in the transaction and in what it returns. One thread
// has one transaction at a time: db.write or db.read inside another's function is a std::logic_error, not a deadlock.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "ground/base/result.h"

namespace verbatim::storage {

enum class Engine { sqlite, postgresql };

// A statement is source: only a literal makes one, so SQL is never built from values. Parameters are $1, $2, ... on both
// engines. Where the dialects differ, two texts stand side by side.
struct Sql {
    const char* sqlite;
    const char* postgresql;
    consteval Sql(const char* both) : sqlite(both), postgresql(both) {}
    consteval Sql(const char* for_sqlite, const char* for_postgresql) : sqlite(for_sqlite), postgresql(for_postgresql) {}
};

// Binary column or parameter (BLOB, BYTEA). Text columns take and give std::string (UTF-8, no NUL).
struct Blob {
    std::string bytes;
    friend bool operator==(const Blob&, const Blob&) = default;
};

struct Failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};
// A UNIQUE, foreign key, NOT NULL or CHECK constraint refused the row.
struct ConstraintFailure : Failure {
    using Failure::Failure;
};

// What a parameter becomes on the wire. A view must outlive the call only.
using Parameter = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, std::span<const std::byte>>;

namespace detail {
template <class T>
Parameter to_parameter(const T& value) {
    if constexpr (std::is_same_v<T, std::nullptr_t> || std::is_same_v<T, std::nullopt_t>) return nullptr;
    else if constexpr (std::is_same_v<T, Blob>) return std::as_bytes(std::span(value.bytes.data(), value.bytes.size()));
    else if constexpr (std::is_enum_v<T>) return static_cast<std::int64_t>(value);
    else if constexpr (std::is_integral_v<T>) return static_cast<std::int64_t>(value);
    else if constexpr (std::is_floating_point_v<T>) return static_cast<double>(value);
    else if constexpr (std::is_convertible_v<const T&, std::string_view>) return std::string_view(value);
    else return value ? to_parameter(*value) : Parameter(nullptr);  // std::optional
}
}  // namespace detail

// One result row while a statement is stepped; columns counted from 0. Implemented by each engine.
class Row {
public:
    virtual ~Row() = default;
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual double real(int column) const = 0;
    virtual std::string_view text(int column) const = 0;   // valid until the next row
    virtual std::string_view bytes(int column) const = 0;  // valid until the next row

    // T: std::int64_t, int, bool, double, std::string, std::string_view, Blob, or std::optional of one of them.
    template <class T>
    T get(int column) const;
};

class Tx {
public:
    virtual ~Tx() = default;
    virtual Engine engine() const = 0;

    // Runs a statement, returns the number of rows it changed.
    template <class... P>
    std::int64_t exec(Sql sql, const P&... parameters) {
        const Parameter list[] = {detail::to_parameter(parameters)..., nullptr};
        return run(sql, std::span(list, sizeof...(P)), nullptr);
    }
    // The same statement for many parameter rows: one pipeline on PostgreSQL, one prepared statement on SQLite.
    template <class... P>
    std::int64_t exec_many(Sql sql, const std::vector<std::tuple<P...>>& rows);

    // All rows as tuples (or plain values where one column is asked for).
    template <class... C, class... P>
    auto rows(Sql sql, const P&... parameters);
    // The first row, or nothing.
    template <class... C, class... P>
    auto row(Sql sql, const P&... parameters);
    // The first column of the first row; throws Failure where there is none.
    template <class C, class... P>
    C value(Sql sql, const P&... parameters);
    // Calls fn(const Row&) for each row without keeping them: bounded memory whatever the result's size.
    template <class F, class... P>
    void each(Sql sql, F&& fn, const P&... parameters) {
        const Parameter list[] = {detail::to_parameter(parameters)..., nullptr};
        const std::function<void(const Row&)> callback = std::forward<F>(fn);
        stream(sql, std::span(list, sizeof...(P)), callback);
    }

    // Called on this process after the commit is durable; never after a rollback. Must not throw or block.
    virtual void after_commit(std::function<void()> fn) = 0;
    // After the commit every subscriber of this database hears it, in this process and in others (LISTEN/NOTIFY on
    // PostgreSQL, a datagram socket beside the file on SQLite). Payload at most 1,000 bytes. Delivery is a hint, not a promise.
    virtual void notify(std::string_view channel, std::string_view payload) = 0;

protected:
    virtual std::int64_t run(Sql sql, std::span<const Parameter> parameters, const std::function<void(const Row&)>* each_row) = 0;
    virtual std::int64_t run_many(Sql sql, std::size_t columns, std::span<const Parameter> flat) = 0;
    // fn may use the transaction. PostgreSQL reads a SELECT through a cursor, so a statement with RETURNING belongs in rows().
    virtual void stream(Sql sql, std::span<const Parameter> parameters, const std::function<void(const Row&)>& each_row) = 0;
};

// One numbered step of one module's tables. The text may use BLOB and SERIAL_KEY (an integer primary key the database
// counts up); each engine reads its own words for them. Statements are separated by ';' at a line's end.
struct Migration {
    const char* module;  // "reviews"
    int number;          // 1, 2, ... without gaps
    const char* name;    // "reviews, versions, replies"
    Sql sql;
};

// While it lives, the first write transaction of this thread that succeeds also runs `fn`, as its last step: what is said about an act
// commits with the act, without the act's knowing. Like any function of a transaction, fn may run again after a serialization failure.
class Alongside {
public:
    explicit Alongside(std::function<void(Tx&)> fn);
    ~Alongside();
    Alongside(const Alongside&) = delete;
    Alongside& operator=(const Alongside&) = delete;
    bool committed() const { return committed_; }

private:
    friend class Db;
    static Alongside* waiting();  // this thread's, where it has not committed yet
    std::function<void(Tx&)> fn_;
    Alongside* outer_ = nullptr;
    bool committed_ = false;
};

struct Options {
    int readers = 8;             // SQLite: reading connections; PostgreSQL: pool size together with writers
    int writers = 8;             // PostgreSQL only
    int group_limit = 256;       // SQLite: most callers in one commit
    int group_wait_us = 2000;    // SQLite: how long the writer waits for company when others are on their way
    bool create = false;         // make the database where it is missing
};

class Db {
public:
    // "sqlite:PATH" or "postgresql://...". Throws Failure saying what to do.
    static std::unique_ptr<Db> open(const std::string& url, const Options& options = {});
    virtual ~Db() = default;
    virtual Engine engine() const = 0;

    // Applies what is missing, in the order given, each in a transaction of its own. A SQLite file that has tables from an
    // older version is first copied beside itself (FILE.before-MODULE-N). Refuses a database newer than this program.
    virtual void migrate(std::span<const Migration> migrations) = 0;

    template <class F>
    auto write(F&& fn) -> std::invoke_result_t<F, Tx&>;
    template <class F>
    auto read(F&& fn) -> std::invoke_result_t<F, Tx&>;

    // fn(channel, payload) runs on a thread of the database's; it must be quick. Kept until the Db goes.
    virtual void subscribe(std::function<void(std::string_view channel, std::string_view payload)> fn) = 0;
    // Is the database there? For /readyz; takes at most a second.
    virtual bool healthy() = 0;

    struct Counters {
        std::uint64_t commits = 0;      // durable commits (group commits on SQLite)
        std::uint64_t transactions = 0; // callers' transactions in them
    };
    virtual Counters counters() const = 0;

    // What was deleted or overwritten leaves the disk now: on SQLite the write-ahead log is brought into the file and cut to
    // nothing. That happens by itself when the database is idle and every half minute; call it to be sure. Throws Failure
    // where long readers keep the log for ten seconds. On PostgreSQL nothing happens here: VACUUM is the server's.
    virtual void checkpoint() = 0;

protected:
    // Runs fn inside a write transaction and returns after the commit is durable; fn says false to roll back.
    virtual void do_write(const std::function<bool(Tx&)>& fn) = 0;
    virtual void do_read(const std::function<void(Tx&)>& fn) = 0;
};

}  // namespace verbatim::storage

#include "engine/storage/storage_templates.h"
