#include "record/contact/print_list.h"

namespace verbatim::contact {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

#define LISTED "SELECT r.number, r.letters, r.at, r.written_at, r.by_whom, (SELECT COUNT(*) FROM print_item p WHERE p.run = r.number AND p.returned_at IS NOT NULL) FROM print_run r "
constexpr Sql newest(LISTED "WHERE ($1 = 0 OR r.number < $1) ORDER BY r.number DESC LIMIT $2", LISTED "WHERE ($1::bigint = 0 OR r.number < $1::bigint) ORDER BY r.number DESC LIMIT $2");
constexpr Sql by_number(LISTED "WHERE r.number = $1");
constexpr Sql count_waiting("SELECT COUNT(*) FROM print_item WHERE run = 0");

ListedRun read_listed(const Row& row) {
    ListedRun one{{row.integer(0), row.integer(1), row.integer(2), {}}, std::string(row.text(4)), row.integer(5)};
    if (!row.is_null(3)) one.run.written_at = row.integer(3);
    return one;
}

}  // namespace

std::vector<ListedRun> listed_runs(Tx& tx, std::int64_t before, int limit) {
    std::vector<ListedRun> all;
    tx.each(newest, [&](const Row& row) { all.push_back(read_listed(row)); }, before, limit);
    return all;
}

std::optional<ListedRun> listed_run(Tx& tx, std::int64_t number) {
    std::optional<ListedRun> found;
    tx.each(by_number, [&](const Row& row) { found = read_listed(row); }, number);
    return found;
}

std::int64_t waiting_for_paper(Tx& tx) { return tx.value<std::int64_t>(count_waiting); }

}  // namespace verbatim::contact
