#include "engine/storage/postgres_engine.h"
#include "ground/base/clock.h"

namespace verbatim::storage {
namespace {

// "verbatim" as a number: one migrating process at a time. Held by the session, so a process that dies lets go.
constexpr const char* lock = "SELECT pg_advisory_lock(8531274586337402221)";
constexpr const char* unlock = "SELECT pg_advisory_unlock(8531274586337402221)";
constexpr const char* make_table =
    "CREATE TABLE IF NOT EXISTS schema_migration (module TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL,"
    " applied_at BIGINT NOT NULL, PRIMARY KEY (module, number))";
constexpr Sql select_applied = "SELECT module, max(number) FROM schema_migration GROUP BY module";
constexpr Sql insert_applied = "INSERT INTO schema_migration (module, number, name, applied_at) VALUES ($1, $2, $3, $4)";

void apply(PostgresConnection& connection, const Migration& migration) {
    connection.execute(in_dialect(migration.sql.postgresql, Engine::postgresql));
    const Parameter parameters[] = {std::string_view(migration.module), static_cast<std::int64_t>(migration.number), std::string_view(migration.name),
                                    SystemClock{}.now()};
    connection.run(insert_applied, parameters, nullptr);
}

}  // namespace

void PostgresDb::migrate(std::span<const Migration> migrations) {
    refuse_inside(this);
    PostgresConnection connection(url_, std::chrono::seconds(5));
    connection.execute(lock);
    connection.execute(make_table);
    Applied applied;
    const std::function<void(const Row&)> keep = [&](const Row& row) { applied[row.get<std::string>(0)] = row.get<int>(1); };
    connection.run(select_applied, {}, &keep);
    for (const Migration* migration : missing_migrations(applied, migrations)) {
        try {
            connection.execute("BEGIN");
            apply(connection, *migration);
            connection.execute("COMMIT");
        } catch (const Failure& failure) {
            throw Failure(std::string("migration ") + migration->module + " " + std::to_string(migration->number) + " (" + migration->name + "): " + failure.what());
        }
    }
    connection.execute(unlock);
}

}  // namespace verbatim::storage
