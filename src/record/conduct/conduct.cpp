#include "record/conduct/conduct.h"

#include "ground/base/calendar.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/mailbox.h"
#include "record/vault/vault.h"

namespace verbatim::conduct {
namespace {

using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql insert_mark(R"sql(
INSERT INTO conduct_mark (who, address, at, about, why, marked_by) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (who, about) DO NOTHING)sql");
constexpr Sql count_marks("SELECT COUNT(*) FROM conduct_mark WHERE who = $1 AND address = $2 AND at > $3");
constexpr Sql newest_warning("SELECT id, at FROM conduct_sanction WHERE who = $1 AND address = $2 AND kind = 'warning' AND at > $3 ORDER BY at DESC LIMIT 1");
constexpr Sql newest_suspension("SELECT until FROM conduct_sanction WHERE who = $1 AND address = $2 AND kind = 'suspension' AND until > $3 ORDER BY until DESC LIMIT 1");
constexpr Sql insert_warning("INSERT INTO conduct_sanction (id, who, address, kind, at, marks, by_whom) VALUES ($1, $2, $3, 'warning', $4, $5, $6)");
constexpr Sql insert_suspension(R"sql(
INSERT INTO conduct_sanction (id, who, address, kind, at, until, marks, warning, warned_at, by_whom) VALUES ($1, $2, $3, 'suspension', $4, $5, $6, $7, $8, $9))sql");

// Known again without keeping the address (norm GDP-6).
std::optional<std::string> mark_of(std::string_view email) {
    if (email.empty()) return std::nullopt;
    return vault::keyed_hash("conduct", mailbox_key(email));
}

std::string_view word(Who who) { return who == Who::author ? "author" : "notifier"; }

struct Read {
    Standing standing;
    std::string warning;
};

Read read(Tx& tx, Seconds now, Who who, const std::string& address, const Limits& limits) {
    Read out;
    const auto since = months_before(now, limits.months);
    out.standing.marks = static_cast<int>(tx.value<std::int64_t>(count_marks, word(who), Blob{address}, since));
    tx.each(newest_warning, [&](const Row& row) {
        out.warning = row.text(0);
        out.standing.warned_at = row.integer(1);
    }, word(who), Blob{address}, since);
    out.standing.suspended_until = tx.row<std::int64_t>(newest_suspension, word(who), Blob{address}, now).value_or(0);
    return out;
}

}  // namespace

// The database itself refuses a suspension without an earlier warning (norm MOD-15).
std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {{"conduct", 1, "marks, warnings, suspensions", R"sql(
CREATE TABLE conduct_mark (
  id SERIAL_KEY,
  who TEXT NOT NULL,
  address BLOB NOT NULL,
  at BIGINT NOT NULL,
  about TEXT NOT NULL,
  why TEXT NOT NULL,
  marked_by TEXT NOT NULL,
  UNIQUE (who, about)
);
CREATE INDEX conduct_mark_of ON conduct_mark (address, who, at);
CREATE TABLE conduct_sanction (
  id TEXT PRIMARY KEY,
  who TEXT NOT NULL,
  address BLOB NOT NULL,
  kind TEXT NOT NULL,
  at BIGINT NOT NULL,
  until BIGINT,
  marks BIGINT NOT NULL,
  warning TEXT REFERENCES conduct_sanction (id),
  warned_at BIGINT,
  by_whom TEXT NOT NULL,
  CHECK (kind = 'warning' OR (kind = 'suspension' AND warning IS NOT NULL AND warned_at IS NOT NULL AND warned_at < at AND until IS NOT NULL))
);
CREATE INDEX conduct_sanction_of ON conduct_sanction (address, who, at);
)sql"}};
    return list;
}

Standing standing(Tx& tx, Seconds now, Who who, std::string_view email, const Limits& limits) {
    const auto address = mark_of(email);
    return address ? read(tx, now, who, *address, limits).standing : Standing{};
}

std::optional<Seconds> suspended_until(Tx& tx, Seconds now, Who who, std::string_view email) {
    const auto address = mark_of(email);
    if (!address) return std::nullopt;
    return tx.row<std::int64_t>(newest_suspension, word(who), Blob{*address}, now);
}

Effect::Kind next_effect(const Standing& standing, const Limits& limits) {
    const int marks = standing.marks + 1;
    if (standing.suspended_until != 0 || marks < limits.warn_after) return Effect::Kind::nothing;
    if (standing.warned_at == 0) return Effect::Kind::warned;
    return marks >= limits.suspend_after ? Effect::Kind::suspended : Effect::Kind::nothing;
}

Effect mark(Tx& tx, const Actor& human, Seconds now, Who who, std::string_view email, std::string_view about, std::string_view why, const Limits& limits) {
    const auto address = mark_of(email);
    if (!address || human.kind != ActorKind::staff) return {};
    const auto before = read(tx, now, who, *address, limits);
    if (tx.exec(insert_mark, word(who), Blob{*address}, now, about, why, human.label()) == 0) return {};
    Effect effect{next_effect(before.standing, limits), before.standing.marks + 1, 0};
    // In the warning's own second there was no time to heed it.
    if (effect.kind == Effect::Kind::suspended && before.standing.warned_at >= now) effect.kind = Effect::Kind::nothing;
    if (effect.kind == Effect::Kind::warned) {
        tx.exec(insert_warning, crypto::random_id(12), word(who), Blob{*address}, now, effect.marks, human.label());
    } else if (effect.kind == Effect::Kind::suspended) {
        effect.until = now + limits.suspend_days * one_day;
        tx.exec(insert_suspension, crypto::random_id(12), word(who), Blob{*address}, now, effect.until, effect.marks, before.warning, before.standing.warned_at, human.label());
    }
    return effect;
}

}  // namespace verbatim::conduct
