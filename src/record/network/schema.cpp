#include "record/network/network.h"

namespace verbatim::network {

// "group" is a word of SQL: the column is called grp.
std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {
        {"network", 1, "sites, products, people, settings", R"sql(
CREATE TABLE site (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  dealer TEXT NOT NULL,
  grp TEXT NOT NULL,
  country TEXT NOT NULL,
  locale TEXT NOT NULL,
  timezone TEXT NOT NULL,
  street TEXT NOT NULL,
  postcode TEXT NOT NULL,
  city TEXT NOT NULL,
  latitude DOUBLE PRECISION,
  longitude DOUBLE PRECISION,
  phone TEXT NOT NULL,
  email TEXT NOT NULL,
  services TEXT NOT NULL,
  opening TEXT NOT NULL,
  attributes TEXT NOT NULL,
  active BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX site_by_country ON site (country, code);
CREATE INDEX site_by_group ON site (grp, code);
CREATE TABLE product (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  parent TEXT NOT NULL,
  url TEXT NOT NULL,
  image TEXT NOT NULL,
  mpn TEXT NOT NULL,
  gtin TEXT NOT NULL,
  attributes TEXT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE TABLE person (
  id SERIAL_KEY,
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  scope TEXT NOT NULL,
  locale TEXT NOT NULL,
  attributes TEXT NOT NULL,
  active BIGINT NOT NULL,
  UNIQUE (email, role, scope)
);
CREATE INDEX person_by_scope ON person (scope, role);
CREATE INDEX person_by_role ON person (role, email);
CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
)sql"},
    };
    return list;
}

}  // namespace verbatim::network
