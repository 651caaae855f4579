#include "record/directory/directory.h"
#include "record/vault/vault.h"

namespace verbatim::directory {
namespace {

using storage::Blob;
using storage::Sql;
using storage::Tx;

constexpr Sql select_account("SELECT account FROM directory_person WHERE issuer = $1 AND subject = $2");
constexpr Sql insert_person(R"sql(
INSERT INTO directory_person (issuer, subject, account, since) VALUES ($1, $2, $3, $4)
ON CONFLICT (issuer, subject) DO UPDATE SET account = excluded.account)sql");
constexpr Sql count_links("SELECT COUNT(*) FROM directory_person WHERE account = $1");
constexpr Sql delete_links("DELETE FROM directory_person WHERE account = $1");
constexpr Sql insert_token(R"sql(
INSERT INTO directory_token (session, sealed, at) VALUES ($1, $2, $3) ON CONFLICT (session) DO UPDATE SET sealed = excluded.sealed, at = excluded.at)sql");
constexpr Sql take_row("DELETE FROM directory_token WHERE session = $1 RETURNING sealed");
constexpr Sql delete_old("DELETE FROM directory_token WHERE session IN (SELECT session FROM directory_token WHERE at < $1 ORDER BY at LIMIT $2)");

std::string place(std::string_view session) { return "directory_token " + std::string(session); }

}  // namespace

std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {{"directory", 1, "people of the brand's directory", R"sql(
CREATE TABLE directory_person (
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  account TEXT NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (issuer, subject)
);
CREATE INDEX directory_person_account ON directory_person (account);
CREATE TABLE directory_token (
  session TEXT PRIMARY KEY,
  sealed BLOB NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX directory_token_at ON directory_token (at);
)sql"}};
    return list;
}

std::optional<std::string> account_of(Tx& tx, std::string_view issuer, std::string_view subject) { return tx.row<std::string>(select_account, issuer, subject); }
void link(Tx& tx, Seconds now, std::string_view issuer, std::string_view subject, std::string_view account) { tx.exec(insert_person, issuer, subject, account, now); }
bool linked(Tx& tx, std::string_view account) { return tx.value<std::int64_t>(count_links, account) != 0; }
bool unlink(Tx& tx, std::string_view account) { return tx.exec(delete_links, account) != 0; }

void keep_token(Tx& tx, Seconds now, std::string_view session, std::string_view id_token) { tx.exec(insert_token, session, Blob{vault::seal(id_token, place(session))}, now); }

std::string take_token(Tx& tx, std::string_view session) {
    const auto rows = tx.rows<Blob>(take_row, session);
    // A token that was sealed under a key that is gone helps nobody; the directory then asks whom to sign out.
    try {
        return rows.empty() ? std::string() : vault::unseal(rows.front().bytes, place(session));
    } catch (const std::runtime_error&) {
        return {};
    }
}

std::int64_t purge_tokens(Tx& tx, Seconds before, int limit) { return tx.exec(delete_old, before, limit); }

}  // namespace verbatim::directory
