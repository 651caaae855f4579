#include "life/analyse/findings.h"

namespace verbatim::analyse {

// A finding names customers by their reviews only; finding_letter remembers the random id of whom was written to, so that nobody
// hears of the same change twice, and loses it with an erasure or by age.
std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {{"analyse", 1, "findings and whom they concern", R"sql(
CREATE TABLE finding (
  id TEXT PRIMARY KEY,
  about TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL,
  outcome TEXT NOT NULL,
  author TEXT NOT NULL,
  author_name TEXT NOT NULL,
  author_branch TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  sent_at BIGINT,
  closed_at BIGINT
);
CREATE INDEX finding_by_age ON finding (created_at, id);
CREATE INDEX finding_by_branch ON finding (author_branch, created_at, id);
CREATE TABLE finding_review (
  finding TEXT NOT NULL,
  review TEXT NOT NULL,
  subject TEXT NOT NULL,
  PRIMARY KEY (finding, review)
);
CREATE INDEX finding_of_review ON finding_review (review);
CREATE TABLE finding_recipient (
  finding TEXT NOT NULL,
  person BIGINT NOT NULL,
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  branch TEXT NOT NULL,
  sent_at BIGINT NOT NULL,
  seen_at BIGINT,
  answered_at BIGINT,
  answer TEXT NOT NULL,
  changed TEXT NOT NULL,
  PRIMARY KEY (finding, person)
);
CREATE INDEX finding_received ON finding_recipient (email, role, branch);
CREATE TABLE finding_words (
  finding TEXT NOT NULL,
  lang TEXT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (finding, lang)
);
CREATE TABLE finding_letter (
  finding TEXT NOT NULL,
  review TEXT NOT NULL,
  customer TEXT,
  outcome TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (finding, review)
);
CREATE INDEX finding_letter_customer ON finding_letter (customer, at) WHERE customer IS NOT NULL;
CREATE INDEX finding_letter_review ON finding_letter (review);
CREATE INDEX finding_letter_age ON finding_letter (at) WHERE customer IS NOT NULL;
CREATE TABLE finding_step (
  id SERIAL_KEY,
  finding TEXT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  step TEXT NOT NULL,
  detail TEXT NOT NULL
);
CREATE INDEX finding_step_of ON finding_step (finding, id);
)sql"},
                                              {"analyse", 2, "changes of themes that were told", R"sql(
CREATE TABLE theme_change (
  finding TEXT PRIMARY KEY,
  theme TEXT NOT NULL,
  place TEXT NOT NULL,
  at BIGINT NOT NULL,
  since TEXT NOT NULL,
  before_mentions BIGINT NOT NULL,
  before_reviews BIGINT NOT NULL,
  now_mentions BIGINT NOT NULL,
  now_reviews BIGINT NOT NULL,
  p DOUBLE PRECISION NOT NULL
);
CREATE INDEX theme_change_of ON theme_change (theme, place, at);
CREATE INDEX theme_change_at ON theme_change (at);
)sql"},
                                              {"analyse", 3, "what got better is told as well, where the house wants it", "ALTER TABLE theme_change ADD COLUMN better BIGINT NOT NULL DEFAULT 0"},
                                              {"analyse", 4, "followed themes", R"sql(
CREATE TABLE theme_follow (
  person BIGINT NOT NULL,
  theme TEXT NOT NULL,
  branch TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (person, theme, branch)
);
CREATE TABLE reader_drift (
  language TEXT NOT NULL,
  at BIGINT NOT NULL,
  against BIGINT NOT NULL,
  reviews BIGINT NOT NULL,
  against_before BIGINT NOT NULL,
  reviews_before BIGINT NOT NULL,
  p DOUBLE PRECISION NOT NULL,
  finding TEXT NOT NULL,
  PRIMARY KEY (language, at)
);
)sql"}};
    return list;
}

}  // namespace verbatim::analyse
