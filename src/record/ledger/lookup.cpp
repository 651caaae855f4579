#include "record/ledger/ledger.h"

namespace verbatim::ledger {

std::optional<std::string> leaf_of(storage::Tx& tx, EntryId entry) {
    const auto leaf = tx.row<storage::Blob>("SELECT leaf FROM ledger_entry WHERE id = $1", entry);
    return leaf ? std::optional(leaf->bytes) : std::nullopt;
}

std::int64_t signed_size(storage::Tx& tx) {
    return tx.value<std::optional<std::int64_t>>("SELECT MAX(size) FROM ledger_checkpoint").value_or(0);
}

}  // namespace verbatim::ledger
