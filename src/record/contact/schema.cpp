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
        {"contact", 2, "messages by what they are about", "CREATE INDEX message_about ON message (about) WHERE about IS NOT NULL"}};
    return list;
}

}  // namespace verbatim::contact
