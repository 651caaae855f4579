#include "record/webhooks/webhooks.h"

namespace verbatim::webhooks {

// A delivery's key is the webhook and the event's place, so an event is delivered once however often it is spread.
std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {{"webhooks", 1, "webhooks, deliveries, attempts", R"sql(
CREATE TABLE webhook (
  id TEXT PRIMARY KEY,
  branch TEXT NOT NULL,
  url TEXT NOT NULL,
  kinds TEXT NOT NULL,
  wanted TEXT NOT NULL,
  description TEXT NOT NULL,
  secret BLOB NOT NULL,
  old_secret BLOB,
  old_secret_until BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('on', 'off', 'disabled')),
  owner TEXT NOT NULL,
  why TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  failing_since BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  paused_until BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE TABLE webhook_delivery (
  webhook TEXT NOT NULL,
  event_tx BIGINT NOT NULL,
  event_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  ref TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
  attempts BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  status BIGINT NOT NULL,
  milliseconds BIGINT NOT NULL,
  PRIMARY KEY (webhook, event_tx, event_id)
);
CREATE INDEX webhook_delivery_state ON webhook_delivery (webhook, state, event_tx, event_id);
CREATE INDEX webhook_delivery_age ON webhook_delivery (created_at);
CREATE TABLE webhook_attempt (
  webhook TEXT NOT NULL,
  event_tx BIGINT NOT NULL,
  event_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  at BIGINT NOT NULL,
  status BIGINT NOT NULL,
  milliseconds BIGINT NOT NULL,
  answer TEXT NOT NULL,
  fault TEXT NOT NULL,
  PRIMARY KEY (webhook, event_tx, event_id, number)
);
CREATE TABLE webhook_cursor (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  event_tx BIGINT NOT NULL,
  event_id BIGINT NOT NULL
);
INSERT INTO webhook_cursor (one, event_tx, event_id) VALUES (1, 0, 0);
)sql"}};
    return list;
}

}  // namespace verbatim::webhooks
