#include "record/reviews/retention.h"

namespace verbatim::reviews {
namespace {

using storage::Sql;
using storage::Tx;

constexpr Sql old_published("SELECT id FROM review WHERE state = 'published' AND published_at < $1 ORDER BY published_at, id LIMIT $2");
constexpr Sql old_ended(R"sql(
SELECT id FROM review WHERE state IN ('refused', 'removed', 'withdrawn') AND COALESCE(updated_at, submitted_at) < $1 ORDER BY id LIMIT $2)sql");
constexpr Sql count_published("SELECT COUNT(*) FROM review WHERE state = 'published' AND published_at < $1");
constexpr Sql count_ended(R"sql(
SELECT COUNT(*) FROM review WHERE state IN ('refused', 'removed', 'withdrawn') AND COALESCE(updated_at, submitted_at) < $1)sql");

std::int64_t erase_all(Tx& tx, Seconds now, const std::vector<std::string>& ids) {
    const auto actor = Actor::system("retention");
    for (const auto& id : ids) {
        if (const auto done = erase(tx, actor, now, id); !done) throw storage::Failure("a review could not be erased by age: " + done.error().message);
    }
    return static_cast<std::int64_t>(ids.size());
}

}  // namespace

std::int64_t purge_published(Tx& tx, Seconds now, Seconds before, int limit) { return erase_all(tx, now, tx.rows<std::string>(old_published, before, limit)); }
std::int64_t purge_ended(Tx& tx, Seconds now, Seconds before, int limit) { return erase_all(tx, now, tx.rows<std::string>(old_ended, before, limit)); }
std::int64_t published_before(Tx& tx, Seconds before) { return tx.value<std::int64_t>(count_published, before); }
std::int64_t ended_before(Tx& tx, Seconds before) { return tx.value<std::int64_t>(count_ended, before); }

}  // namespace verbatim::reviews
