#include "record/figures/figures.h"

namespace verbatim::figures {

// On SQLite a zero takes no byte but its mark; on PostgreSQL a count is four bytes wide, a sum of seconds eight.
#define FIGURE_COLUMN(column, number) #column " INTEGER NOT NULL, "
#define FIGURE_WIDE_COLUMN(column, number) #column " BIGINT NOT NULL, "
#define FIGURE_COLUMNS_SQL FIGURE_MEASURES_OF(FIGURE_COLUMN, FIGURE_WIDE_COLUMN)

std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {{"figures", 1, "figures by place, service and month", R"sql(
CREATE TABLE figure_fresh (
  id SERIAL_KEY,
  subject TEXT NOT NULL,
  service TEXT NOT NULL,
  month BIGINT NOT NULL,
  product TEXT NOT NULL,
  adviser TEXT NOT NULL,
  country TEXT NOT NULL,
  registered_on TEXT NOT NULL,
  experience_on TEXT NOT NULL,
  change TEXT NOT NULL
);
CREATE TABLE figure_place (
  site TEXT PRIMARY KEY,
  country TEXT NOT NULL,
  grp TEXT NOT NULL,
  dealer TEXT NOT NULL
);
CREATE INDEX figure_place_country ON figure_place (country);
CREATE INDEX figure_place_group ON figure_place (grp);
CREATE INDEX figure_place_dealer ON figure_place (dealer);
CREATE TABLE figure_base ()sql" FIGURE_COLUMNS_SQL R"sql(
  subject TEXT NOT NULL, month INTEGER NOT NULL, service TEXT NOT NULL, product TEXT NOT NULL, adviser TEXT NOT NULL,
  PRIMARY KEY (subject, month, service, product, adviser)
);
CREATE TABLE figure_total ()sql" FIGURE_COLUMNS_SQL R"sql(
  branch TEXT NOT NULL, product TEXT NOT NULL, service TEXT NOT NULL, month INTEGER NOT NULL,
  PRIMARY KEY (branch, product, service, month)
);
CREATE TABLE figure_product ()sql" FIGURE_COLUMNS_SQL R"sql(
  product TEXT NOT NULL, country TEXT NOT NULL, age TEXT NOT NULL, service TEXT NOT NULL, month INTEGER NOT NULL,
  PRIMARY KEY (product, country, age, service, month)
);
CREATE TABLE figure_criterion (
  branch TEXT NOT NULL,
  service TEXT NOT NULL,
  criterion TEXT NOT NULL,
  month INTEGER NOT NULL,
  count INTEGER NOT NULL,
  sum INTEGER NOT NULL,
  PRIMARY KEY (branch, service, criterion, month)
);
CREATE TABLE figure_case (
  id TEXT PRIMARY KEY,
  subject TEXT NOT NULL,
  service TEXT NOT NULL,
  product TEXT NOT NULL,
  adviser TEXT NOT NULL,
  counted TEXT NOT NULL
);
CREATE INDEX figure_case_subject ON figure_case (subject);
CREATE TABLE figure_state (key TEXT PRIMARY KEY, value BIGINT NOT NULL);
CREATE INDEX review_ended ON review (subject) WHERE state IN ('refused', 'withdrawn', 'removed', 'erased');
CREATE INDEX review_newest ON review (published_at, id) WHERE state = 'published';
INSERT INTO figure_state (key, value)
SELECT 'complete', CASE WHEN EXISTS (SELECT 1 FROM site) THEN 0 ELSE 1 END;
)sql"}};
    return list;
}

}  // namespace verbatim::figures
