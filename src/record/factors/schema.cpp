#include "record/factors/factors.h"

namespace verbatim::factors {

std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {{"factors", 1, "one-time passwords, recovery codes, passkeys", R"sql(
CREATE TABLE totp_factor (
  account TEXT PRIMARY KEY,
  sealed BLOB,
  since BIGINT NOT NULL,
  last_step BIGINT NOT NULL,
  new_sealed BLOB,
  new_at BIGINT
);
CREATE TABLE recovery_code (
  account TEXT NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (account, hash)
);
CREATE TABLE passkey_owner (
  account TEXT PRIMARY KEY,
  handle BLOB NOT NULL UNIQUE
);
CREATE TABLE passkey (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  credential BLOB NOT NULL UNIQUE,
  public_key BLOB NOT NULL,
  aaguid BLOB NOT NULL,
  sign_count BIGINT NOT NULL,
  backup_eligible BIGINT NOT NULL,
  backed_up BIGINT NOT NULL,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL,
  suspended BIGINT NOT NULL
);
CREATE INDEX passkey_account ON passkey (account, created_at);
CREATE TABLE passkey_challenge (
  hash BLOB PRIMARY KEY,
  purpose TEXT NOT NULL,
  holder TEXT NOT NULL,
  account TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX passkey_challenge_end ON passkey_challenge (expires_at);
CREATE TABLE factor_failure (
  account TEXT PRIMARY KEY,
  failures BIGINT NOT NULL,
  wait_until BIGINT NOT NULL
);
)sql"}};
    return list;
}

}  // namespace verbatim::factors
