// One delivery at a time: signed, sent, what came of it written down, and when it is tried again.
#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "ground/base/calendar.h"
#include "ground/formats/utf8.h"
#include "record/contact/contact.h"
#include "record/vault/vault.h"
#include "record/webhooks/rows.h"
#include "record/webhooks/signature.h"

namespace verbatim::webhooks {
namespace {

using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

// After the first attempt: about three days in all.
constexpr Seconds waits[] = {5, 60, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600};
constexpr Seconds patience = 3 * one_day;
// A receiver that is down is asked seldom, however many deliveries wait for it.
constexpr int failures_before_pause = 5;
constexpr Seconds first_pause = 15, longest_pause = 15 * 60;
constexpr std::size_t kept_of_answer = 1024;

constexpr Sql select_work(R"sql(
SELECT w.url, w.secret, w.old_secret, w.old_secret_until, w.state, w.paused_until, d.body, d.attempts, d.state,
  (SELECT COALESCE(MAX(a.number), 0) FROM webhook_attempt a WHERE a.webhook = d.webhook AND a.event_tx = d.event_tx AND a.event_id = d.event_id),
  CASE WHEN d.kind LIKE 'journey.%' AND NOT EXISTS (SELECT 1 FROM event e WHERE e.tx = d.event_tx AND e.id = d.event_id) THEN 1 ELSE 0 END
FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook WHERE d.webhook = $1 AND d.event_tx = $2 AND d.event_id = $3)sql");
constexpr Sql insert_attempt(R"sql(
INSERT INTO webhook_attempt (webhook, event_tx, event_id, number, at, status, milliseconds, answer, fault) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT DO NOTHING)sql");
constexpr Sql note_delivery(R"sql(
UPDATE webhook_delivery SET state = $4, attempts = attempts + 1, last_at = $5, status = $6, milliseconds = $7, next_at = $8
WHERE webhook = $1 AND event_tx = $2 AND event_id = $3)sql");
constexpr Sql wait_longer("UPDATE webhook_delivery SET next_at = $4 WHERE webhook = $1 AND event_tx = $2 AND event_id = $3");
constexpr Sql give_up("UPDATE webhook_delivery SET state = 'failed', next_at = 0 WHERE webhook = $1 AND event_tx = $2 AND event_id = $3");
constexpr Sql drop_delivery("DELETE FROM webhook_delivery WHERE webhook = $1 AND event_tx = $2 AND event_id = $3");
constexpr Sql note_success("UPDATE webhook SET failing_since = 0, failures = 0, paused_until = 0 WHERE id = $1 AND failures > 0");
constexpr Sql note_failure(R"sql(
UPDATE webhook SET failing_since = CASE WHEN failing_since = 0 THEN $2 ELSE failing_since END, failures = failures + 1 WHERE id = $1
RETURNING failing_since, failures, owner, url)sql");
constexpr Sql pause_webhook("UPDATE webhook SET paused_until = $2 WHERE id = $1");
constexpr Sql disable_webhook("UPDATE webhook SET state = 'disabled', why = $2, changed_at = $3, version = version + 1 WHERE id = $1 AND state = 'on'");

constexpr Sql select_deliveries(R"sql(
SELECT event_tx, event_id, kind, subject, ref, state, attempts, created_at, next_at, last_at, status, milliseconds FROM webhook_delivery
WHERE webhook = $1 AND (event_tx, event_id) < ($2, $3) ORDER BY event_tx DESC, event_id DESC LIMIT $4)sql");
constexpr Sql select_deliveries_in_state(R"sql(
SELECT event_tx, event_id, kind, subject, ref, state, attempts, created_at, next_at, last_at, status, milliseconds FROM webhook_delivery
WHERE webhook = $1 AND state = $5 AND (event_tx, event_id) < ($2, $3) ORDER BY event_tx DESC, event_id DESC LIMIT $4)sql");
constexpr Sql select_delivery(R"sql(
SELECT event_tx, event_id, kind, subject, ref, state, attempts, created_at, next_at, last_at, status, milliseconds, body FROM webhook_delivery
WHERE webhook = $1 AND event_tx = $2 AND event_id = $3)sql");
constexpr Sql select_attempts(R"sql(
SELECT number, at, status, milliseconds, answer, fault FROM webhook_attempt WHERE webhook = $1 AND event_tx = $2 AND event_id = $3 ORDER BY number DESC LIMIT 50)sql");
constexpr Sql purge_attempts(R"sql(
DELETE FROM webhook_attempt WHERE (webhook, event_tx, event_id) IN
  (SELECT webhook, event_tx, event_id FROM webhook_delivery WHERE created_at < $1 ORDER BY created_at, webhook, event_tx, event_id LIMIT $2))sql");
constexpr Sql purge_deliveries(R"sql(
DELETE FROM webhook_delivery WHERE (webhook, event_tx, event_id) IN
  (SELECT webhook, event_tx, event_id FROM webhook_delivery WHERE created_at < $1 ORDER BY created_at, webhook, event_tx, event_id LIMIT $2))sql");
constexpr Sql count_old("SELECT COUNT(*) FROM webhook_delivery WHERE created_at < $1");

struct Work {
    std::string url, body, webhook_state, state;
    std::vector<std::string> secrets;
    Seconds paused_until = 0;
    int attempts = 0, number = 0;
    bool forgotten = false;  // it was about a person who is forgotten meanwhile (events/forget.h)
};

Delivery read_delivery(const Row& row) {
    Delivery one;
    one.event = {row.integer(0), row.integer(1)};
    one.kind = row.text(2);
    one.subject = row.text(3);
    one.ref = row.text(4);
    one.state = row.text(5);
    one.attempts = static_cast<int>(row.integer(6));
    one.created_at = row.integer(7);
    one.next_at = row.integer(8);
    one.last_at = row.integer(9);
    one.status = static_cast<int>(row.integer(10));
    one.milliseconds = static_cast<int>(row.integer(11));
    return one;
}

std::optional<Work> read_work(Tx& tx, Seconds now, std::string_view webhook, events::Place event) {
    std::optional<Work> found;
    tx.each(select_work, [&](const Row& row) {
        found.emplace();
        const auto place = sealed_place(webhook);
        found->url = row.text(0);
        found->secrets.push_back(vault::unseal(row.bytes(1), place));
        if (!row.is_null(2) && row.integer(3) > now) found->secrets.push_back(vault::unseal(row.bytes(2), place));
        found->webhook_state = row.text(4);
        found->paused_until = row.integer(5);
        found->body = row.text(6);
        found->attempts = static_cast<int>(row.integer(7));
        found->state = row.text(8);
        found->number = static_cast<int>(row.integer(9)) + 1;
        found->forgotten = row.integer(10) != 0;
    }, webhook, event.tx, event.id);
    return found;
}

// What a stranger's server said, as text that may stand in our table and on our page.
std::string kept(std::string text) {
    text.resize(std::min(text.size(), kept_of_answer));
    while (!text.empty() && !valid_utf8(text) && text.size() > kept_of_answer - 4) text.pop_back();  // a character cut in two
    if (!valid_utf8(text)) {
        for (char& c : text)
            if (static_cast<unsigned char>(c) >= 0x80) c = '?';
    }
    std::replace_if(text.begin(), text.end(), [](char c) { return c == '\0'; }, '?');
    return text;
}

// Everybody a little apart: a tenth of the time at most, the same for the same delivery.
Seconds spread_out(Seconds wait, std::string_view payload, int attempt) {
    const auto chance = std::hash<std::string_view>()(payload) + static_cast<std::size_t>(attempt) * 2654435761u;
    return wait + static_cast<Seconds>(chance % static_cast<std::size_t>(wait / 10 + 1));
}

Attempt send(const Work& work, const Options& options, std::string_view id, Seconds now) {
    Attempt attempt;
    attempt.number = work.number;
    attempt.at = now;
    const auto begun = std::chrono::steady_clock::now();
    http::ClientOptions client_options;
    client_options.ca_file = options.ca_file;
    client_options.silence_seconds = options.timeout_seconds;
    client_options.all_seconds = options.timeout_seconds;
    client_options.body_bytes = kept_of_answer;
    client_options.cut_body = true;
    if (!options.private_addresses) client_options.may_connect = http::is_public_address;
    // The address is split where its path begins; a host alone is asked at "/".
    const auto scheme_end = work.url.find("://") + 3;
    const auto path_at = std::min(work.url.find_first_of("/?", scheme_end), work.url.size());
    auto target = work.url.substr(path_at);
    if (!target.starts_with('/')) target = "/" + target;
    auto fields = signed_fields(id, now, work.body, work.secrets);
    fields.push_back({"User-Agent", options.agent});
    fields.push_back({"Connection", "close"});
    http::Client client(work.url.substr(0, path_at), client_options);
    const auto fetched = client.post(target, "application/json", work.body, fields);
    attempt.milliseconds = static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun).count());
    if (fetched) {
        attempt.status = fetched->status;
        attempt.answer = kept(fetched->body);
    } else {
        attempt.fault = kept(fetched.error().message);
    }
    return attempt;
}

}  // namespace

