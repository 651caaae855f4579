// For tests of the plan that runs: the tables it reads, people with an agreement to marketing, what they lived, the letters that were queued.
// A Monday, 2027-01-04, at noon.
#pragma once

#include "engine/intake/test_database.h"
#include "ground/base/calendar.h"
#include "life/plan/feed.h"
#include "life/plan/run.h"
#include "record/contact/consents.h"
#include "record/events/events.h"
#include "record/experiences/experiences.h"
#include "record/figures/figures.h"
#include "record/ledger/ledger.h"
#include "record/links/links.h"
#include "record/network/network.h"
#include "record/reviews/reviews.h"
#include "record/vault/vault.h"

namespace verbatim::plan {

class RunningPlan : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        migrate({jobs::migrations(), network::migrations(), links::migrations(), vault::migrations(), contact::migrations(), ledger::migrations(), experiences::migrations(), events::migrations(),
                 reviews::migrations(), figures::migrations(), run_migrations(), split_migrations(), feed_migrations()});
        vault::open(*db, clock.now(), (folder / "vault.key").string());
    }
    // The customer's id.
    std::string keep_person(storage::Tx& tx, const contact::Customer& one, std::string_view marketing = "yes") {
        const auto id = contact::keep_customer(tx, clock.now(), one);
        const contact::Consent said{id, "marketing", std::string(marketing), "dealer", "import", {}, clock.now()};
        contact::note_consents(tx, {&said, 1});
        return id;
    }
    void keep_experience(storage::Tx& tx, const std::string& id, const std::string& customer, std::string_view kind, const std::string& day, const std::string& product = {}, const std::string& vin = {}) {
        experiences::Experience e;
        e.id = id, e.kind = kind, e.occurred_on = day, e.site = "LAKE", e.customer = customer, e.product = product, e.vin = vin, e.country = "FR", e.imported_at = clock.now();
        experiences::keep(tx, e);
    }
    std::int64_t letters() {
        return db->read([](storage::Tx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM message"); });
    }

    ManualClock clock{*parse_moment("2027-01-04T12:00:00Z")};
    std::optional<plan::Run> run;
};

}  // namespace verbatim::plan
