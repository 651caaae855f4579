#include "life/plan/versions.h"

namespace verbatim::plan {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

// Of plan_touch: `how` is the channel in its lowest three bits and above them the variant counted from 1, as in touchpoint; `outcome` is
// facts.h's, 0 is sent. PostgreSQL's columns stand in the order in which nothing is padded; the primary key is the only index.
constexpr storage::Migration steps[] = {
    {"plan_run", 1, "versions, people, touchpoints",
     {R"(
CREATE TABLE plan_version (number SERIAL_KEY, version TEXT NOT NULL, from_at INTEGER NOT NULL, published_at INTEGER NOT NULL, by_whom TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX plan_version_from ON plan_version (from_at, number);
CREATE TABLE plan_campaign (number SERIAL_KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE plan_person (number SERIAL_KEY, customer TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, next_at INTEGER NOT NULL, looked_at INTEGER NOT NULL, turn INTEGER NOT NULL);
CREATE INDEX plan_person_next ON plan_person (next_at, number);
CREATE INDEX plan_person_version ON plan_person (version, number);
CREATE TABLE plan_vehicle (person INTEGER NOT NULL, vehicle INTEGER NOT NULL, vin TEXT NOT NULL, PRIMARY KEY (person, vehicle)) WITHOUT ROWID;
CREATE TABLE plan_touch (
    person INTEGER NOT NULL,
    due_day INTEGER NOT NULL,
    campaign INTEGER NOT NULL,
    vehicle INTEGER NOT NULL,
    at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    how INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    PRIMARY KEY (person, due_day, campaign, vehicle)
) WITHOUT ROWID;
CREATE TABLE plan_fact (customer TEXT NOT NULL, vin TEXT NOT NULL, what TEXT NOT NULL, day INTEGER NOT NULL, PRIMARY KEY (customer, vin, what, day)) WITHOUT ROWID;
CREATE TABLE plan_cursor (name TEXT PRIMARY KEY, at INTEGER NOT NULL);
)",
      R"(
CREATE TABLE plan_version (number SERIAL_KEY, version TEXT NOT NULL, from_at BIGINT NOT NULL, published_at BIGINT NOT NULL, by_whom TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX plan_version_from ON plan_version (from_at, number);
CREATE TABLE plan_campaign (number SERIAL_KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE plan_person (number SERIAL_KEY, customer TEXT NOT NULL UNIQUE, version BIGINT NOT NULL, next_at BIGINT NOT NULL, looked_at BIGINT NOT NULL, turn BIGINT NOT NULL);
CREATE INDEX plan_person_next ON plan_person (next_at, number);
CREATE INDEX plan_person_version ON plan_person (version, number);
CREATE TABLE plan_vehicle (person BIGINT NOT NULL, vehicle SMALLINT NOT NULL, vin TEXT NOT NULL, PRIMARY KEY (person, vehicle));
CREATE TABLE plan_touch (
    person BIGINT NOT NULL,
    at BIGINT NOT NULL,
    due_day INTEGER NOT NULL,
    version INTEGER NOT NULL,
    campaign SMALLINT NOT NULL,
    vehicle SMALLINT NOT NULL,
    how SMALLINT NOT NULL,
    outcome SMALLINT NOT NULL,
    PRIMARY KEY (person, due_day, campaign, vehicle)
);
CREATE TABLE plan_fact (customer TEXT NOT NULL, vin TEXT NOT NULL, what TEXT NOT NULL, day BIGINT NOT NULL, PRIMARY KEY (customer, vin, what, day));
CREATE TABLE plan_cursor (name TEXT PRIMARY KEY, at BIGINT NOT NULL);
)"}},
    // A click and the signs that it is a program's (clicks.h).
    {"plan_run", 2, "clicks",
     {R"(
CREATE TABLE plan_click (person INTEGER NOT NULL, due_day INTEGER NOT NULL, campaign INTEGER NOT NULL, vehicle INTEGER NOT NULL, at INTEGER NOT NULL, link INTEGER NOT NULL, signs INTEGER NOT NULL,
    PRIMARY KEY (person, due_day, campaign, vehicle, at, link)) WITHOUT ROWID;
)",
      R"(
CREATE TABLE plan_click (person BIGINT NOT NULL, at BIGINT NOT NULL, due_day INTEGER NOT NULL, campaign SMALLINT NOT NULL, vehicle SMALLINT NOT NULL, link SMALLINT NOT NULL, signs SMALLINT NOT NULL,
    PRIMARY KEY (person, due_day, campaign, vehicle, at, link));
)"}},
    // How far a version has come is kept once, in plan_cursor, and no longer with each person.
    {"plan_run", 3, "no version with each person", {R"(
DROP INDEX plan_person_version;
ALTER TABLE plan_person DROP COLUMN version;
)"}},
    // Letters with a picture, to people who agreed to that: `at` is 0 until one was opened, then the first time with the fewest signs.
    {"plan_run", 4, "opens",
     {R"(
CREATE TABLE plan_open (person INTEGER NOT NULL, due_day INTEGER NOT NULL, campaign INTEGER NOT NULL, vehicle INTEGER NOT NULL, at INTEGER NOT NULL, signs INTEGER NOT NULL,
    PRIMARY KEY (person, due_day, campaign, vehicle)) WITHOUT ROWID;
)",
      R"(
CREATE TABLE plan_open (person BIGINT NOT NULL, at BIGINT NOT NULL, due_day INTEGER NOT NULL, campaign SMALLINT NOT NULL, vehicle SMALLINT NOT NULL, signs SMALLINT NOT NULL,
    PRIMARY KEY (person, due_day, campaign, vehicle));
)"}},
};

constexpr Sql insert_version("INSERT INTO plan_version (version, from_at, published_at, by_whom, body) VALUES ($1, $2, $3, $4, $5)");
constexpr Sql delete_same("DELETE FROM plan_version WHERE from_at = $1 AND from_at > $2");
constexpr Sql newest("SELECT number, version, from_at, published_at, by_whom FROM plan_version ORDER BY number DESC LIMIT $1");
constexpr Sql by_number("SELECT number, version, from_at, published_at, by_whom, body FROM plan_version WHERE number = $1");
constexpr Sql holding("SELECT number, version, from_at, published_at, by_whom, body FROM plan_version WHERE from_at <= $1 ORDER BY from_at DESC, number DESC LIMIT 1");
constexpr Sql first("SELECT MIN(from_at) FROM plan_version");
constexpr Sql insert_campaign("INSERT INTO plan_campaign (id) VALUES ($1) ON CONFLICT DO NOTHING");

Version version_of(const Row& row) { return {row.integer(0), std::string(row.text(1)), row.integer(2), row.integer(3), std::string(row.text(4)), {}}; }
std::optional<Version> one(Tx& tx, const Sql& sql, std::int64_t value) {
    std::optional<Version> found;
    tx.each(sql, [&](const Row& row) {
        found = version_of(row);
        found->body = row.text(5);
    }, value);
    return found;
}

}  // namespace

std::span<const storage::Migration> run_migrations() { return steps; }

Result<Version> publish(Tx& tx, const Actor& actor, Seconds now, std::string_view body, Seconds from) {
    const auto reading = read_plan(body);
    if (!reading.good()) return Error{ErrorKind::invalid, "plan_faults", "the plan has mistakes; the first is in line " + std::to_string(reading.faults.front().line) + ": " + reading.faults.front().message, "plan"};
    if (from < now) return Error{ErrorKind::invalid, "from_past", "a plan holds from now on or from a later day, never from one that is past", "from"};
    tx.exec(delete_same, from, now);
    tx.exec(insert_version, reading.plan.version, from, now, actor.label(), body);
    for (const auto& campaign : reading.plan.campaigns) tx.exec(insert_campaign, campaign.id);
    return versions(tx, 1).front();
}

std::vector<Version> versions(Tx& tx, int limit) {
    std::vector<Version> all;
    tx.each(newest, [&](const Row& row) { all.push_back(version_of(row)); }, limit);
    return all;
}

std::optional<Version> find_version(Tx& tx, std::int64_t number) { return one(tx, by_number, number); }
std::optional<Version> version_at(Tx& tx, Seconds now) { return one(tx, holding, now); }
std::optional<Seconds> first_from(Tx& tx) { return tx.value<std::optional<std::int64_t>>(first); }

}  // namespace verbatim::plan
