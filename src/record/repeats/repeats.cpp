#include "record/repeats/repeats.h"

#include <algorithm>

#include "ground/crypto/crypto.h"
#include "record/vault/vault.h"

namespace verbatim::repeats {
namespace {

using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql insert_request(R"sql(
INSERT INTO repeatable_request (who, key, what, at, status, content_type, etag, body) VALUES ($1, $2, $3, $4, 0, '', '', NULL) ON CONFLICT DO NOTHING)sql");
constexpr Sql select_request("SELECT what, at, status, content_type, etag, body FROM repeatable_request WHERE who = $1 AND key = $2");
constexpr Sql delete_request("DELETE FROM repeatable_request WHERE who = $1 AND key = $2");
constexpr Sql update_request("UPDATE repeatable_request SET status = $3, content_type = $4, etag = $5, body = $6 WHERE who = $1 AND key = $2");
constexpr Sql delete_old("DELETE FROM repeatable_request WHERE (who, key) IN (SELECT who, key FROM repeatable_request WHERE at < $1 ORDER BY at LIMIT $2)");

// Takes the place of what waits to commit with the caller's act.
storage::Alongside apart() { return storage::Alongside([](Tx&) {}); }

std::string place(std::string_view who, std::string_view key) { return "answer " + std::string(who) + " " + std::string(key); }

}  // namespace

std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {{"repeats", 1, "answers to requests that may come twice", R"sql(
CREATE TABLE repeatable_request (
  who TEXT NOT NULL,
  key TEXT NOT NULL,
  what BLOB NOT NULL,
  at BIGINT NOT NULL,
  status BIGINT NOT NULL,
  content_type TEXT NOT NULL,
  etag TEXT NOT NULL,
  body BLOB,
  PRIMARY KEY (who, key)
);
CREATE INDEX repeatable_request_age ON repeatable_request (at);
)sql"}};
    return list;
}

bool Repeats::is_key(std::string_view key) {
    return !key.empty() && key.size() <= 200 && std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

Repeats::Found Repeats::begin(std::string_view who, std::string_view key, std::string_view what) const {
    const auto now = clock_.now();
    const Blob mark{crypto::sha256(what)};
    const auto alone = apart();
    return db_.write([&](Tx& tx) -> Found {
        if (tx.exec(insert_request, who, key, mark, now) != 0) return {};
        Found found{Begun::running, {}};
        bool old = false;
        tx.each(select_request, [&](const Row& row) {
            old = row.integer(1) + kept < now;
            if (row.bytes(0) != mark.bytes) {
                found.begun = Begun::other;
            } else if (row.integer(2) != 0) {
                found = {Begun::repeated, {static_cast<int>(row.integer(2)), std::string(row.text(3)), std::string(row.text(4)), row.is_null(5) ? std::string() : vault::unseal(row.bytes(5), place(who, key))}};
            }
        }, who, key);
        if (!old) return found;
        tx.exec(delete_request, who, key);
        tx.exec(insert_request, who, key, mark, now);
        return {};
    });
}

void Repeats::finish(std::string_view who, std::string_view key, const Answer& answer) const {
    std::optional<Blob> sealed;
    if (!answer.body.empty()) sealed = Blob{vault::seal(answer.body, place(who, key))};
    const auto alone = apart();
    db_.write([&](Tx& tx) { tx.exec(update_request, who, key, answer.status, answer.content_type, answer.etag, sealed); });
}

void Repeats::forget(std::string_view who, std::string_view key) const {
    const auto alone = apart();
    db_.write([&](Tx& tx) { tx.exec(delete_request, who, key); });
}

std::int64_t Repeats::purge(Tx& tx, Seconds before, int limit) { return tx.exec(delete_old, before, limit); }

}  // namespace verbatim::repeats
