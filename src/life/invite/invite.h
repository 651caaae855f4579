// From an order, a delivery or a visit to an invitation (norms COL-5, COL-6, COL-7, INC-6): everyone is asked, after a delay
// by kind, unless law or the person's own wish says no, and then with the reason kept.
#pragma once

#include <string>

#include "engine/jobs/jobs.h"
#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "record/experiences/experiences.h"

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
    Invite(storage::Db& db, const Clock& clock, Options options);

    // Called in the transaction that keeps a new experience: schedules its invitation or suppresses it with the reason.
    void consider(storage::Tx& tx, const experiences::Experience& experience) const;
    // Registers kind "invite": when due, checks consent, age, opt-out and cap again, issues the link, queues the mail.
    void handle(jobs::Runner& runner);

private:
    Result<void> send(const jobs::Job& job);
    storage::Db& db_;
    const Clock& clock_;
    Options options_;
};

}  // namespace verbatim::invite
