// The public log: an append-only Merkle tree (RFC 6962, C2SP tlog-tiles) over canonical entries. It sees bytes, not reviews.
// append() runs in the caller's transaction, so an entry exists exactly when its cause does. The sequencer gives committed
// entries their places, integrates them durably, and only then signs a checkpoint (norm TLG-5); it does so within a second.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"

namespace verbatim::ledger {

// Names an appended entry before it has its place.
using EntryId = std::int64_t;

std::span<const storage::Migration> migrations();

// Leaf: the canonical JSON of an entry, at most 65,535 bytes (norm TLG-4, TLG-10); longer: std::invalid_argument.
EntryId append(storage::Tx& tx, std::string_view leaf);
// The same for many, in order.
std::vector<EntryId> append_many(storage::Tx& tx, const std::vector<std::string>& leaves);
// Its place in the log, once sequenced.
std::optional<std::int64_t> index_of(storage::Tx& tx, EntryId entry);
// How many entries have their place.
std::int64_t size(storage::Tx& tx);
// How many entries the newest signed checkpoint covers.
std::int64_t signed_size(storage::Tx& tx);
// For monitoring: entries under the newest checkpoint, and appended ones beyond it.
struct Standing {
    std::int64_t signed_entries = 0, waiting = 0;
};
Standing standing(storage::Tx& tx);
// The canonical bytes that were appended.
std::optional<std::string> leaf_of(storage::Tx& tx, EntryId entry);

class Ledger {
public:
    // The signing key lies sealed in the database or in DIR/ledger.key; `origin` is the log's name for life (norm TLG-6).
    // The database is migrated. Throws std::invalid_argument for a name or seed that cannot be, and storage::Failure where
    // this database's log was signed under another name or by another key.
    Ledger(storage::Db& db, const Clock& clock, std::string origin, std::string secret_key_seed);
    ~Ledger();

    // Gives places to what is committed, integrates, signs. Returns the tree size. Called by the sequencer thread; also by
    // tests and the demo. Safe to call from several nodes: the row of the log's state is the lease, so one works and the
    // others wait and find it done.
    std::int64_t sequence();
    // The two halves of sequence(), each durable by itself; a crash between them is mended by the next sign().
    std::int64_t integrate();
    // Signs the integrated tree if no checkpoint names its size yet. Throws storage::Failure, and signs nothing, where the
    // stored tree and the newest checkpoint disagree (norm TLG-5).
    void sign();
    // Starts a thread that sequences within a second of each commit (woken by the database's notify, never polling faster
    // than needed); stop() runs it once more.
    void start();
    void stop();

    std::string verifier_key() const;                                  // C2SP signed-note vkey
    std::string sign_note(std::string_view text) const;                // a signed note over text (ends in LF)
    std::optional<std::string> checkpoint() const;                     // the newest signed one, with the cosignatures there are
    std::optional<std::string> cosigned_checkpoint() const;            // the newest that met the witnesses' quorum
    // A C2SP tlog-tiles path below /log/: "tile/0/x001/067", "tile/entries/000.p/5". Nothing where it is not part of the tree.
    std::optional<std::string> tile(std::string_view path) const;
    // A C2SP tlog-proof of inclusion for one entry, once integrated: under the newest checkpoint that met the witnesses'
    // quorum where that covers it, else under the newest. `extra` stands in the file, vouched for by nothing.
    std::optional<std::string> proof(EntryId entry, std::optional<std::string> extra = std::nullopt) const;
    // What that proof proves, to be shown.
    struct Cosigner {
        std::string name;
        Seconds at = 0;
    };
    struct Inclusion {
        std::int64_t index = 0, size = 0;   // place, and entries under the checkpoint
        Seconds signed_at = 0;
        std::vector<Cosigner> witnesses;    // as their lines say; checked when they were kept
    };
    std::optional<Inclusion> inclusion(EntryId entry) const;
    // Waits until a signed checkpoint covers the entry, which must be committed: woken by the sequencer, never polling.
    // False when that does not happen in time.
    bool wait_until_provable(EntryId entry, std::chrono::milliseconds patience) const;
    // Called with the new size after each checkpoint that this Ledger signs or finds signed by another node; by the thread
    // that sequences. Register before start().
    void on_checkpoint(std::function<void(std::int64_t size)> fn);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace verbatim::ledger
