#include "life/recover/recover.h"

namespace verbatim::recover {

std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {{"recover", 1, "cases and calls", R"sql(
CREATE TABLE recovery_case (
  id TEXT PRIMARY KEY,
  review TEXT NOT NULL UNIQUE,
  site TEXT NOT NULL,
  why TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  first_call_at BIGINT,
  closed_at BIGINT,
  breached BIGINT NOT NULL
);
CREATE INDEX recovery_case_site ON recovery_case (site, opened_at);
CREATE INDEX recovery_case_open ON recovery_case (due_at) WHERE closed_at IS NULL;
CREATE TABLE recovery_call (
  id SERIAL_KEY,
  recovery_case TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_whom TEXT NOT NULL,
  outcome TEXT NOT NULL,
  note TEXT
);
CREATE INDEX recovery_call_case ON recovery_call (recovery_case, id);
)sql"}, {"recover", 2, "the desk's case: plans, causes, hand-overs, the second survey", R"sql(
ALTER TABLE recovery_case ADD COLUMN subject TEXT;
ALTER TABLE recovery_case ADD COLUMN stage TEXT;
ALTER TABLE recovery_case ADD COLUMN next_at BIGINT;
ALTER TABLE recovery_case ADD COLUMN next_what TEXT;
ALTER TABLE recovery_case ADD COLUMN holder TEXT;
ALTER TABLE recovery_case ADD COLUMN cause TEXT;
ALTER TABLE recovery_case ADD COLUMN done TEXT;
ALTER TABLE recovery_case ADD COLUMN satisfied TEXT;
ALTER TABLE recovery_case ADD COLUMN level BIGINT;
UPDATE recovery_case SET subject = 'site:' || site, level = CASE WHEN breached = 1 THEN 24 ELSE 0 END,
  stage = CASE WHEN closed_at IS NOT NULL THEN 'closed' WHEN first_call_at IS NOT NULL THEN 'called' ELSE 'open' END;
CREATE INDEX recovery_case_stage ON recovery_case (stage, due_at, id);
CREATE INDEX recovery_case_closed ON recovery_case (closed_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX recovery_case_subject ON recovery_case (subject, stage);
ALTER TABLE recovery_call ADD COLUMN call TEXT;
ALTER TABLE recovery_call ADD COLUMN back_at BIGINT;
CREATE UNIQUE INDEX recovery_call_once ON recovery_call (recovery_case, call) WHERE call IS NOT NULL;
CREATE TABLE recovery_step (
  id SERIAL_KEY,
  recovery_case TEXT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  step TEXT NOT NULL,
  detail TEXT
);
CREATE INDEX recovery_step_of ON recovery_step (recovery_case, id);
CREATE INDEX recovery_step_old ON recovery_step (at) WHERE detail IS NOT NULL;
CREATE TABLE recovery_survey (
  recovery_case TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  reason TEXT,
  asked_at BIGINT,
  answered_at BIGINT,
  first_rating BIGINT,
  rating BIGINT,
  solved TEXT,
  words TEXT
);
CREATE INDEX recovery_survey_answered ON recovery_survey (answered_at) WHERE words IS NOT NULL;
CREATE TABLE root_cause (
  key TEXT PRIMARY KEY,
  place BIGINT NOT NULL,
  labels TEXT NOT NULL,
  active BIGINT NOT NULL
);
)sql"}, {"recover", 3, "the cases of a week without the others", R"sql(
CREATE INDEX recovery_case_opened ON recovery_case (opened_at, subject);
CREATE INDEX recovery_survey_newest ON recovery_survey (answered_at) WHERE answered_at IS NOT NULL;
)sql"}};
    return list;
}

}  // namespace verbatim::recover
