#include "record/access/access.h"

namespace verbatim::access {

std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {
        {"access", 1, "accounts, sessions, keys", R"sql(
CREATE TABLE account (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  password TEXT NOT NULL,
  password_at BIGINT NOT NULL,
  active BIGINT NOT NULL,
  locale TEXT NOT NULL,
  person BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL
);
CREATE TABLE staff_session (
  hash BLOB PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL,
  person BIGINT NOT NULL,
  level TEXT NOT NULL,
  device TEXT NOT NULL,
  address TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL
);
CREATE INDEX staff_session_account ON staff_session (account, used_at);
CREATE INDEX staff_session_end ON staff_session (ends_at);
CREATE TABLE known_device (
  account TEXT NOT NULL,
  hash BLOB NOT NULL,
  used_at BIGINT NOT NULL,
  PRIMARY KEY (account, hash)
);
CREATE INDEX known_device_used ON known_device (used_at);
CREATE TABLE sign_in_failure (
  key BLOB PRIMARY KEY,
  failures BIGINT NOT NULL,
  wait_until BIGINT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX sign_in_failure_at ON sign_in_failure (at);
CREATE TABLE api_key (
  id TEXT PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  role TEXT NOT NULL,
  scope TEXT NOT NULL,
  branch TEXT NOT NULL,
  permissions TEXT NOT NULL,
  languages TEXT NOT NULL,
  made_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  revoked_at BIGINT NOT NULL
);
CREATE INDEX api_key_branch ON api_key (branch, id);
)sql"},
        // What anybody of the house did, for ever as it was written: nobody edits it, the server's own connection neither.
        {"access", 2, "audit trail", {R"sql(
CREATE TABLE audit_trail (
  seq BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  who TEXT NOT NULL,
  role TEXT NOT NULL,
  branch TEXT NOT NULL,
  via TEXT NOT NULL,
  ref TEXT NOT NULL,
  act TEXT NOT NULL,
  object TEXT NOT NULL,
  outcome TEXT NOT NULL,
  request TEXT NOT NULL,
  hash BLOB NOT NULL
);
CREATE INDEX audit_trail_who ON audit_trail (who, seq);
CREATE INDEX audit_trail_object ON audit_trail (object, seq);
CREATE TABLE audit_head (
  one BIGINT PRIMARY KEY,
  seq BIGINT NOT NULL,
  hash BLOB NOT NULL
);
INSERT INTO audit_head (one, seq, hash) VALUES (1, 0, '');
CREATE TRIGGER audit_trail_is_never_changed BEFORE UPDATE ON audit_trail BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_trail_is_never_cut BEFORE DELETE ON audit_trail BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
)sql",
                                      R"sql(
CREATE TABLE audit_trail (
  seq BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  who TEXT NOT NULL,
  role TEXT NOT NULL,
  branch TEXT NOT NULL,
  via TEXT NOT NULL,
  ref TEXT NOT NULL,
  act TEXT NOT NULL,
  object TEXT NOT NULL,
  outcome TEXT NOT NULL,
  request TEXT NOT NULL,
  hash BLOB NOT NULL
);
CREATE INDEX audit_trail_who ON audit_trail (who, seq);
CREATE INDEX audit_trail_object ON audit_trail (object, seq);
CREATE TABLE audit_head (
  one BIGINT PRIMARY KEY,
  seq BIGINT NOT NULL,
  hash BLOB NOT NULL
);
INSERT INTO audit_head (one, seq, hash) VALUES (1, 0, '');
CREATE FUNCTION audit_trail_is_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''the audit trail is append-only''; END';
CREATE TRIGGER audit_trail_is_never_changed BEFORE UPDATE OR DELETE ON audit_trail FOR EACH ROW EXECUTE FUNCTION audit_trail_is_append_only();
CREATE TRIGGER audit_trail_is_never_emptied BEFORE TRUNCATE ON audit_trail FOR EACH STATEMENT EXECUTE FUNCTION audit_trail_is_append_only();
)sql"}},
    };
    return list;
}

}  // namespace verbatim::access
