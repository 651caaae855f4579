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
        // record/network/branches.h; what is there already is placed now.
        {"network", 2, "which subjects lie on which branch", R"sql(
CREATE TABLE branch_subject (
  branch TEXT NOT NULL,
  subject TEXT NOT NULL,
  PRIMARY KEY (branch, subject)
);
CREATE INDEX branch_by_subject ON branch_subject (subject, branch);
INSERT INTO branch_subject (branch, subject)
SELECT '*', 'site:' || code FROM site UNION ALL SELECT 'site:' || code, 'site:' || code FROM site
UNION ALL SELECT 'country:' || country, 'site:' || code FROM site WHERE country <> ''
UNION ALL SELECT 'group:' || grp, 'site:' || code FROM site WHERE grp <> ''
UNION ALL SELECT 'dealer:' || dealer, 'site:' || code FROM site WHERE dealer <> '';
INSERT INTO branch_subject (branch, subject)
SELECT '*', 'product:' || code FROM product UNION SELECT 'product:' || code, 'product:' || code FROM product
UNION SELECT 'product:' || parent, 'product:' || code FROM product WHERE parent <> '';
INSERT INTO branch_subject (branch, subject)
SELECT b.branch, 'adviser:' || p.id FROM person p JOIN branch_subject b ON b.subject = 'site:' || p.scope WHERE p.role = 'adviser'
UNION SELECT 'adviser:' || id, 'adviser:' || id FROM person WHERE role = 'adviser'
UNION SELECT '*', 'adviser:' || id FROM person WHERE role = 'adviser';
)sql"},
        // network::branch_of(actor_of(person)), so that users can be cut by it.
        {"network", 3, "the branch of each person", R"sql(
ALTER TABLE person ADD COLUMN branch TEXT NOT NULL DEFAULT '';
UPDATE person SET branch = CASE WHEN role = 'adviser' THEN 'adviser:' || id WHEN scope = '*' THEN scope
  WHEN role IN ('site', 'group', 'country', 'product') THEN role || ':' || scope
  WHEN length(scope) = 2 AND scope = upper(scope) THEN 'country:' || scope ELSE 'site:' || scope END;
)sql"},
    };
    return list;
}

}  // namespace verbatim::network
