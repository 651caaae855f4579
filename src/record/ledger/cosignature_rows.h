// Rows of witnesses and their cosignatures; for this module only. A witness is named by its verifier key.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/ledger/schema.h"

namespace verbatim::ledger {

// The note with every cosignature kept for it.
std::string with_cosignatures(storage::Tx& tx, const SignedTree& checkpoint);
std::string cosignature_lines(storage::Tx& tx, std::int64_t size);
// Who cosigned it, by the name in the witness's key, and when.
std::vector<std::pair<std::string, std::int64_t>> cosigners(storage::Tx& tx, std::int64_t size);
bool has_cosigned(storage::Tx& tx, std::int64_t size, std::string_view witness);
void save_cosignature(storage::Tx& tx, std::int64_t size, std::string_view witness, std::string_view line, std::int64_t at);

struct LastCosigned {
    std::int64_t size = 0, at = 0;
};
std::optional<LastCosigned> last_cosigned(storage::Tx& tx, std::string_view witness);

// The size that the witness is known to have recorded; 0 where nothing is known.
std::int64_t witness_size(storage::Tx& tx, std::string_view witness);
void save_witness_size(storage::Tx& tx, std::string_view witness, std::int64_t size);

// The newest checkpoint that met the quorum.
std::optional<std::int64_t> quorum_size(storage::Tx& tx);
void save_quorum_size(storage::Tx& tx, std::int64_t size);

}  // namespace verbatim::ledger
