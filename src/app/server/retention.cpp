#include "app/server/retention.h"

#include "ground/base/calendar.h"
#include "ground/base/log.h"
#include "life/analyse/findings.h"
#include "life/collect/pressure.h"
#include "life/moderate/retention.h"
#include "life/plan/history.h"
#include "life/recover/recover.h"
#include "record/contact/contact.h"
#include "record/contact/paper.h"
#include "record/events/events.h"
#include "record/experiences/retention.h"
#include "record/reviews/retention.h"
#include "record/webhooks/webhooks.h"

namespace verbatim::server {
namespace {

using storage::Sql;
using storage::Tx;

constexpr int batch = 500;

constexpr Sql old_identities("SELECT COUNT(*) FROM customer WHERE last_contact_at < $1");
constexpr Sql old_messages("SELECT COUNT(*) FROM message WHERE created_at < $1 AND state <> 'waiting'");
constexpr Sql old_consents("SELECT COUNT(*) FROM consent c WHERE c.at < $1 AND NOT EXISTS (SELECT 1 FROM customer k WHERE k.id = c.customer)");
constexpr Sql old_pressure("SELECT COUNT(*) FROM pressure_case WHERE asked_at < $1 AND review <> ''");


}  // namespace

// A review that leaves by age is erased, not removed: nobody judged it, so it has no reason of the public list. Its leaf says
// `erased`, the log stays whole, and no figure of the last twenty-four months changes (decision 18).
std::vector<Kept> kept(const network::Retention& retention, const Clock& clock) {
    const auto count = [](Sql sql) { return [sql](Tx& tx, Seconds before) { return tx.value<std::int64_t>(sql, before); }; };
    return {
        {"review", retention.review, [&clock](Tx& tx, Seconds before, int limit) { return reviews::purge_published(tx, clock.now(), before, limit); }, &reviews::published_before},
        {"refused", retention.refused, [&clock](Tx& tx, Seconds before, int limit) { return reviews::purge_ended(tx, clock.now(), before, limit); }, &reviews::ended_before},
        {"call", retention.call, &recover::purge_notes, &recover::notes_before},
        {"notice", retention.notice, &collect::purge_pressure, count(old_pressure)},
        {"moderation", retention.notice, &moderate::purge_notices, &moderate::notices_before},
        {"message", retention.message, &contact::purge_messages, count(old_messages)},
        {"finding", retention.message, &analyse::purge_letters, &analyse::letters_before},
        {"unanswered", retention.unanswered, &experiences::purge_old, &experiences::older_than},
        {"identity", retention.identity, &contact::purge_identities, count(old_identities)},
        {"touchpoint", retention.identity, [&clock](Tx& tx, Seconds before, int limit) { return plan::purge_gone(tx, clock.now(), before, limit); }, &plan::gone_before},
        {"consent", retention.consent, &contact::purge_consents, count(old_consents)},
        {"delivery", retention.delivery, &webhooks::Webhooks::purge_old, &webhooks::Webhooks::older_than},
        {"event", retention.event, &events::purge_old, &events::older_than},
    };
}

void purge(storage::Db& db, const Clock& clock, const std::vector<Kept>& categories) {
    std::int64_t all = 0;
    for (const auto& one : categories) {
        const auto before = months_before(clock.now(), one.months);
        std::int64_t gone = 0;
        for (std::int64_t some = batch; some >= batch; gone += some) some = db.write([&](Tx& tx) { return one.purge(tx, before, batch); });
        db.write([&](Tx& tx) { contact::note_purge(tx, clock.now(), one.category, one.months, gone); });
        if (gone != 0) log::info("purged by age", {{"category", one.category}, {"months", one.months}, {"rows", gone}});
        all += gone;
    }
    // Letters on paper are kept as they were printed for days, not months: to be printed once more.
    for (std::int64_t some = batch; some >= batch; all += some) some = db.write([&](Tx& tx) { return contact::thaw_prints(tx, clock.now() - contact::frozen_days * one_day, batch); });
    if (all != 0) db.checkpoint();
}

std::vector<Overdue> overdue(Tx& tx, Seconds now, const std::vector<Kept>& categories) {
    std::vector<Overdue> found;
    for (const auto& one : categories) found.push_back({one.category, one.months, one.overdue(tx, months_before(now, one.months))});
    return found;
}

}  // namespace verbatim::server