void Webhooks::handle(jobs::Runner& runner) {
    runner.handle(std::string(job_kind), [this](const jobs::Job& job) { return deliver(job); });
}

Result<void> Webhooks::deliver(const jobs::Job& job) const {
    const auto now = clock_.now();
    const auto blank = job.payload.find(' ');
    const auto webhook = job.payload.substr(0, blank);
    const auto event = blank == std::string::npos ? std::nullopt : events::place_from(std::string_view(job.payload).substr(blank + 1));
    if (!event) return invalid("webhook_job", "a job of another form");
    const auto work = db_.read([&](Tx& tx) { return read_work(tx, now, webhook, *event); });
    if (!work || work->state != "waiting") return {};
    if (work->forgotten) {
        db_.write([&](Tx& tx) {
            tx.exec(drop_delivery, webhook, event->tx, event->id);
            jobs::finish(tx, job);
        });
        return {};
    }
    if (work->webhook_state != "on") {  // may be asked for again when it is on
        db_.write([&](Tx& tx) {
            tx.exec(give_up, webhook, event->tx, event->id);
            jobs::finish(tx, job);
        });
        return {};
    }
    if (work->paused_until > now) {
        const auto at = spread_out(work->paused_until - now, job.payload, work->attempts) + now;
        db_.write([&](Tx& tx) {
            jobs::finish(tx, job);
            tx.exec(wait_longer, webhook, event->tx, event->id, at);
            enqueue(tx, clock_, webhook, *event, at);
        });
        return {};
    }
    // Outside any transaction: the answer may take its time. Killed behind this line, the receiver gets it twice, with one id.
    const auto attempt = send(*work, options_, "evt_" + events::to_text(*event), now);
    const bool delivered = attempt.status >= 200 && attempt.status < 300;
    const auto ended = clock_.now();
    db_.write([&](Tx& tx) {
        jobs::finish(tx, job);
        tx.exec(insert_attempt, webhook, event->tx, event->id, attempt.number, attempt.at, attempt.status, attempt.milliseconds, attempt.answer, attempt.fault);
        if (delivered) {
            tx.exec(note_delivery, webhook, event->tx, event->id, "delivered", attempt.at, attempt.status, attempt.milliseconds, 0);
            tx.exec(note_success, webhook);
            return;
        }
        const bool again = attempt.status != 410 && work->attempts < static_cast<int>(std::size(waits));
        const auto next = again ? ended + spread_out(waits[work->attempts], job.payload, work->attempts) : 0;
        tx.exec(note_delivery, webhook, event->tx, event->id, again ? "waiting" : "failed", attempt.at, attempt.status, attempt.milliseconds, next);
        if (again) enqueue(tx, clock_, webhook, *event, next);
        const auto failed = tx.row<std::int64_t, std::int64_t, std::string, std::string>(note_failure, webhook, attempt.at);
        if (!failed) return;  // removed meanwhile
        const auto& [since, failures, owner, url] = *failed;
        const bool gone = attempt.status == 410;
        if (gone || (ended - since >= patience && failures > failures_before_pause)) {
            const std::string why = gone ? "gone" : "failing";
            if (tx.exec(disable_webhook, webhook, why, ended) == 0) return;
            events::raise(tx, ended, "webhook.disabled", "", webhook, {{"why", why}});
            contact::Message mail;
            mail.purpose = contact::Purpose::staff;
            mail.key = "webhook_disabled:" + webhook + ":" + std::to_string(ended);
            mail.email = owner;
            mail.about = webhook;
            mail.mail_template = "webhook_disabled";
            mail.data = nlohmann::json{{"URL", url}, {"GONE", gone}, {"SINCE", since}, {"STATUS", attempt.status}, {"FAULT", attempt.fault}}.dump();
            contact::queue(tx, ended, mail);
        } else if (failures >= failures_before_pause) {
            const auto doublings = std::min<std::int64_t>(failures - failures_before_pause, 10);
            tx.exec(pause_webhook, webhook, ended + std::min(longest_pause, first_pause << doublings));
        }
    });
    return {};
}

