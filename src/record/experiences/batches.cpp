#include "record/experiences/batches.h"

#include <nlohmann/json.hpp>

#include "ground/base/log.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/canonical_json.h"
#include "ground/formats/text_codes.h"

namespace verbatim::experiences {
namespace {

using nlohmann::json;
using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

// The update changes nothing but locks the row on PostgreSQL; SQLite's writer is alone by nature.
constexpr Sql join_open("INSERT INTO batch (site) VALUES ($1) ON CONFLICT (site) WHERE sealed_at IS NULL DO UPDATE SET site = excluded.site RETURNING id");
constexpr Sql select_adoptable("SELECT id, kind, occurred_on, site, customer FROM experience WHERE batch IS NULL ORDER BY id LIMIT $1");
constexpr Sql update_adopted("UPDATE experience SET batch = $2, salt = $3, bound = $4 WHERE id = $1 AND batch IS NULL");

constexpr Sql select_open(R"sql(
SELECT b.id, b.site FROM batch b WHERE b.sealed_at IS NULL AND EXISTS (SELECT 1 FROM experience e WHERE e.batch = b.id) ORDER BY b.site LIMIT $1)sql");
constexpr Sql lock_open("SELECT id FROM batch WHERE id = $1 AND sealed_at IS NULL", "SELECT id FROM batch WHERE id = $1 AND sealed_at IS NULL FOR UPDATE");
constexpr Sql select_bounds("SELECT bound FROM experience WHERE batch = $1 ORDER BY bound");
constexpr Sql next_part("SELECT COALESCE(MAX(part), 0) + 1 FROM batch WHERE site = $1 AND day = $2");
constexpr Sql update_sealed("UPDATE batch SET day = $2, part = $3, eligible = $4, sealed_at = $5, entry = $6 WHERE id = $1");

constexpr Sql select_unreleased("SELECT id, entry FROM batch WHERE sealed_at IS NOT NULL AND released_at IS NULL ORDER BY id LIMIT $1");
constexpr Sql select_waiting("SELECT id, kind, occurred_on FROM experience WHERE batch = $1 AND outcome = 'waiting' AND id > $2 ORDER BY id LIMIT $3");
constexpr Sql update_released("UPDATE batch SET released_at = $2 WHERE id = $1 AND released_at IS NULL");
constexpr Sql select_released("SELECT 1 FROM batch WHERE id = $1 AND released_at IS NOT NULL");

constexpr Sql select_unclosed("SELECT site, day, part, eligible FROM batch WHERE id = $1 AND released_at IS NOT NULL AND closed_at IS NULL",
                              "SELECT site, day, part, eligible FROM batch WHERE id = $1 AND released_at IS NOT NULL AND closed_at IS NULL FOR UPDATE");
constexpr Sql select_pending("SELECT 1 FROM experience WHERE batch = $1 AND outcome IN ('waiting', 'invited') LIMIT 1");
constexpr Sql count_outcomes("SELECT outcome, COALESCE(reason, ''), COUNT(*) FROM experience WHERE batch = $1 GROUP BY outcome, COALESCE(reason, '')");
constexpr Sql update_closed("UPDATE batch SET closed_at = $2, outcome_entry = $3 WHERE id = $1");
constexpr Sql select_closable(R"sql(
SELECT id FROM batch b WHERE released_at IS NOT NULL AND closed_at IS NULL AND id > $1
  AND NOT EXISTS (SELECT 1 FROM experience e WHERE e.batch = b.id AND e.outcome IN ('waiting', 'invited')) ORDER BY id LIMIT $2)sql");
constexpr Sql lock_unclosed(
    "SELECT id FROM batch WHERE closed_at IS NULL AND id = (SELECT batch FROM experience WHERE id = $1)",
    "SELECT id FROM batch WHERE closed_at IS NULL AND id = (SELECT batch FROM experience WHERE id = $1) FOR UPDATE");

constexpr Sql select_member(R"sql(
SELECT e.id, e.kind, e.occurred_on, e.site, e.salt, e.bound, b.id, b.eligible, b.entry
FROM experience e JOIN batch b ON b.id = e.batch WHERE e.id = $1 AND e.salt IS NOT NULL AND b.sealed_at IS NOT NULL)sql");

// Levels of the complete subtrees, leaves first: node (h, i) is levels[h][i].
merkle::NodeReader reader_of(std::vector<std::vector<merkle::Hash>>& levels) {
    for (std::size_t h = 0; levels[h].size() >= 2; ++h) {
        std::vector<merkle::Hash> above;
        for (std::size_t i = 0; i + 1 < levels[h].size(); i += 2) above.push_back(merkle::node_hash(levels[h][i], levels[h][i + 1]));
        levels.push_back(std::move(above));
    }
    return [&levels](unsigned height, std::uint64_t index) -> std::optional<merkle::Hash> {
        if (height >= levels.size() || index >= levels[height].size()) return std::nullopt;
        return levels[height][index];
    };
}

merkle::Hash hash_of(std::string_view bytes) {
    const auto hash = merkle::hash_from(bytes);
    if (!hash) throw storage::Failure("a batch's member has no leaf: restore the database from a backup");
    return *hash;
}

void seal_one(Tx& tx, BatchId batch, const std::string& site, Seconds now) {
    merkle::Frontier tree;
    tx.each(select_bounds, [&](const Row& row) { tree.append(hash_of(row.bytes(0))); }, batch);
    const auto day = format_date(date_of(now));
    const auto part = tx.value<std::int64_t>(next_part, site, day);
    const auto eligible = static_cast<std::int64_t>(tree.size());
    const json leaf = {{"v", 1}, {"kind", "batch"}, {"at", now}, {"site", site}, {"day", day}, {"part", part}, {"eligible", eligible},
                       {"commitment", to_base64(merkle::bytes_of(tree.root()))}};
    tx.exec(update_sealed, batch, day, part, eligible, now, ledger::append(tx, canonical_json(leaf)));
}

}  // namespace

BatchId open_batch(Tx& tx, std::string_view site) { return tx.rows<std::int64_t>(join_open, site).at(0); }

std::string member_content(const Experience& e) {
    return canonical_json(json{{"experience", e.id}, {"kind", e.kind}, {"occurred_on", e.occurred_on}, {"site", e.site}});
}

std::string member_leaf(std::string_view salt, const Experience& e) {
    return std::string(merkle::bytes_of(merkle::leaf_hash(std::string(salt) + member_content(e))));
}

int adopt(Tx& tx, int most) {
    struct Old {
        Experience experience;
        bool erased = false;
    };
    std::vector<Old> found;
    tx.each(select_adoptable, [&](const Row& row) {
        Old old;
        old.experience.id = row.text(0);
        old.experience.kind = row.text(1);
        old.experience.occurred_on = row.text(2);
        old.experience.site = row.text(3);
        old.erased = row.text(4).empty();
        found.push_back(std::move(old));
    }, most);
    std::map<std::string, BatchId> batches;
    for (const auto& old : found) batches[old.experience.site] = 0;
    for (auto& [site, batch] : batches) batch = open_batch(tx, site);
    for (const auto& old : found) {
        const auto salt = crypto::random_bytes(32);
        tx.exec(update_adopted, old.experience.id, batches[old.experience.site], old.erased ? std::nullopt : std::optional(Blob{salt}),
                Blob{member_leaf(salt, old.experience)});
    }
    return static_cast<int>(found.size());
}

int seal(Tx& tx, Seconds now, int most) {
    std::vector<std::pair<BatchId, std::string>> open;
    tx.each(select_open, [&](const Row& row) { open.emplace_back(row.integer(0), std::string(row.text(1))); }, most);
    for (const auto& [batch, site] : open) {
        // Waits for whoever is joining; another node may have sealed it meanwhile.
        if (tx.row<std::int64_t>(lock_open, batch)) seal_one(tx, batch, site, now);
    }
    return static_cast<int>(open.size());
}

std::vector<BatchId> releasable(Tx& tx, int most) {
    const auto size = ledger::signed_size(tx);
    std::vector<BatchId> ready;
    for (const auto& [id, entry] : tx.rows<std::int64_t, std::int64_t>(select_unreleased, most)) {
        const auto place = ledger::index_of(tx, entry);
        if (place && *place < size) ready.push_back(id);
    }
    return ready;
}

bool waits_for_checkpoint(Tx& tx) { return tx.row<std::int64_t, std::int64_t>(select_unreleased, 1).has_value(); }

std::vector<Waiting> waiting_members(Tx& tx, BatchId batch, std::string_view after, int most) {
    std::vector<Waiting> members;
    tx.each(select_waiting, [&](const Row& row) {
        members.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2))});
    }, batch, after, most);
    return members;
}

