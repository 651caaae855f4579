#include "engine/storage/sqlite_connection.h"

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <mutex>
#include <thread>

namespace verbatim::storage {
namespace {

// Another process has the lock. Short sleeps, because who waits here has the turn (see Turn) and the lock comes free soon.
int wait_for_lock(void* most_ms, int tries) {
    const auto most = static_cast<int>(reinterpret_cast<std::intptr_t>(most_ms));
    if (tries / 2 > most) return 0;
    std::this_thread::sleep_for(std::chrono::microseconds(500));
    return 1;
}

class SqliteRow final : public Row {
public:
    explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement), columns_(sqlite3_column_count(statement)) {}

    bool is_null(int column) const override { return type(column) == SQLITE_NULL; }
    std::int64_t integer(int column) const override {
        const int found = type(column);
        if (found == SQLITE_INTEGER) return sqlite3_column_int64(statement_, column);
        if (found == SQLITE_FLOAT) {
            const double real = sqlite3_column_double(statement_, column);
            if (std::trunc(real) == real && std::abs(real) < 9e18) return static_cast<std::int64_t>(real);
        }
        wrong(column, "an integer");
    }
    double real(int column) const override {
        const int found = type(column);
        if (found != SQLITE_INTEGER && found != SQLITE_FLOAT) wrong(column, "a number");
        return sqlite3_column_double(statement_, column);
    }
    std::string_view text(int column) const override {
        if (is_null(column)) wrong(column, "text");
        const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
        return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }
    std::string_view bytes(int column) const override {
        if (is_null(column)) wrong(column, "bytes");
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
        return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }

private:
    int type(int column) const {
        if (column >= columns_) wrong(column, "part of the result");
        return sqlite3_column_type(statement_, column);
    }
    [[noreturn]] void wrong(int column, const char* wanted) const {
        throw Failure("column " + std::to_string(column) + " is not " + wanted + ": " + sqlite3_sql(statement_));
    }

    sqlite3_stmt* statement_;
    int columns_;
};

}  // namespace

// A statement while it is stepped; a second use of the same literal meanwhile (inside each()) gets a statement of its own.
class SqliteConnection::Use {
public:
    Use(SqliteConnection& connection, const char* text) {
        auto& kept = connection.statements_[text];
        if (!kept) {
            try {
                kept = connection.prepare(text);
            } catch (...) {
                connection.statements_.erase(text);
                throw;
            }
            statement_ = kept.get();
            statement_->stepping = true;
            statement_->used = ++connection.uses_;
            connection.drop_oldest();
            return;
        }
        if (kept->stepping) {
            own_ = connection.prepare(text);
            statement_ = own_.get();
        } else {
            statement_ = kept.get();
        }
        statement_->stepping = true;
        statement_->used = ++connection.uses_;
    }
    ~Use() {
        sqlite3_reset(statement_->handle);
        sqlite3_clear_bindings(statement_->handle);  // they point at the caller's memory
        statement_->stepping = false;
    }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    Statement& operator*() { return *statement_; }

private:
    std::unique_ptr<Statement> own_;
    Statement* statement_ = nullptr;
};

SqliteConnection::SqliteConnection(const std::string& path, Role role) : most_statements_(role == Role::writer ? 400 : 80) {
    static std::once_flag once;
    // Memory statistics cost a global lock at each allocation. Has no effect when something else began with SQLite earlier.
    std::call_once(once, [] { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); });

    if (sqlite3_open_v2(path.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr) != SQLITE_OK) {
        const std::string why = db_ != nullptr ? sqlite3_errmsg(db_) : "out of memory";
        sqlite3_close(db_);
        throw Failure("cannot open the database " + path + ": " + why);
    }
    try {
        set_patience(role == Role::checkpointer ? 50 : 30000);
        // As on PostgreSQL: "x" is a name, never a text; LIKE tells capitals.
        sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
        sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
        execute("PRAGMA case_sensitive_like=ON; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY");
        // Not mapped into memory: it would save two fifths of a read's CPU, but each connection's mapped pages count as resident.
        execute("PRAGMA mmap_size=0");
        execute("PRAGMA synchronous=FULL; PRAGMA secure_delete=ON");
        execute(role == Role::migrator ? "PRAGMA foreign_keys=OFF" : "PRAGMA foreign_keys=ON");
        if (role == Role::reader) execute("PRAGMA cache_size=-1000; PRAGMA query_only=ON");
        if (role == Role::writer) execute("PRAGMA cache_size=-8000; PRAGMA journal_mode=WAL");
        sqlite3_wal_autocheckpoint(db_, 0);  // the Checkpointer's work
    } catch (const Failure& failure) {
        sqlite3_close(db_);
        throw Failure("cannot use the database " + path + ": " + failure.what());
    }
}

SqliteConnection::~SqliteConnection() {
    statements_.clear();
    sqlite3_close(db_);
}

void SqliteConnection::set_patience(int milliseconds) {
    sqlite3_busy_handler(db_, wait_for_lock, reinterpret_cast<void*>(static_cast<std::intptr_t>(milliseconds)));
}

void SqliteConnection::fail(const char* doing) {
    const std::string what = std::string(sqlite3_errmsg(db_)) + " in: " + doing;
    if ((sqlite3_extended_errcode(db_) & 0xff) == SQLITE_CONSTRAINT) throw ConstraintFailure(what);
    throw Failure(what);
}