Result<std::vector<Delivery>> Webhooks::deliveries(const Actor& actor, std::string_view id, std::string_view state, std::optional<events::Place> before, int limit) const {
    if (!state.empty() && state != "waiting" && state != "delivered" && state != "failed") return invalid("state", "state is waiting, delivered or failed", "state");
    return db_.read([&](Tx& tx) -> Result<std::vector<Delivery>> {
        if (!find_own(tx, actor, id)) return unknown_webhook();
        std::vector<Delivery> all;
        const auto from = before.value_or(events::Place{INT64_MAX, INT64_MAX});
        const auto keep = [&](const Row& row) { all.push_back(read_delivery(row)); };
        if (state.empty()) tx.each(select_deliveries, keep, id, from.tx, from.id, limit);
        else tx.each(select_deliveries_in_state, keep, id, from.tx, from.id, limit, state);
        return all;
    });
}

std::optional<Delivery> Webhooks::find_delivery(const Actor& actor, std::string_view id, events::Place event) const {
    return db_.read([&](Tx& tx) -> std::optional<Delivery> {
        if (!find_own(tx, actor, id)) return std::nullopt;
        std::optional<Delivery> found;
        tx.each(select_delivery, [&](const Row& row) {
            found = read_delivery(row);
            found->body = row.text(12);
        }, id, event.tx, event.id);
        if (found) {
            tx.each(select_attempts, [&](const Row& row) {
                found->tried.push_back({static_cast<int>(row.integer(0)), row.integer(1), static_cast<int>(row.integer(2)), static_cast<int>(row.integer(3)), std::string(row.text(4)), std::string(row.text(5))});
            }, id, event.tx, event.id);
        }
        return found;
    });
}

std::int64_t Webhooks::purge_old(Tx& tx, Seconds before, int limit) {
    tx.exec(purge_attempts, before, limit);
    return tx.exec(purge_deliveries, before, limit);
}
std::int64_t Webhooks::older_than(Tx& tx, Seconds before) { return tx.value<std::int64_t>(count_old, before); }

}  // namespace verbatim::webhooks
