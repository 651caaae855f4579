#include "record/ledger/schema.h"

#include <stdexcept>
#include <tuple>

#include "record/ledger/ledger.h"

namespace verbatim::ledger {
namespace {

using storage::Blob;
using storage::Engine;
using storage::Failure;
using storage::Migration;
using storage::Row;
using storage::Sql;
using storage::Tx;

// On SQLite one writer works at a time and a rolled back row gives its number back, so ids count commits without a gap and
// an entry's place is its id less one. On PostgreSQL transactions commit in another order than they took their ids, and some
// never commit; so the place is a column that stays NULL until the sequencer fills it.
constexpr Sql create_tables(
    R"sql(
CREATE TABLE ledger_entry (id INTEGER PRIMARY KEY, leaf BLOB NOT NULL);
CREATE TABLE ledger_tile (level INTEGER NOT NULL, n INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, n));
CREATE TABLE ledger_state (one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL, root BLOB NOT NULL);
CREATE TABLE ledger_checkpoint (size INTEGER PRIMARY KEY, root BLOB NOT NULL, note TEXT NOT NULL, at INTEGER NOT NULL);
)sql",
    R"sql(
CREATE SEQUENCE ledger_entry_id;
CREATE TABLE ledger_entry (id BIGINT PRIMARY KEY DEFAULT nextval('ledger_entry_id'), idx BIGINT UNIQUE, leaf BYTEA NOT NULL);
CREATE INDEX ledger_entry_waiting ON ledger_entry (id) WHERE idx IS NULL;
CREATE TABLE ledger_tile (level INTEGER NOT NULL, n BIGINT NOT NULL, hashes BYTEA NOT NULL, PRIMARY KEY (level, n));
CREATE TABLE ledger_state (one INTEGER PRIMARY KEY CHECK (one = 1), size BIGINT NOT NULL, root BYTEA NOT NULL);
CREATE TABLE ledger_checkpoint (size BIGINT PRIMARY KEY, root BYTEA NOT NULL, note TEXT NOT NULL, at BIGINT NOT NULL);
)sql");

// What witnesses have signed (norm TLG-7): their lines by checkpoint, the size each is known to be at, and the newest
// checkpoint that enough of them cosigned.
constexpr Sql create_witnesses(R"sql(
CREATE TABLE ledger_cosignature (size BIGINT NOT NULL, witness TEXT NOT NULL, line TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (size, witness));
CREATE INDEX ledger_cosignature_witness ON ledger_cosignature (witness, size);
CREATE TABLE ledger_witness (witness TEXT PRIMARY KEY, size BIGINT NOT NULL);
CREATE TABLE ledger_quorum (one INTEGER PRIMARY KEY CHECK (one = 1), size BIGINT NOT NULL);
)sql");

constexpr Migration all_migrations[] = {{"ledger", 1, "entries, tiles, state, checkpoints", create_tables}, {"ledger", 2, "witnesses and cosignatures", create_witnesses}};

// SQLite's writer is alone by nature; PostgreSQL's row lock makes the same so.
constexpr Sql select_state("SELECT size, root FROM ledger_state WHERE one = 1", "SELECT size, root FROM ledger_state WHERE one = 1 FOR UPDATE");
constexpr Sql select_size("SELECT size FROM ledger_state WHERE one = 1");
constexpr Sql insert_state("INSERT INTO ledger_state (one, size, root) VALUES (1, 0, $1) ON CONFLICT (one) DO NOTHING");
constexpr Sql update_state("UPDATE ledger_state SET size = $1, root = $2 WHERE one = 1");

constexpr Sql select_checkpoint("SELECT size, root, note, at FROM ledger_checkpoint ORDER BY size DESC LIMIT 1");
constexpr Sql select_checkpoint_at("SELECT size, root, note, at FROM ledger_checkpoint WHERE size = $1");
constexpr Sql insert_checkpoint("INSERT INTO ledger_checkpoint (size, root, note, at) VALUES ($1, $2, $3, $4)");

