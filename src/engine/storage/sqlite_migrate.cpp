#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "engine/storage/sqlite_engine.h"
#include "ground/base/clock.h"
#include "ground/base/log.h"

namespace verbatim::storage {
namespace {

constexpr Sql make_table =
    "CREATE TABLE IF NOT EXISTS schema_migration (module TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL,"
    " applied_at BIGINT NOT NULL, PRIMARY KEY (module, number))";
constexpr Sql select_applied = "SELECT module, max(number) FROM schema_migration GROUP BY module";
constexpr Sql insert_applied = "INSERT INTO schema_migration (module, number, name, applied_at) VALUES ($1, $2, $3, $4)";
constexpr Sql check_foreign_keys = "SELECT count(*) FROM pragma_foreign_key_check";

Applied applied_in(SqliteConnection& connection) {
    Applied applied;
    const std::function<void(const Row&)> keep = [&](const Row& row) { applied[row.get<std::string>(0)] = row.get<int>(1); };
    connection.run(select_applied, {}, &keep);
    return applied;
}

void apply(SqliteConnection& connection, const Migration& migration) {
    connection.execute(in_dialect(migration.sql.sqlite, Engine::sqlite));
    std::int64_t broken = 0;
    const std::function<void(const Row&)> count = [&](const Row& row) { broken = row.integer(0); };
    connection.run(check_foreign_keys, {}, &count);
    if (broken != 0) throw Failure(std::to_string(broken) + " rows point at rows that are not there");
    const Parameter parameters[] = {std::string_view(migration.module), static_cast<std::int64_t>(migration.number), std::string_view(migration.name),
                                    SystemClock{}.now()};
    connection.run(insert_applied, parameters, nullptr);
}

void sync_path(const std::string& path, int flags) {
    const int file = ::open(path.c_str(), flags | O_RDONLY | O_CLOEXEC);
    const bool good = file >= 0 && ::fsync(file) == 0;
    const int why = errno;
    if (file >= 0) ::close(file);
    if (!good) throw Failure("cannot sync " + path + ": " + std::strerror(why));
}

}  // namespace

// A consistent copy without the log, whole and durable before anything is changed.
void SqliteDb::copy_before(const Migration& migration) {
    const std::string copy = path_ + ".before-" + migration.module + "-" + std::to_string(migration.number);
    const std::string half = copy + "." + std::to_string(::getpid());
    ::unlink(half.c_str());
    const int file = ::open(half.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);  // its owner's alone; SQLite fills an empty file
    if (file < 0) throw Failure("cannot make the copy " + half + ": " + std::strerror(errno));
    ::close(file);
    SqliteConnection connection(path_, SqliteConnection::Role::migrator);
    const Parameter target[] = {std::string_view(half)};
    connection.run("VACUUM INTO $1", target, nullptr);
    sync_path(half, 0);
    if (::rename(half.c_str(), copy.c_str()) != 0) throw Failure("cannot keep the copy " + copy + ": " + std::strerror(errno));
    const auto slash = copy.rfind('/');
    sync_path(slash == std::string::npos ? "." : copy.substr(0, slash + 1), O_DIRECTORY);
    log::info("database copied before an upgrade", {{"copy", copy}});
}

void SqliteDb::migrate(std::span<const Migration> migrations) {
    refuse_inside(this);
    SqliteConnection connection(path_, SqliteConnection::Role::migrator);
    connection.run(make_table, {}, nullptr);
    const Applied before = applied_in(connection);
    const auto missing = missing_migrations(before, migrations);
    if (missing.empty()) return;
    if (!before.empty()) copy_before(*missing.front());
    for (const Migration* migration : missing) {
        connection.execute("BEGIN IMMEDIATE");
        try {
            // Another process may have been quicker.
            if (applied_in(connection)[migration->module] < migration->number) apply(connection, *migration);
            connection.execute("COMMIT");
        } catch (const Failure& failure) {
            if (connection.in_transaction()) connection.execute("ROLLBACK");
            throw Failure(std::string("migration ") + migration->module + " " + std::to_string(migration->number) + " (" + migration->name + "): " + failure.what());
        }
    }
    checkpointer_.committed(0);
}

}  // namespace verbatim::storage
