#include "record/contact/contact.h"

namespace verbatim::contact {

std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {{"contact", 1, "customers, messages, suppressions", R"sql(
CREATE TABLE customer (
  id TEXT PRIMARY KEY,
  external TEXT UNIQUE,
  salutation TEXT,
  first_name TEXT,
  last_name TEXT,
  email TEXT,
  phone TEXT,
  locale TEXT,
  country TEXT,
  updated_at BIGINT NOT NULL
);
CREATE INDEX customer_email ON customer (email);
CREATE TABLE message (
  id TEXT PRIMARY KEY,
  unique_key TEXT NOT NULL UNIQUE,
  purpose TEXT NOT NULL,
  customer TEXT,
  email TEXT,
  name TEXT,
  locale TEXT,
  about TEXT,
  mail_template TEXT NOT NULL,
  data TEXT,
  site_name TEXT,
  state TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  sent_at BIGINT,
  reply TEXT
);
CREATE INDEX message_customer ON message (customer) WHERE customer IS NOT NULL;
CREATE INDEX message_state ON message (state, created_at);
CREATE TABLE suppression (
  address BLOB NOT NULL,
  purpose TEXT NOT NULL,
  at BIGINT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (address, purpose)
);
CREATE TABLE contact_secret (
  id BIGINT PRIMARY KEY,
  value BLOB NOT NULL
);
)sql"},
        {"contact", 2, "messages by what they are about", "CREATE INDEX message_about ON message (about) WHERE about IS NOT NULL"},
        // Names and addresses leave the tables everybody reads. What an older version wrote waits in the two _plain tables until
        // settle() has sealed it; then they go too.
        {"contact", 3, "identities in the vault, consents, notices, checked addresses, purges", R"sql(
ALTER TABLE customer RENAME TO customer_plain;
CREATE TABLE customer (
  id TEXT PRIMARY KEY,
  locale TEXT,
  country TEXT,
  source TEXT NOT NULL,
  source_site TEXT,
  updated_at BIGINT NOT NULL,
  last_contact_at BIGINT NOT NULL
);
CREATE INDEX customer_last_contact ON customer (last_contact_at);
INSERT INTO customer (id, locale, country, source, updated_at, last_contact_at) SELECT id, locale, country, CASE WHEN external IS NULL THEN 'form' ELSE 'dealer' END, updated_at, updated_at FROM customer_plain;
CREATE TABLE customer_identity (
  customer TEXT PRIMARY KEY,
  email_hash BLOB,
  external_hash BLOB UNIQUE,
  sealed BLOB NOT NULL
);
CREATE INDEX customer_identity_email ON customer_identity (email_hash) WHERE email_hash IS NOT NULL;
CREATE TABLE message_plain AS SELECT id, email, name, data FROM message WHERE email IS NOT NULL OR name IS NOT NULL OR data IS NOT NULL;
ALTER TABLE message DROP COLUMN email;
ALTER TABLE message DROP COLUMN name;
ALTER TABLE message DROP COLUMN data;
ALTER TABLE message ADD COLUMN sealed BLOB;
CREATE TABLE consent (
  id SERIAL_KEY,
  customer TEXT NOT NULL,
  purpose TEXT NOT NULL,
  basis TEXT NOT NULL,
  text_version TEXT NOT NULL,
  source TEXT NOT NULL,
  detail TEXT,
  at BIGINT NOT NULL
);
CREATE INDEX consent_customer ON consent (customer, id);
CREATE INDEX consent_at ON consent (at);
CREATE TABLE privacy_notice (
  customer TEXT PRIMARY KEY,
  version TEXT NOT NULL,
  message TEXT NOT NULL,
  sent_at BIGINT NOT NULL
);
CREATE TABLE address_check (
  customer TEXT PRIMARY KEY,
  asked_at BIGINT NOT NULL,
  confirmed_at BIGINT
);
CREATE TABLE purge_run (
  id SERIAL_KEY,
  at BIGINT NOT NULL,
  category TEXT NOT NULL,
  months BIGINT NOT NULL,
  purged BIGINT NOT NULL
);
CREATE INDEX message_created ON message (created_at)
)sql"},
        // What was agreed to is proof: a row may leave when its time is over, it may never be changed (norm GDP-1). Triggers have no common dialect.
        {"contact", 4, "the consent ledger only grows", {
            "CREATE TRIGGER consent_is_never_changed BEFORE UPDATE ON consent BEGIN SELECT RAISE(ABORT, 'the consent ledger is append-only'); END",
            "CREATE FUNCTION consent_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''the consent ledger is append-only''; END';\n"
            "CREATE TRIGGER consent_is_never_changed BEFORE UPDATE ON consent FOR EACH ROW EXECUTE FUNCTION consent_is_never_changed()"}},
        // Of one day only: the hash is salted anew every midnight and the salt is gone two days later (norms FRA-3, GDP-6).
        {"contact", 5, "authors by device and day", R"sql(
CREATE TABLE device_trace (
  day BIGINT NOT NULL,
  site TEXT NOT NULL,
  device BLOB NOT NULL,
  customer TEXT NOT NULL,
  PRIMARY KEY (day, site, device, customer)
);
CREATE INDEX device_trace_customer ON device_trace (customer)
)sql"},
        // What came back: once a message and kind. The address as a keyed hash, to count how often it was away (norm EML-7).
        {"contact", 6, "mail that came back", R"sql(
CREATE TABLE mail_return (
  message TEXT NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  address BLOB NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (message, kind)
);
CREATE INDEX mail_return_address ON mail_return (address, at);
CREATE INDEX mail_return_at ON mail_return (at)
)sql"},
        // How fast mail goes to a domain (pace.h); the domain as a keyed hash, for some have one mailbox alone. Moments in microseconds.
        {"contact", 7, "the pace of mail by domain", R"sql(
CREATE TABLE mail_pace (
  domain BLOB PRIMARY KEY,
  first_day BIGINT NOT NULL,
  day BIGINT NOT NULL,
  today BIGINT NOT NULL,
  next_us BIGINT NOT NULL,
  held_day BIGINT NOT NULL,
  held_today BIGINT NOT NULL,
  held_us BIGINT NOT NULL
)
)sql"},
        // Whether a number is known that an SMS reaches, so that deciding about many opens no vault; true from a person's next import on.
        {"contact", 8, "who has a telephone number", "ALTER TABLE customer_identity ADD COLUMN has_phone BIGINT NOT NULL DEFAULT 0"},
        // Where paper reaches somebody, what waits for the printer (run 0) and what a run froze (paper.h).
        {"contact", 9, "postal addresses and print runs", R"sql(
CREATE TABLE postal_address (
  customer TEXT PRIMARY KEY,
  address_hash BLOB NOT NULL,
  sealed BLOB NOT NULL,
  returned_at BIGINT
);
CREATE INDEX postal_address_by_hash ON postal_address (address_hash);
CREATE TABLE print_run (
  number SERIAL_KEY,
  at BIGINT NOT NULL,
  by_whom TEXT NOT NULL,
  letters BIGINT NOT NULL,
  written_at BIGINT
);
CREATE INDEX print_run_open ON print_run (number) WHERE written_at IS NULL;
CREATE TABLE print_item (
  message TEXT PRIMARY KEY,
  run BIGINT NOT NULL,
  place BIGINT NOT NULL,
  sealed BLOB,
  address_hash BLOB,
  returned_at BIGINT,
  why TEXT
);
CREATE INDEX print_item_run ON print_item (run, place)
)sql"},
        {"contact", 10, "calls to be made", R"sql(
CREATE TABLE call_task (
  message TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  outcome TEXT,
  at BIGINT,
  by_whom TEXT
);
CREATE INDEX call_task_due ON call_task (due_at, message) WHERE state = 'open'
)sql"},
        // "site:CODE", what branches are cut by; without one a call is of the whole brand alone, as those from before are.
        {"contact", 11, "whose customer is called", "ALTER TABLE call_task ADD COLUMN subject TEXT NOT NULL DEFAULT ''"},
        {"contact", 12, "what came back, counted by its run", "CREATE INDEX print_item_returned ON print_item (run) WHERE returned_at IS NOT NULL"}};
    return list;
}

}  // namespace verbatim::contact
