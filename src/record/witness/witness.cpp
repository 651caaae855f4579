#include "record/witness/witness.h"

#include <algorithm>
#include <stdexcept>

#include "ground/base/log.h"
#include "ground/merkle/add_checkpoint.h"

namespace verbatim::witness {
namespace {

using storage::Blob;
using storage::Failure;
using storage::Migration;
using storage::Row;
using storage::Sql;
using storage::Tx;

// witness_evidence: checkpoints the log signed and that do not continue what it had signed before. Two signed notes of one size
// and two roots are a proof against the log, so they are kept; not more than some, so that nobody fills the disk with them.
constexpr Sql create_tables(R"sql(
CREATE TABLE witness_log (origin TEXT PRIMARY KEY, size BIGINT NOT NULL, root BLOB NOT NULL, note TEXT NOT NULL, at BIGINT NOT NULL);
CREATE TABLE witness_evidence (id SERIAL_KEY, origin TEXT NOT NULL, at BIGINT NOT NULL, recorded TEXT NOT NULL, note TEXT NOT NULL);
CREATE INDEX witness_evidence_origin ON witness_evidence (origin);
)sql");
constexpr Migration all_migrations[] = {{"witness", 1, "logs and evidence", create_tables}};

constexpr Sql insert_log("INSERT INTO witness_log (origin, size, root, note, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (origin) DO NOTHING");
// Compare and set in one statement: only who still stands at the size and root that were checked moves on.
constexpr Sql update_log("UPDATE witness_log SET size = $2, root = $3, note = $4, at = $5 WHERE origin = $1 AND size = $6 AND root = $7");
constexpr Sql select_log("SELECT size, root, note FROM witness_log WHERE origin = $1", "SELECT size, root, note FROM witness_log WHERE origin = $1 FOR UPDATE");
constexpr Sql select_logs("SELECT origin, size, at FROM witness_log ORDER BY origin LIMIT 1000");
constexpr Sql count_evidence("SELECT COUNT(*) FROM witness_evidence WHERE origin = $1");
constexpr Sql insert_evidence("INSERT INTO witness_evidence (origin, at, recorded, note) VALUES ($1, $2, $3, $4)");
constexpr std::int64_t evidence_limit = 100;

struct Record {
    std::int64_t size = 0;
    merkle::Hash root = merkle::empty_root();
    std::string note;
    bool known = false;
};

Record record_of(Tx& tx, std::string_view origin) {
    Record record;
    tx.each(select_log, [&](const Row& row) {
        const auto root = merkle::hash_from(row.bytes(1));
        if (!root) throw Failure("the witness's record of a log is damaged: restore the database from a backup");
        record = Record{row.integer(0), *root, std::string(row.text(2)), true};
    }, origin);
    return record;
}

Blob blob(const merkle::Hash& hash) { return Blob{std::string(merkle::bytes_of(hash))}; }

Verdict verdict(Verdict::Kind kind, std::string why) {
    Verdict made;
    made.kind = kind;
    made.why = std::move(why);
    return made;
}

}  // namespace

std::span<const Migration> migrations() { return all_migrations; }

Witness::Witness(storage::Db& db, const Clock& clock, std::string name, std::string_view seed, std::vector<merkle::VerifierKey> logs)
    : db_(db), clock_(clock), name_(std::move(name)), key_(crypto::Ed25519Key::from_seed(seed)), logs_(std::move(logs)) {
    if (const auto key = merkle::witness_key(name_, key_.public_key); !key) throw std::invalid_argument("the witness cannot be called " + name_ + ": " + key.error().message);
}

std::string Witness::verifier_key() const { return merkle::encode(*merkle::witness_key(name_, key_.public_key)); }

// The checks of tlog-witness, "add-checkpoint", in their order.
Verdict Witness::add_checkpoint(std::string_view body) {
    using Kind = Verdict::Kind;
    const auto request = merkle::parse_add_checkpoint(body);
    if (!request) return verdict(Kind::malformed, request.error().message);
    const auto note = merkle::parse_note(request->checkpoint);
    const auto checkpoint = merkle::parse_checkpoint(note->text);
    if (!checkpoint) return verdict(Kind::malformed, checkpoint.error().message);
    // 1. An origin it was told of.
    std::vector<merkle::VerifierKey> keys;
    std::copy_if(logs_.begin(), logs_.end(), std::back_inserter(keys), [&](const auto& key) { return key.name == checkpoint->origin; });
    if (keys.empty()) return verdict(Kind::unknown_log, "this witness does not know the log");
    // 2. Signed by a key of that log; signatures by others are passed over.
    if (!merkle::open_note(request->checkpoint, keys)) return verdict(Kind::not_signed, "no signature by a key of the log");
    // 3. The old size is not above the checkpoint's.
    if (request->old_size > checkpoint->size) return verdict(Kind::malformed, "the old size is above the checkpoint's");

    const auto now = clock_.now();
    return db_.write([&](Tx& tx) {
        const Record record = record_of(tx, checkpoint->origin);
        const auto size = static_cast<std::int64_t>(checkpoint->size);
        const auto keep_evidence = [&] {
            if (tx.value<std::int64_t>(count_evidence, checkpoint->origin) >= evidence_limit) return;
            tx.exec(insert_evidence, checkpoint->origin, now, record.note, request->checkpoint);
            log::error("witness.log_contradicts_itself", {{"origin", checkpoint->origin}, {"recorded", record.size}, {"offered", size}});
        };
        // 4. The old size is what is recorded (0 where nothing is).
        if (static_cast<std::int64_t>(request->old_size) != record.size) {
            auto stale = verdict(Kind::stale, "");
            stale.size = record.size;
            return stale;
        }
        // 5. The same size has the same root.
        if (record.known && size == record.size && checkpoint->root != record.root) {
            keep_evidence();
            auto other = verdict(Kind::stale, "");
            other.size = record.size;
            return other;
        }
        // 6. The proof leads from the recorded tree to this one; from nothing, or to the same size, it is empty.
        if (!merkle::verify_consistency(request->old_size, checkpoint->size, record.root, checkpoint->root, request->proof)) {
            return verdict(Kind::inconsistent, "the proof does not lead from the recorded tree to this one");
        }
        // 7. Recorded and durable before the answer; checked and changed in this one transaction.
        const std::int64_t changed = record.known ? tx.exec(update_log, checkpoint->origin, size, blob(checkpoint->root), request->checkpoint, now, record.size, blob(record.root))
                                                  : tx.exec(insert_log, checkpoint->origin, size, blob(checkpoint->root), request->checkpoint, now);
        if (changed == 0) {  // on PostgreSQL another server of this witness was the first to meet the log
            auto stale = verdict(Kind::stale, "");
            stale.size = record_of(tx, checkpoint->origin).size;
            return stale;
        }
        auto cosigned = verdict(Kind::cosigned, "");
        cosigned.lines = merkle::cosign(note->text, name_, key_, static_cast<std::uint64_t>(now));
        return cosigned;
    });
}

std::vector<Witness::Seen> Witness::seen() const {
    return db_.read([&](Tx& tx) {
        std::vector<Seen> all;
        tx.each(select_logs, [&](const Row& row) { all.push_back({std::string(row.text(0)), row.integer(1), row.integer(2)}); });
        return all;
    });
}

}  // namespace verbatim::witness
