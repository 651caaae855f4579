#include "record/reviews/reviews.h"

namespace verbatim::reviews {

// One row a review holds its public version; an undecided correction waits in review_draft, earlier versions stay in
// review_version. A review that never changes is one row and one line of history.
std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {
        {"reviews", 1, "reviews, drafts, versions, history, replies", R"sql(
CREATE TABLE review (
  id TEXT PRIMARY KEY,
  subject TEXT NOT NULL,
  service TEXT NOT NULL,
  origin TEXT NOT NULL,
  source TEXT,
  external_id TEXT,
  experience TEXT,
  customer TEXT,
  state TEXT NOT NULL,
  version BIGINT NOT NULL,
  rating BIGINT,
  criteria TEXT,
  recommend BIGINT,
  title TEXT,
  body TEXT,
  lang TEXT,
  experience_on TEXT,
  signature TEXT,
  terms TEXT,
  contact_me BIGINT NOT NULL,
  submitted_at BIGINT NOT NULL,
  published_at BIGINT,
  updated_at BIGINT,
  decide_by BIGINT,
  salt BLOB,
  commitment TEXT,
  collected_entry BIGINT,
  public_entry BIGINT,
  findings TEXT,
  reason TEXT,
  parent TEXT
);
CREATE INDEX review_public ON review (subject, published_at, id, origin, rating) WHERE state = 'published';
CREATE INDEX review_waiting ON review (state, submitted_at) WHERE state IN ('collected', 'held', 'rephrase');
CREATE UNIQUE INDEX review_experience ON review (experience, subject) WHERE experience IS NOT NULL AND state <> 'refused';
CREATE UNIQUE INDEX review_elsewhere ON review (source, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX review_customer ON review (customer) WHERE customer IS NOT NULL;
CREATE TABLE review_draft (
  review TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  content TEXT NOT NULL,
  salt BLOB NOT NULL,
  commitment TEXT NOT NULL,
  entry BIGINT NOT NULL,
  findings TEXT,
  submitted_at BIGINT NOT NULL
);
CREATE TABLE review_version (
  review TEXT NOT NULL,
  version BIGINT NOT NULL,
  content TEXT NOT NULL,
  until BIGINT NOT NULL,
  PRIMARY KEY (review, version)
);
CREATE TABLE review_step (
  id SERIAL_KEY,
  review TEXT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  step TEXT NOT NULL,
  detail TEXT
);
CREATE INDEX review_step_of ON review_step (review, id);
CREATE TABLE reply (
  id TEXT PRIMARY KEY,
  review TEXT NOT NULL,
  body TEXT NOT NULL,
  author TEXT NOT NULL,
  staff TEXT NOT NULL,
  state TEXT NOT NULL,
  submitted_at BIGINT NOT NULL,
  published_at BIGINT,
  salt BLOB NOT NULL,
  commitment TEXT NOT NULL,
  findings TEXT,
  reason TEXT
);
CREATE INDEX reply_of ON reply (review, submitted_at);
)sql"},
        {"reviews", 2, "time limits of decisions, statements of reasons", R"sql(
ALTER TABLE review ADD COLUMN overdue_at BIGINT;
ALTER TABLE review ADD COLUMN rephrase_by BIGINT;
ALTER TABLE review_draft ADD COLUMN decide_by BIGINT;
CREATE INDEX review_due ON review (decide_by, id) WHERE state IN ('collected', 'held', 'rephrase');
CREATE INDEX review_overdue ON review (overdue_at) WHERE overdue_at IS NOT NULL;
CREATE INDEX review_rephrase ON review (rephrase_by) WHERE rephrase_by IS NOT NULL;
CREATE TABLE statement (
  id TEXT PRIMARY KEY,
  review TEXT NOT NULL,
  measure TEXT NOT NULL,
  territory TEXT NOT NULL,
  duration TEXT NOT NULL,
  facts TEXT NOT NULL,
  origin TEXT NOT NULL,
  automated_detection BIGINT NOT NULL,
  automated_decision BIGINT NOT NULL,
  reason TEXT NOT NULL,
  policy TEXT NOT NULL,
  explanation TEXT NOT NULL,
  law TEXT NOT NULL,
  dispute_body TEXT NOT NULL,
  complaint_months BIGINT NOT NULL,
  restriction_at BIGINT NOT NULL,
  sor_at BIGINT NOT NULL,
  decided_by TEXT NOT NULL,
  CHECK (sor_at <= restriction_at)
);
CREATE INDEX statement_of ON statement (review, sor_at);
)sql"},
        {"reviews", 3, "finding reviews by their words and facets", {R"sql(
CREATE TABLE review_search (
  place INTEGER PRIMARY KEY,
  review TEXT NOT NULL UNIQUE,
  subject TEXT NOT NULL,
  rating BIGINT,
  submitted_at BIGINT NOT NULL,
  facets TEXT NOT NULL
);
CREATE INDEX review_search_subject ON review_search (subject, place);
CREATE VIRTUAL TABLE review_words USING fts5 (words, facets, content = '', detail = column, prefix = '3', tokenize = 'unicode61 remove_diacritics 0');
CREATE TABLE review_case (review TEXT PRIMARY KEY);
CREATE TABLE review_search_upto (upto TEXT NOT NULL);
INSERT INTO review_search_upto (upto) VALUES ('');
CREATE INDEX review_arrived ON review (submitted_at, subject, rating);
CREATE INDEX reply_arrived ON reply (submitted_at, review);
)sql", R"sql(
CREATE TABLE review_search (
  place BIGINT PRIMARY KEY,
  review TEXT NOT NULL UNIQUE,
  subject TEXT NOT NULL,
  rating BIGINT,
  submitted_at BIGINT NOT NULL,
  facets TEXT NOT NULL,
  words TSVECTOR NOT NULL
);
CREATE INDEX review_search_subject ON review_search (subject, place);
CREATE INDEX review_search_words ON review_search USING gin (words);
CREATE TABLE review_case (review TEXT PRIMARY KEY);
CREATE TABLE review_search_upto (upto TEXT NOT NULL);
INSERT INTO review_search_upto (upto) VALUES ('');
CREATE INDEX review_arrived ON review (submitted_at, subject, rating);
CREATE INDEX reply_arrived ON reply (submitted_at, review);
)sql"}}};
    return list;
}

}  // namespace verbatim::reviews
