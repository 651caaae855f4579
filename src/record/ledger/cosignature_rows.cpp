#include "record/ledger/cosignature_rows.h"

namespace verbatim::ledger {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

// Readers must take at least 16 signatures of a note (norm TLG-6) and this program takes 100: the log's own and at most as
// many as a policy may name.
constexpr Sql select_lines("SELECT line FROM ledger_cosignature WHERE size = $1 ORDER BY witness LIMIT 64");
constexpr Sql select_cosigners("SELECT witness, at FROM ledger_cosignature WHERE size = $1 ORDER BY witness LIMIT 64");
constexpr Sql select_one("SELECT 1 FROM ledger_cosignature WHERE size = $1 AND witness = $2");
constexpr Sql insert_line("INSERT INTO ledger_cosignature (size, witness, line, at) VALUES ($1, $2, $3, $4) ON CONFLICT (size, witness) DO NOTHING");
constexpr Sql select_last("SELECT size, at FROM ledger_cosignature WHERE witness = $1 ORDER BY size DESC LIMIT 1");
constexpr Sql select_witness("SELECT size FROM ledger_witness WHERE witness = $1");
constexpr Sql upsert_witness("INSERT INTO ledger_witness (witness, size) VALUES ($1, $2) ON CONFLICT (witness) DO UPDATE SET size = excluded.size");
constexpr Sql select_quorum("SELECT size FROM ledger_quorum WHERE one = 1");
constexpr Sql upsert_quorum("INSERT INTO ledger_quorum (one, size) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET size = excluded.size WHERE ledger_quorum.size < excluded.size");

}  // namespace

std::string cosignature_lines(Tx& tx, std::int64_t size) {
    std::string lines;
    tx.each(select_lines, [&](const Row& row) { lines += row.text(0); }, size);
    return lines;
}

std::string with_cosignatures(Tx& tx, const SignedTree& checkpoint) { return checkpoint.note + cosignature_lines(tx, checkpoint.size); }

std::vector<std::pair<std::string, std::int64_t>> cosigners(Tx& tx, std::int64_t size) {
    std::vector<std::pair<std::string, std::int64_t>> all;
    tx.each(select_cosigners, [&](const Row& row) {
        const auto key = row.text(0);
        all.emplace_back(std::string(key.substr(0, key.find('+'))), row.integer(1));
    }, size);
    return all;
}

bool has_cosigned(Tx& tx, std::int64_t size, std::string_view witness) { return tx.row<std::int64_t>(select_one, size, witness).has_value(); }

void save_cosignature(Tx& tx, std::int64_t size, std::string_view witness, std::string_view line, std::int64_t at) { tx.exec(insert_line, size, witness, line, at); }

std::optional<LastCosigned> last_cosigned(Tx& tx, std::string_view witness) {
    std::optional<LastCosigned> last;
    tx.each(select_last, [&](const Row& row) { last = LastCosigned{row.integer(0), row.integer(1)}; }, witness);
    return last;
}

std::int64_t witness_size(Tx& tx, std::string_view witness) { return tx.row<std::int64_t>(select_witness, witness).value_or(0); }
void save_witness_size(Tx& tx, std::string_view witness, std::int64_t size) { tx.exec(upsert_witness, witness, size); }

std::optional<std::int64_t> quorum_size(Tx& tx) { return tx.row<std::int64_t>(select_quorum); }
void save_quorum_size(Tx& tx, std::int64_t size) { tx.exec(upsert_quorum, size); }

}  // namespace verbatim::ledger
