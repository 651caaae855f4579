#include "record/ledger/agreement.h"

#include "record/ledger/schema.h"

namespace verbatim::ledger {
namespace {

using storage::Sql;
using storage::Tx;

constexpr Sql select_newest("SELECT size, root FROM ledger_checkpoint ORDER BY size DESC LIMIT $1");

}  // namespace

Agreement agreement(Tx& tx, int newest) {
    Agreement found;
    for (const auto& [size, root] : tx.rows<std::int64_t, storage::Blob>(select_newest, newest)) {
        ++found.looked_at;
        const auto entries = static_cast<std::uint64_t>(size);
        merkle::TileNodes nodes(entries, tile_reader(tx));
        const auto stored = merkle::root_of(entries, nodes.reader());
        const bool same = stored && root.bytes == std::string(reinterpret_cast<const char*>(stored->data()), stored->size());
        found.disagreeing += same ? 0 : 1;
    }
    return found;
}

}  // namespace verbatim::ledger
