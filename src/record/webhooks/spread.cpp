// From what happened to what is to be delivered: a cursor over the events, moved in the transaction that makes the deliveries.
#include <nlohmann/json.hpp>

#include "ground/base/calendar.h"
#include "ground/base/log.h"
#include "record/webhooks/rows.h"

namespace verbatim::webhooks {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr int events_a_turn = 500;
constexpr auto pause = std::chrono::milliseconds(500);

constexpr Sql select_cursor("SELECT event_tx, event_id FROM webhook_cursor");
// Of several nodes one wins; the other finds that nothing is left.
constexpr Sql move_cursor("UPDATE webhook_cursor SET event_tx = $3, event_id = $4 WHERE event_tx = $1 AND event_id = $2");
constexpr Sql any_on("SELECT 1 FROM webhook WHERE state = 'on' LIMIT 1");
// Who wants an event: it is of a kind asked for and lies on the webhook's branch. A test is for the webhook it names.
constexpr Sql select_wanting(R"sql(
SELECT w.id FROM webhook w WHERE w.state = 'on' AND CASE WHEN $1 = 'webhook.test' THEN w.id = $3 ELSE
  ((w.wanted = '' AND $1 NOT LIKE 'journey.%') OR instr(w.wanted, ',' || $1 || ',') > 0)
  AND (EXISTS (SELECT 1 FROM branch_subject b WHERE b.branch = w.branch AND b.subject = $2) OR ($2 = '' AND w.branch = '*')) END)sql",
    R"sql(
SELECT w.id FROM webhook w WHERE w.state = 'on' AND CASE WHEN $1::text = 'webhook.test' THEN w.id = $3 ELSE
  ((w.wanted = '' AND $1::text NOT LIKE 'journey.%') OR strpos(w.wanted, ',' || $1::text || ',') > 0)
  AND (EXISTS (SELECT 1 FROM branch_subject b WHERE b.branch = w.branch AND b.subject = $2) OR ($2 = '' AND w.branch = '*')) END)sql");
constexpr Sql insert_delivery(R"sql(
INSERT INTO webhook_delivery (webhook, event_tx, event_id, kind, subject, ref, body, state, attempts, created_at, next_at, last_at, status, milliseconds)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', 0, $8, $8, 0, 0, 0) ON CONFLICT DO NOTHING)sql");
constexpr Sql ask_again(R"sql(
INSERT INTO webhook_delivery (webhook, event_tx, event_id, kind, subject, ref, body, state, attempts, created_at, next_at, last_at, status, milliseconds)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', 0, $8, $8, 0, 0, 0)
ON CONFLICT (webhook, event_tx, event_id) DO UPDATE SET state = 'waiting', attempts = 0, next_at = excluded.next_at)sql");
constexpr Sql replay_one("UPDATE webhook_delivery SET state = 'waiting', attempts = 0, next_at = $4 WHERE webhook = $1 AND event_tx = $2 AND event_id = $3");
// Of a range by time; what happened is looked at through its index by age, so that the range bounds the work.
constexpr Sql select_range(R"sql(
SELECT e.tx, e.id, e.at, e.kind, e.subject, e.ref, e.data FROM event e JOIN webhook w ON w.id = $1
LEFT JOIN webhook_delivery d ON d.webhook = w.id AND d.event_tx = e.tx AND d.event_id = e.id
WHERE e.at >= $2 AND e.at < $3 AND e.kind <> 'webhook.test' AND ($4 = 0 OR d.state = 'failed') AND ((w.wanted = '' AND e.kind NOT LIKE 'journey.%') OR instr(w.wanted, ',' || e.kind || ',') > 0)
  AND (EXISTS (SELECT 1 FROM branch_subject b WHERE b.branch = w.branch AND b.subject = e.subject) OR (e.subject = '' AND w.branch = '*'))
ORDER BY e.at, e.id LIMIT $5)sql",
    R"sql(
SELECT e.tx, e.id, e.at, e.kind, e.subject, e.ref, e.data FROM event e JOIN webhook w ON w.id = $1
LEFT JOIN webhook_delivery d ON d.webhook = w.id AND d.event_tx = e.tx AND d.event_id = e.id
WHERE e.at >= $2 AND e.at < $3 AND e.kind <> 'webhook.test' AND ($4::bigint = 0 OR d.state = 'failed') AND ((w.wanted = '' AND e.kind NOT LIKE 'journey.%') OR strpos(w.wanted, ',' || e.kind || ',') > 0)
  AND (EXISTS (SELECT 1 FROM branch_subject b WHERE b.branch = w.branch AND b.subject = e.subject) OR (e.subject = '' AND w.branch = '*'))
ORDER BY e.at, e.id LIMIT $5)sql");