constexpr Sql select_tile("SELECT hashes FROM ledger_tile WHERE level = $1 AND n = $2");
constexpr Sql upsert_tile("INSERT INTO ledger_tile (level, n, hashes) VALUES ($1, $2, $3) ON CONFLICT (level, n) DO UPDATE SET hashes = excluded.hashes");

constexpr Sql insert_entry("INSERT INTO ledger_entry (leaf) VALUES ($1) RETURNING id");
constexpr Sql insert_numbered("INSERT INTO ledger_entry (id, leaf) VALUES ($1, $2)");
constexpr Sql take_ids("SELECT COALESCE(MAX(id), 0) + 1 FROM ledger_entry", "SELECT nextval('ledger_entry_id') FROM generate_series(1, $1)");
constexpr Sql select_place("SELECT id - 1 FROM ledger_entry WHERE id = $1 AND id <= (SELECT size FROM ledger_state WHERE one = 1)",
                           "SELECT idx FROM ledger_entry WHERE id = $1 AND idx IS NOT NULL");
constexpr Sql select_leaves("SELECT id - 1, leaf FROM ledger_entry WHERE id > $1 AND id <= $1 + $2 ORDER BY id",
                            "SELECT idx, leaf FROM ledger_entry WHERE idx >= $1 AND idx < $1 + $2 ORDER BY idx");
constexpr Sql assign_places("SELECT 0", R"sql(
UPDATE ledger_entry SET idx = $1 + taken.rank
FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS rank
      FROM (SELECT id FROM ledger_entry WHERE idx IS NULL ORDER BY id LIMIT $2) AS waiting) AS taken
WHERE ledger_entry.id = taken.id)sql");

constexpr Sql select_beyond("SELECT EXISTS (SELECT 1 FROM ledger_entry WHERE id > $1)", R"sql(
SELECT CASE WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE idx IS NULL) OR EXISTS (SELECT 1 FROM ledger_entry WHERE idx >= $1) THEN 1 ELSE 0 END)sql");

// A few thousand at most, unless the sequencer has stopped.
constexpr Sql count_beyond("SELECT COUNT(*) FROM ledger_entry WHERE id > $1",
                           "SELECT (SELECT COUNT(*) FROM ledger_entry WHERE idx IS NULL) + (SELECT COUNT(*) FROM ledger_entry WHERE idx >= $1)");

Blob blob(const merkle::Hash& hash) { return Blob{std::string(merkle::bytes_of(hash))}; }

merkle::Hash hash_of(std::string_view bytes) {
    const auto hash = merkle::hash_from(bytes);
    if (!hash) throw Failure("the public log holds a root that is not 32 bytes long: restore the database from a backup");
    return *hash;
}

SignedTree signed_tree(const Row& row) { return SignedTree{row.integer(0), hash_of(row.bytes(1)), std::string(row.text(2)), row.integer(3)}; }

void check_length(std::string_view leaf) {
    if (leaf.size() > merkle::entry_limit) throw std::invalid_argument("a log entry has at most 65,535 bytes");
}

}  // namespace

std::span<const Migration> migrations() { return all_migrations; }

EntryId append(Tx& tx, std::string_view leaf) {
    check_length(leaf);
    const auto id = tx.value<std::int64_t>(insert_entry, Blob{std::string(leaf)});
    tx.notify("ledger", "");
    return id;
}

std::vector<EntryId> append_many(Tx& tx, const std::vector<std::string>& leaves) {
    std::vector<EntryId> ids;
    if (leaves.empty()) return ids;
    ids.reserve(leaves.size());
    if (tx.engine() == Engine::sqlite) {
        const auto first = tx.value<std::int64_t>(take_ids);
        for (std::size_t i = 0; i < leaves.size(); ++i) ids.push_back(first + static_cast<std::int64_t>(i));
    } else {
        tx.each(take_ids, [&](const Row& row) { ids.push_back(row.integer(0)); }, static_cast<std::int64_t>(leaves.size()));
    }
    std::vector<std::tuple<std::int64_t, Blob>> rows;
    rows.reserve(leaves.size());
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        check_length(leaves[i]);
        rows.emplace_back(ids[i], Blob{leaves[i]});
    }
    tx.exec_many(insert_numbered, rows);
    tx.notify("ledger", "");
    return ids;
}

