#include "record/factors/failures.h"

#include <algorithm>

namespace verbatim::factors {
namespace {

using storage::Sql;
using storage::Tx;

constexpr Sql select_wait("SELECT wait_until FROM factor_failure WHERE account = $1");
constexpr Sql add_failure(R"sql(
INSERT INTO factor_failure (account, failures, wait_until) VALUES ($1, 1, 0)
ON CONFLICT (account) DO UPDATE SET failures = factor_failure.failures + 1 RETURNING failures)sql");
constexpr Sql set_wait("UPDATE factor_failure SET wait_until = $2 WHERE account = $1");
constexpr Sql delete_failures("DELETE FROM factor_failure WHERE account = $1");

constexpr std::int64_t free_failures = 5;
constexpr Seconds shortest_wait = 15, longest_wait = 15 * 60;

}  // namespace

std::optional<Error> must_wait(Tx& tx, Seconds now, std::string_view account) {
    const auto until = tx.row<std::int64_t>(select_wait, account);
    if (!until || *until <= now) return std::nullopt;
    return Error{ErrorKind::too_many, "factor_wait", "too many wrong codes; try again in " + std::to_string(*until - now) + " seconds, or use a passkey", {}};
}

void count_failure(Tx& tx, Seconds now, std::string_view account) {
    const auto failures = tx.rows<std::int64_t>(add_failure, account).front();
    if (failures < free_failures) return;
    const auto doublings = std::min<std::int64_t>(failures - free_failures, 10);
    tx.exec(set_wait, account, now + std::min(longest_wait, shortest_wait << doublings));
}

void forget_failures(Tx& tx, std::string_view account) { tx.exec(delete_failures, account); }

}  // namespace verbatim::factors