void mark_released(Tx& tx, BatchId batch, Seconds now) { tx.exec(update_released, batch, now); }
bool released(Tx& tx, BatchId batch) { return tx.row<std::int64_t>(select_released, batch).has_value(); }

bool close_if_final(Tx& tx, BatchId batch, Seconds now) {
    if (tx.row<std::int64_t>(select_pending, batch)) return false;  // mostly so, and without a lock
    const auto found = tx.row<std::string, std::string, std::int64_t, std::int64_t>(select_unclosed, batch);
    if (!found || tx.row<std::int64_t>(select_pending, batch)) return false;
    const auto& [site, day, part, eligible] = *found;
    std::int64_t answered = 0, expired = 0, all = 0;
    json suppressed = json::object();
    tx.each(count_outcomes, [&](const Row& row) {
        const auto count = row.integer(2);
        all += count;
        if (row.text(0) == "answered") answered += count;
        else if (row.text(0) == "expired") expired += count;
        else suppressed[std::string(row.text(1))] = count;
    }, batch);
    if (all != eligible) {
        // A row of an uncounted batch is gone: saying a wrong sum in public would be for ever.
        log::error("batch.members_missing", {{"batch", batch}, {"site", std::string_view(site)}, {"committed", eligible}, {"found", all}});
        return false;
    }
    const json leaf = {{"v", 1}, {"kind", "outcome"}, {"at", now}, {"site", site}, {"day", day}, {"part", part},
                       {"answered", answered}, {"expired", expired}, {"suppressed", suppressed}};
    tx.exec(update_closed, batch, now, ledger::append(tx, canonical_json(leaf)));
    return true;
}

