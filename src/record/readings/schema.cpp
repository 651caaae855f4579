#include "record/readings/readings.h"

namespace verbatim::readings {

// A reading holds no word of its author: places in the text, and numbers. `kind` is what the review is about, site or product; site,
// product and country are those of the experience.
std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {{"readings", 1, "what models read in published words", R"sql(
CREATE TABLE review_reading (
  review TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  site TEXT NOT NULL,
  product TEXT NOT NULL,
  country TEXT NOT NULL,
  month BIGINT NOT NULL,
  at BIGINT NOT NULL,
  lang TEXT NOT NULL,
  stars BIGINT NOT NULL,
  polarity DOUBLE PRECISION NOT NULL,
  contradiction BIGINT NOT NULL,
  version TEXT NOT NULL
);
CREATE INDEX review_reading_at ON review_reading (at);
CREATE TABLE review_theme (
  review TEXT NOT NULL,
  theme TEXT NOT NULL,
  start_at BIGINT NOT NULL,
  end_at BIGINT NOT NULL,
  polarity DOUBLE PRECISION NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (review, theme, start_at)
);
CREATE INDEX review_theme_at ON review_theme (theme, at, review);
CREATE TABLE theme_tally (
  theme TEXT NOT NULL,
  site TEXT NOT NULL,
  product TEXT NOT NULL,
  kind TEXT NOT NULL,
  month BIGINT NOT NULL,
  reviews BIGINT NOT NULL,
  positive BIGINT NOT NULL,
  negative BIGINT NOT NULL,
  PRIMARY KEY (site, product, kind, month, theme)
);
CREATE INDEX theme_tally_product ON theme_tally (product, month);
CREATE TABLE reading_tally (
  site TEXT NOT NULL,
  product TEXT NOT NULL,
  kind TEXT NOT NULL,
  month BIGINT NOT NULL,
  reviews BIGINT NOT NULL,
  PRIMARY KEY (site, product, kind, month)
);
CREATE INDEX reading_tally_product ON reading_tally (product, month);
CREATE TABLE reading_run (
  version TEXT PRIMARY KEY,
  upto TEXT NOT NULL,
  seen BIGINT NOT NULL,
  total BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  done_at BIGINT
);
)sql"},
                                              {"readings", 2, "themes taught by examples, versions of the models", R"sql(
CREATE TABLE taught_theme (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  model BLOB NOT NULL,
  author TEXT NOT NULL,
  at BIGINT NOT NULL,
  number BIGINT NOT NULL,
  found_again BIGINT NOT NULL,
  others BIGINT NOT NULL,
  false_finds BIGINT NOT NULL
);
CREATE UNIQUE INDEX taught_theme_name ON taught_theme (name);
CREATE TABLE model_version (
  version TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  kept_at BIGINT NOT NULL,
  activated_at BIGINT,
  figures TEXT NOT NULL
);
CREATE TABLE model_file (
  version TEXT NOT NULL,
  name TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (version, name)
);
CREATE TABLE reader_change (
  id SERIAL_KEY,
  at BIGINT NOT NULL,
  what TEXT NOT NULL
);
)sql"},
                                              {"readings", 3, "what sentences mean, for search", "ALTER TABLE review_reading ADD COLUMN meaning BLOB"}};
    return list;
}

}  // namespace verbatim::readings
