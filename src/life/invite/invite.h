// From an order, a delivery or a visit to an invitation (norms COL-5, COL-6, COL-7, INC-6): everyone is asked, after a delay
// by kind, unless law or the person's own wish says no, and then with the reason kept. Nobody is written to before the public
// log holds, under a signed checkpoint, the batch that names how many might be (record/experiences/batches.h).
#pragma once

#include <string>

#include "engine/jobs/jobs.h"
#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "record/experiences/batches.h"
#include "record/ledger/ledger.h"

namespace verbatim::invite {

struct Options {
    int order_days = 14, delivery_days = 7, used_car_days = 7, workshop_days = 2;  // from occurred_on to the invitation
    int max_age_days = 90;       // older is not invited any more
    int expires_days = 60;       // how long the personal link works
    int quiet_days = 0;          // no second invitation of one person by one site within so many days; 0: no cap
    std::string base_url;        // for the links in mails
    std::string brand;
};

class Invite {
public:
    Invite(storage::Db& db, const Clock& clock, ledger::Ledger& log, Options options);

    // Called in the transaction that keeps a new experience: schedules its invitation or suppresses it with the reason.
    void consider(storage::Tx& tx, const experiences::Experience& experience) const;
    // Called once in a transaction that kept experiences: their batches are committed to soon after.
    void commit_soon(storage::Tx& tx) const;
    // Commits to every open batch, has the log signed, and lets the invitations that are due go. The job "invite_batches" does
    // this; an import does it at its end. What the log could not be signed for waits.
    // `job`: the one that asks; it is held for as long as this moves on.
    void commit_batches(const jobs::Job* job = nullptr);
    // Experiences of a platform from before batches join one. Before the server answers: reviews may come only after it.
    void adopt();

    // Listens to `collected`: was it the last open member of its batch?
    void on_collected(storage::Tx& tx, std::string_view review) const;
    // The mail server refused the invitation for good, or its person opted out while it waited.
    void on_undelivered(storage::Tx& tx, std::string_view experience, std::string_view reason) const;

    // Registers kind "invite": when due, checks consent, age, opt-out and cap again, issues the link, queues the mail.
    void handle(jobs::Runner& runner);

private:
    std::vector<Result<void>> send_all(std::span<const jobs::Job> batch);
    void send(storage::Tx& tx, const jobs::Job& job) const;
    void release(experiences::BatchId batch, const jobs::Job* job);
    void close_finished();
    Seconds due(std::string_view kind, Date occurred) const;
    storage::Db& db_;
    const Clock& clock_;
    ledger::Ledger& log_;
    Options options_;
};

}  // namespace verbatim::invite