events::Place read_cursor(Tx& tx) {
    const auto [at, id] = *tx.row<std::int64_t, std::int64_t>(select_cursor);
    return {at, id};
}

}  // namespace

void begin_listening(Tx& tx) {
    if (tx.row<std::int64_t>(any_on)) return;
    const auto from = read_cursor(tx), to = events::newest(tx);
    if (to > from) tx.exec(move_cursor, from.tx, from.id, to.tx, to.id);
}

// The Standard Webhooks payload: type, timestamp, data.
std::string body_of(const events::Event& event) {
    auto data = nlohmann::json::parse(event.data);
    if (!event.subject.empty()) data["subject"] = event.subject;
    data["ref"] = event.ref;
    return nlohmann::json{{"type", event.kind}, {"timestamp", format_moment(event.at)}, {"id", events::to_text(event.place)}, {"data", std::move(data)}}.dump();
}

void enqueue(Tx& tx, const Clock& clock, std::string_view webhook, events::Place event, Seconds at) {
    const auto payload = std::string(webhook) + " " + events::to_text(event);
    jobs::enqueue(tx, clock, job_kind, payload, {at, payload, 1000});
}

bool Webhooks::spread() const {
    const auto now = clock_.now();
    // Mostly there is nothing: looking costs no write.
    const auto from = db_.read([&](Tx& tx) -> std::optional<events::Place> {
        if (!tx.row<std::int64_t>(any_on)) return std::nullopt;
        const auto cursor = read_cursor(tx);
        return events::newest(tx) > cursor ? std::optional(cursor) : std::nullopt;
    });
    if (!from) return false;
    return db_.write([&](Tx& tx) {
        const auto page = events::all_after(tx, *from, events_a_turn);
        if (tx.exec(move_cursor, from->tx, from->id, page.next.tx, page.next.id) == 0) return true;
        for (const auto& event : page.events) {
            const auto wanting = tx.rows<std::string>(select_wanting, event.kind, event.subject, event.ref);
            if (wanting.empty()) continue;
            const auto body = body_of(event);
            for (const auto& webhook : wanting) {
                if (tx.exec(insert_delivery, webhook, event.place.tx, event.place.id, event.kind, event.subject, event.ref, body, now) != 0) enqueue(tx, clock_, webhook, event.place, now);
            }
        }
        return page.more;
    });
}

Result<void> Webhooks::replay(const Actor& actor, std::string_view id, events::Place event) const {
    const auto now = clock_.now();
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto webhook = find_own(tx, actor, id);
        if (!webhook) return unknown_webhook();
        if (webhook->state != "on") return conflict("webhook_off", "switch the webhook on first");
        if (tx.exec(replay_one, id, event.tx, event.id, now) == 0) return not_found("delivery_unknown", "there is no such delivery");
        enqueue(tx, clock_, id, event, now);
        return {};
    });
}

Result<int> Webhooks::replay_range(const Actor& actor, std::string_view id, Seconds from, Seconds to, bool failed) const {
    if (from >= to) return invalid("range", "from lies before to", "from");
    const auto now = clock_.now();
    return db_.write([&](Tx& tx) -> Result<int> {
        const auto webhook = find_own(tx, actor, id);
        if (!webhook) return unknown_webhook();
        if (webhook->state != "on") return conflict("webhook_off", "switch the webhook on first");
        std::vector<events::Event> wanted;
        tx.each(select_range, [&](const Row& row) {
            wanted.push_back({{row.integer(0), row.integer(1)}, row.integer(2), std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(5)), std::string(row.text(6))});
        }, id, from, to, failed, most_replayed);
        for (const auto& event : wanted) {
            tx.exec(ask_again, id, event.place.tx, event.place.id, event.kind, event.subject, event.ref, body_of(event), now);
            enqueue(tx, clock_, id, event.place, now);
        }
        return static_cast<int>(wanted.size());
    });
}

void Webhooks::start() {
    stop();
    stop_ = false;
    spreader_ = std::thread([this] {
        std::unique_lock lock(mutex_);
        while (!stop_) {
            lock.unlock();
            bool more = false;
            try {
                more = spread();
            } catch (const std::exception& broken) {
                log::warning("events are not spread to webhooks for a moment", {{"why", broken.what()}});
            }
            lock.lock();
            if (!more) stopping_.wait_for(lock, pause, [&] { return stop_; });
        }
    });
}

void Webhooks::stop() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    stopping_.notify_all();
    if (spreader_.joinable()) spreader_.join();
}

}  // namespace verbatim::webhooks