std::optional<std::int64_t> index_of(Tx& tx, EntryId entry) {
    std::optional<std::int64_t> place;
    tx.each(select_place, [&](const Row& row) { place = row.integer(0); }, entry);
    return place;
}

std::int64_t size(Tx& tx) { return tx.row<std::int64_t>(select_size).value_or(0); }

Standing standing(Tx& tx) {
    Standing now;
    if (const auto newest = newest_checkpoint(tx)) now.signed_entries = newest->size;
    now.waiting = tx.value<std::int64_t>(count_beyond, now.signed_entries);
    return now;
}

State lock_state(Tx& tx) {
    State state;
    bool found = false;
    const auto read = [&] {
        tx.each(select_state, [&](const Row& row) {
            state.size = row.integer(0);
            state.root = hash_of(row.bytes(1));
            found = true;
        });
    };
    read();
    if (!found) {
        tx.exec(insert_state, blob(state.root));
        read();  // on PostgreSQL another node may have been first
    }
    return state;
}

void save_state(Tx& tx, const State& state) { tx.exec(update_state, state.size, blob(state.root)); }

std::optional<SignedTree> newest_checkpoint(Tx& tx) {
    std::optional<SignedTree> newest;
    tx.each(select_checkpoint, [&](const Row& row) { newest = signed_tree(row); });
    return newest;
}

std::optional<SignedTree> checkpoint_of(Tx& tx, std::int64_t size) {
    std::optional<SignedTree> found;
    tx.each(select_checkpoint_at, [&](const Row& row) { found = signed_tree(row); }, size);
    return found;
}

void save_checkpoint(Tx& tx, const SignedTree& checkpoint) {
    tx.exec(insert_checkpoint, checkpoint.size, blob(checkpoint.root), checkpoint.note, checkpoint.at);
}

std::optional<std::string> read_tile(Tx& tx, const merkle::TilePath& path) {
    std::optional<std::string> hashes;
    tx.each(select_tile, [&](const Row& row) { hashes = std::string(row.bytes(0)); }, path.level, static_cast<std::int64_t>(path.index));
    const std::size_t wanted = path.width * merkle::hash_size;
    if (!hashes || hashes->size() < wanted) return std::nullopt;
    hashes->resize(wanted);
    return hashes;
}

void save_tile(Tx& tx, int level, std::uint64_t index, std::string hashes) { tx.exec(upsert_tile, level, static_cast<std::int64_t>(index), Blob{std::move(hashes)}); }

merkle::TileReader tile_reader(Tx& tx) {
    return [&tx](const merkle::TilePath& path) { return read_tile(tx, path); };
}

std::optional<std::string> read_bundle(Tx& tx, std::uint64_t index, unsigned width) {
    std::string bundle;
    unsigned count = 0;
    tx.each(select_leaves, [&](const Row& row) {
        merkle::append_to_bundle(bundle, row.bytes(1));
        ++count;
    }, static_cast<std::int64_t>(index * merkle::tile_width), static_cast<std::int64_t>(width));
    if (count != width) return std::nullopt;
    return bundle;
}

std::int64_t place_entries(Tx& tx, std::int64_t size, std::int64_t limit, const std::function<void(std::string_view)>& fn) {
    if (tx.engine() == Engine::postgresql && tx.exec(assign_places, size, limit) == 0) return 0;
    std::int64_t count = 0;
    tx.each(select_leaves, [&](const Row& row) {
        if (row.integer(0) != size + count) throw Failure("the public log lacks entry " + std::to_string(size + count) + ": restore the database from a backup");
        fn(row.bytes(1));
        ++count;
    }, size, limit);
    return count;
}

bool has_entries_beyond(Tx& tx, std::int64_t size) { return tx.value<std::int64_t>(select_beyond, size) != 0; }

}  // namespace verbatim::ledger
