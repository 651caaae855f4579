#include "app/server/life.h"

#include "app/server/readings.h"
#include "ground/base/log.h"

namespace verbatim::server {
namespace {

using storage::Tx;
using Listener = void (*)(const Stages&, Tx&, std::string_view id);

struct Line {
    std::string_view happened;
    Listener listens;
};

// Read down: after `collected` the site is alerted before anything else, whatever moderation will say.
constexpr Line table[] = {
    {"collected", [](const Stages& s, Tx& tx, std::string_view id) { s.recover.on_collected(tx, id); }},
    {"collected", [](const Stages& s, Tx& tx, std::string_view id) { s.collect.on_collected(tx, id); }},
    {"collected", [](const Stages& s, Tx& tx, std::string_view id) { s.moderate.on_collected(tx, id); }},
    {"collected", [](const Stages& s, Tx& tx, std::string_view id) { s.invite.on_collected(tx, id); }},
    // An author nobody had proven answers under the address: only now are the words heard.
    {"confirmed", [](const Stages& s, Tx& tx, std::string_view id) { s.recover.on_collected(tx, id); }},
    {"confirmed", [](const Stages& s, Tx& tx, std::string_view id) { s.collect.on_collected(tx, id); }},
    {"confirmed", [](const Stages& s, Tx& tx, std::string_view id) { s.moderate.on_collected(tx, id); }},
    {"corrected", [](const Stages& s, Tx& tx, std::string_view id) { s.moderate.on_collected(tx, id); }},
    {"published", [](const Stages& s, Tx& tx, std::string_view id) { s.moderate.on_published(tx, id); }},
    {"published", [](const Stages& s, Tx& tx, std::string_view id) { s.collect.on_published(tx, id); }},
    {"published", [](const Stages& s, Tx& tx, std::string_view id) { s.reply.on_published(tx, id); }},
    {"published", [](const Stages& s, Tx& tx, std::string_view id) { readings::keep(tx, s.readers.of(tx)->reader, id); }},
    {"rephrase", [](const Stages& s, Tx& tx, std::string_view id) { s.collect.on_rephrase(tx, id); }},
    {"lapsed", [](const Stages& s, Tx& tx, std::string_view id) { s.moderate.on_lapsed(tx, id); }},
    {"withdrawn", [](const Stages& s, Tx& tx, std::string_view id) { s.moderate.on_ended(tx, id); }},
    {"removed", [](const Stages& s, Tx& tx, std::string_view id) { s.moderate.on_ended(tx, id); }},
    {"erased", [](const Stages& s, Tx& tx, std::string_view id) { s.moderate.on_ended(tx, id); }},
    {"erased", [](const Stages& s, Tx& tx, std::string_view id) { s.recover.on_erased(tx, id); }},
    {"erased", [](const Stages& s, Tx& tx, std::string_view id) { s.reply.on_ended(tx, id); }},
    {"erased", [](const Stages& s, Tx& tx, std::string_view id) { s.findings.on_erased(tx, id); }},
    {"withdrawn", [](const Stages& s, Tx& tx, std::string_view id) { s.reply.on_ended(tx, id); }},
    {"withdrawn", [](const Stages&, Tx& tx, std::string_view id) { readings::forget(tx, id); }},
    {"removed", [](const Stages&, Tx& tx, std::string_view id) { readings::forget(tx, id); }},
    {"erased", [](const Stages&, Tx& tx, std::string_view id) { readings::forget(tx, id); }},
    {"reply_collected", [](const Stages& s, Tx& tx, std::string_view id) { s.moderate.on_reply(tx, id); }},
    {"reply_published", [](const Stages& s, Tx& tx, std::string_view id) { s.collect.on_reply(tx, id); }},
    {"mail_refused", [](const Stages& s, Tx& tx, std::string_view id) { s.invite.on_undelivered(tx, id, "bounce"); }},
    {"mail_unwanted", [](const Stages& s, Tx& tx, std::string_view id) { s.invite.on_undelivered(tx, id, "opt_out"); }},
};

void tell(const Stages& stages, Tx& tx, const jobs::Job& job) {
    const auto space = job.payload.find(' ');
    const auto happened = std::string_view(job.payload).substr(0, space);
    const auto id = space == std::string::npos ? std::string_view() : std::string_view(job.payload).substr(space + 1);
    for (const auto& line : table) {
        if (line.happened == happened) line.listens(stages, tx, id);
    }
    jobs::finish(tx, job);
}

}  // namespace

void listen(jobs::Runner& runner, storage::Db& db, Stages stages) {
    runner.handle_batch("life", [&db, stages](std::span<const jobs::Job> batch) {
        std::vector<Result<void>> results(batch.size());
        try {
            db.write([&](Tx& tx) {
                for (const auto& job : batch) tell(stages, tx, job);
            });
            return results;
        } catch (const std::exception& broken) {
            log::warning("a batch of events failed; each is tried alone", {{"events", batch.size()}, {"why", broken.what()}});
        }
        for (std::size_t i = 0; i < batch.size(); ++i) {
            try {
                db.write([&](Tx& tx) { tell(stages, tx, batch[i]); });
            } catch (const std::exception& broken) {
                results[i] = Error{ErrorKind::unavailable, "event_failed", broken.what(), {}};
            }
        }
        return results;
    });
}

}  // namespace verbatim::server