void SqliteConnection::execute(const std::string& text) {
    if (sqlite3_exec(db_, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(text.c_str());
}

std::unique_ptr<SqliteConnection::Statement> SqliteConnection::prepare(const char* text) {
    auto statement = std::make_unique<Statement>();
    if (sqlite3_prepare_v3(db_, text, -1, SQLITE_PREPARE_PERSISTENT, &statement->handle, nullptr) != SQLITE_OK) fail(text);
    if (statement->handle == nullptr) throw Failure("an empty statement");
    // SQLite counts named parameters by their first appearance; the n of $n is in the name.
    const int count = sqlite3_bind_parameter_count(statement->handle);
    std::vector<bool> present;
    for (int place = 1; place <= count; ++place) {
        const char* name = sqlite3_bind_parameter_name(statement->handle, place);
        char* end = nullptr;
        const long number = name != nullptr && name[0] == '$' ? std::strtol(name + 1, &end, 10) : 0;
        if (number < 1 || number > 999 || *end != '\0') throw Failure(std::string("parameters are written $1, $2, ...: ") + text);
        statement->numbers.push_back(static_cast<std::size_t>(number));
        statement->parameters = std::max(statement->parameters, static_cast<std::size_t>(number));
    }
    if (statement->numbers.size() != statement->parameters) throw Failure(std::string("a parameter's number is left out: ") + text);
    return statement;
}

void SqliteConnection::drop_oldest() {
    if (statements_.size() <= most_statements_) return;
    auto oldest = statements_.end();
    for (auto at = statements_.begin(); at != statements_.end(); ++at) {
        if (!at->second->stepping && (oldest == statements_.end() || at->second->used < oldest->second->used)) oldest = at;
    }
    if (oldest != statements_.end()) statements_.erase(oldest);
}

void SqliteConnection::bind(Statement& statement, const char* text, std::span<const Parameter> parameters) {
    if (parameters.size() != statement.parameters) {
        throw Failure("the statement has " + std::to_string(statement.parameters) + " parameters, " + std::to_string(parameters.size()) + " were given: " + text);
    }
    for (std::size_t i = 0; i < statement.numbers.size(); ++i) {
        const int place = static_cast<int>(i) + 1;
        const Parameter& value = parameters[statement.numbers[i] - 1];
        int code = SQLITE_OK;
        if (const auto* integer = std::get_if<std::int64_t>(&value)) {
            code = sqlite3_bind_int64(statement.handle, place, *integer);
        } else if (const auto* real = std::get_if<double>(&value)) {
            code = sqlite3_bind_double(statement.handle, place, *real);
        } else if (const auto* view = std::get_if<std::string_view>(&value)) {
            check_text(*view);
            code = sqlite3_bind_text64(statement.handle, place, view->empty() ? "" : view->data(), view->size(), SQLITE_STATIC, SQLITE_UTF8);
        } else if (const auto* bytes = std::get_if<std::span<const std::byte>>(&value)) {
            if (bytes->empty()) code = sqlite3_bind_zeroblob(statement.handle, place, 0);
            else code = sqlite3_bind_blob64(statement.handle, place, bytes->data(), bytes->size(), SQLITE_STATIC);
        } else {
            code = sqlite3_bind_null(statement.handle, place);
        }
        if (code != SQLITE_OK) fail(text);
    }
}

std::int64_t SqliteConnection::step(Statement& statement, const char* text, const std::function<void(const Row&)>* each_row) {
    const std::int64_t before = sqlite3_total_changes64(db_);
    for (;;) {
        const int code = sqlite3_step(statement.handle);
        if (code == SQLITE_DONE) break;
        if (code != SQLITE_ROW) fail(text);
        if (each_row != nullptr) (*each_row)(SqliteRow(statement.handle));
    }
    if (sqlite3_total_changes64(db_) == before) return 0;
    return sqlite3_stmt_readonly(statement.handle) != 0 ? 0 : sqlite3_changes64(db_);
}

std::int64_t SqliteConnection::run(Sql sql, std::span<const Parameter> parameters, const std::function<void(const Row&)>* each_row) {
    Use use(*this, sql.sqlite);
    bind(*use, sql.sqlite, parameters);
    return step(*use, sql.sqlite, each_row);
}

std::int64_t SqliteConnection::run_many(Sql sql, std::size_t columns, std::span<const Parameter> flat) {
    std::int64_t changed = 0;
    Use use(*this, sql.sqlite);
    for (std::size_t at = 0; at < flat.size(); at += columns) {
        bind(*use, sql.sqlite, flat.subspan(at, columns));
        changed += step(*use, sql.sqlite, nullptr);
        sqlite3_reset((*use).handle);
    }
    return changed;
}

// SQLite rolls back by itself after some errors; without this a statement would then commit alone.
void SqliteTx::refuse_gone() const {
    if (!connection_.in_transaction()) throw Failure("the transaction is gone");
}

std::int64_t SqliteTx::run(Sql sql, std::span<const Parameter> parameters, const std::function<void(const Row&)>* each_row) {
    return guarded([&] {
        refuse_gone();
        return connection_.run(sql, parameters, each_row);
    });
}

std::int64_t SqliteTx::run_many(Sql sql, std::size_t columns, std::span<const Parameter> flat) {
    return guarded([&] {
        refuse_gone();
        return connection_.run_many(sql, columns, flat);
    });
}

}  // namespace verbatim::storage