std::vector<BatchId> closable(Tx& tx, BatchId after, int most) { return tx.rows<std::int64_t>(select_closable, after, most); }

bool lock_unclosed_batch_of(Tx& tx, std::string_view experience) { return tx.row<std::int64_t>(lock_unclosed, experience).has_value(); }

std::optional<Membership> membership(Tx& tx, std::string_view experience) {
    std::optional<Membership> found;
    merkle::Hash own{};
    BatchId batch = 0;
    tx.each(select_member, [&](const Row& row) {
        Experience e;
        e.id = row.text(0);
        e.kind = row.text(1);
        e.occurred_on = row.text(2);
        e.site = row.text(3);
        found = Membership{std::string(row.bytes(4)), member_content(e), 0, row.integer(7), {}, row.integer(8)};
        own = hash_of(row.bytes(5));
        batch = row.integer(6);
    }, experience);
    if (!found) return std::nullopt;
    std::vector<std::vector<merkle::Hash>> levels(1);
    tx.each(select_bounds, [&](const Row& row) { levels[0].push_back(hash_of(row.bytes(0))); }, batch);
    const auto place = std::find(levels[0].begin(), levels[0].end(), own);
    if (place == levels[0].end()) return std::nullopt;
    found->index = place - levels[0].begin();
    const auto size = levels[0].size();
    auto path = merkle::inclusion_proof(static_cast<std::uint64_t>(found->index), size, reader_of(levels));
    if (!path) return std::nullopt;
    found->path = std::move(*path);
    return found;
}

}  // namespace verbatim::experiences
