#include "life/moderate/moderate.h"

namespace verbatim::moderate {

// A row in moderation_decision is one human's verdict, final or a first opinion; what the machine published by itself stands in
// review_step. A notice's name and address are
// sealed under the vault's key; who was suspended is known to record/conduct alone.
std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {{"moderate", 1, "decisions, second opinions, delays, notices, complaints, equality", R"sql(
CREATE TABLE moderation_decision (
  id SERIAL_KEY,
  at BIGINT NOT NULL,
  ref TEXT NOT NULL,
  review TEXT NOT NULL,
  version BIGINT NOT NULL,
  decision TEXT NOT NULL,
  reason TEXT,
  final BIGINT NOT NULL,
  moderator TEXT NOT NULL,
  roles TEXT NOT NULL,
  languages TEXT NOT NULL,
  lang TEXT NOT NULL,
  language_match TEXT NOT NULL,
  subject TEXT NOT NULL,
  policy TEXT NOT NULL,
  submitted_at BIGINT NOT NULL,
  decide_by BIGINT
);
CREATE INDEX moderation_decision_of ON moderation_decision (review, id);
CREATE INDEX moderation_decision_at ON moderation_decision (at);
CREATE TABLE second_opinion (
  ref TEXT PRIMARY KEY,
  review TEXT NOT NULL,
  moderator TEXT NOT NULL,
  reason TEXT NOT NULL,
  explanation TEXT NOT NULL,
  law TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE TABLE moderation_delay (
  ref TEXT NOT NULL,
  decide_by BIGINT NOT NULL,
  level BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (ref, decide_by, level)
);
CREATE TABLE notice (
  id TEXT PRIMARY KEY,
  review TEXT NOT NULL,
  source TEXT NOT NULL,
  reason TEXT NOT NULL,
  explanation TEXT NOT NULL,
  url TEXT NOT NULL,
  sealed BLOB,
  locale TEXT NOT NULL,
  state TEXT NOT NULL,
  at BIGINT NOT NULL,
  decide_by BIGINT NOT NULL,
  outcome TEXT,
  answer TEXT,
  decided_at BIGINT,
  moderator TEXT,
  unfounded BIGINT NOT NULL
);
CREATE INDEX notice_of ON notice (review, at);
CREATE INDEX notice_open ON notice (at, id) WHERE state = 'open';
CREATE TABLE complaint (
  id TEXT PRIMARY KEY,
  review TEXT NOT NULL,
  source TEXT NOT NULL,
  about TEXT NOT NULL,
  reason TEXT NOT NULL,
  explanation TEXT NOT NULL,
  state TEXT NOT NULL,
  at BIGINT NOT NULL,
  decide_by BIGINT NOT NULL,
  outcome TEXT,
  answer TEXT,
  decided_at BIGINT,
  moderator TEXT
);
CREATE UNIQUE INDEX complaint_about ON complaint (about);
CREATE INDEX complaint_of ON complaint (review, at);
CREATE INDEX complaint_open ON complaint (at, id) WHERE state = 'open';
CREATE TABLE equality_run (
  day TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  figures TEXT NOT NULL,
  alert BIGINT NOT NULL
);
)sql"},
                                                 {"moderate", 2, "what waits and what was decided, for the desk", R"sql(
CREATE INDEX reply_held ON reply (submitted_at, id) WHERE state = 'held';
CREATE INDEX moderation_decision_by ON moderation_decision (moderator, at);
)sql"},
                                                 // A sketch says which words are alike and none of them; it goes with the words.
                                                 {"moderate", 3, "near-copies and signals", R"sql(
CREATE TABLE review_sketch (
  review TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  sketch BLOB NOT NULL
);
CREATE TABLE review_band (
  band BIGINT NOT NULL,
  at BIGINT NOT NULL,
  review TEXT NOT NULL,
  PRIMARY KEY (band, at, review)
);
CREATE TABLE review_signal (
  review TEXT NOT NULL,
  name TEXT NOT NULL,
  weight DOUBLE PRECISION NOT NULL,
  why TEXT NOT NULL,
  version TEXT NOT NULL,
  at BIGINT NOT NULL,
  asked BIGINT NOT NULL,
  PRIMARY KEY (review, name)
);
CREATE INDEX review_signal_at ON review_signal (at);
)sql"}};
    return list;
}

}  // namespace verbatim::moderate
