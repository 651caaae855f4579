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
)sql"}};
    return list;
}

}  // namespace verbatim::recover
