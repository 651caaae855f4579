#include "record/links/links.h"

#include "ground/crypto/crypto.h"

namespace verbatim::links {
namespace {

using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr std::string_view purposes[] = {"invitation", "author", "unsubscribe", "moderation", "recovery", "api_key", "audit", "answer", "complaint", "address", "password", "survey"};
constexpr std::string_view states[] = {"open", "used", "expired", "superseded", "withdrawn"};

constexpr Sql insert_link("INSERT INTO personal_link (hash, purpose, ref, holder, state, created_at, expires_at) VALUES ($1, $2, $3, $4, 'open', $5, $6)");
constexpr Sql select_link("SELECT ref, holder, state, created_at, expires_at, used_at FROM personal_link WHERE hash = $1 AND purpose = $2");
constexpr Sql use_link("UPDATE personal_link SET state = 'used', used_at = $3 WHERE hash = $1 AND purpose = $2 AND state = 'open' AND (expires_at = 0 OR expires_at > $3)");
constexpr Sql end_links("UPDATE personal_link SET state = $3 WHERE ref = $1 AND purpose = $2 AND state = 'open'");
constexpr Sql delete_links("DELETE FROM personal_link WHERE ref = $1 AND purpose = $2");

std::string_view word(Purpose purpose) { return purposes[static_cast<int>(purpose)]; }

// A token is 128 random bits, so one plain hash is enough; the length check keeps hostile input from being hashed.
std::optional<Blob> hash_of(std::string_view token) {
    if (token.size() != 22) return std::nullopt;
    return Blob{crypto::sha256(token)};
}

}  // namespace

std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {{"links", 1, "personal links", R"sql(
CREATE TABLE personal_link (
  hash BLOB PRIMARY KEY,
  purpose TEXT NOT NULL,
  ref TEXT NOT NULL,
  holder TEXT NOT NULL,
  state TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX personal_link_ref ON personal_link (ref, purpose);
)sql"}};
    return list;
}

std::string_view to_word(State state) { return states[static_cast<int>(state)]; }

std::string issue(Tx& tx, Seconds now, Purpose purpose, std::string_view ref, std::string_view holder, Seconds expires_at) {
    auto token = crypto::random_token();
    tx.exec(insert_link, *hash_of(token), word(purpose), ref, holder, now, expires_at);
    return token;
}

std::optional<Link> find(Tx& tx, Seconds now, Purpose purpose, std::string_view token) {
    const auto hash = hash_of(token);
    if (!hash) return std::nullopt;
    std::optional<Link> found;
    tx.each(select_link, [&](const Row& row) {
        Link link{purpose, std::string(row.text(0)), std::string(row.text(1)), State::open, row.integer(3), row.integer(4), row.is_null(5) ? 0 : row.integer(5)};
        for (int i = 0; i < static_cast<int>(std::size(states)); ++i) {
            if (states[i] == row.text(2)) link.state = static_cast<State>(i);
        }
        if (link.state == State::open && link.expires_at != 0 && link.expires_at <= now) link.state = State::expired;
        found = std::move(link);
    }, *hash, word(purpose));
    return found;
}

bool use(Tx& tx, Seconds now, Purpose purpose, std::string_view token) {
    const auto hash = hash_of(token);
    return hash && tx.exec(use_link, *hash, word(purpose), now) == 1;
}

void supersede(Tx& tx, Purpose purpose, std::string_view ref) { tx.exec(end_links, ref, word(purpose), "superseded"); }
void withdraw(Tx& tx, Purpose purpose, std::string_view ref) { tx.exec(end_links, ref, word(purpose), "withdrawn"); }
void forget(Tx& tx, Purpose purpose, std::string_view ref) { tx.exec(delete_links, ref, word(purpose)); }

}  // namespace verbatim::links
