// Rows of the log; for this module only.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/storage/storage.h"
#include "ground/merkle/note.h"
#include "ground/merkle/tile.h"

namespace verbatim::ledger {

// What is integrated: how many entries, and their root.
struct State {
    std::int64_t size = 0;
    merkle::Hash root = merkle::empty_root();
};
// Locked until the transaction ends: whoever holds it is the sequencer.
State lock_state(storage::Tx& tx);
void save_state(storage::Tx& tx, const State& state);

struct SignedTree {
    std::int64_t size = 0;
    merkle::Hash root{};
    std::string note;      // signed by the log alone
    std::int64_t at = 0;
};
std::optional<SignedTree> newest_checkpoint(storage::Tx& tx);
std::optional<SignedTree> checkpoint_of(storage::Tx& tx, std::int64_t size);
void save_checkpoint(storage::Tx& tx, const SignedTree& checkpoint);

// A tile's bytes as a prefix of what is stored; nothing where fewer are.
std::optional<std::string> read_tile(storage::Tx& tx, const merkle::TilePath& path);
void save_tile(storage::Tx& tx, int level, std::uint64_t index, std::string hashes);
merkle::TileReader tile_reader(storage::Tx& tx);

// A bundle of placed entries; nothing where one is missing.
std::optional<std::string> read_bundle(storage::Tx& tx, std::uint64_t index, unsigned width);

// Gives the next `limit` committed entries the places from `size` on, and calls fn(leaf) for each in that order.
// Returns how many there were.
std::int64_t place_entries(storage::Tx& tx, std::int64_t size, std::int64_t limit, const std::function<void(std::string_view leaf)>& fn);

// Has anything been committed, placed or not, beyond that many entries?
bool has_entries_beyond(storage::Tx& tx, std::int64_t size);

}  // namespace verbatim::ledger
