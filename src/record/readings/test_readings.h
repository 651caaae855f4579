// For tests of readings: two points of sale, LAKE in France and HILL in Germany, and reviews of them that are published.
#pragma once

#include "engine/intake/test_database.h"
#include "engine/jobs/jobs.h"
#include "record/contact/contact.h"
#include "record/editions/editions.h"
#include "record/events/events.h"
#include "record/experiences/experiences.h"
#include "record/figures/figures.h"
#include "record/ledger/ledger.h"
#include "record/links/links.h"
#include "record/network/import.h"
#include "record/readings/readings.h"
#include "record/vault/vault.h"

namespace verbatim::readings {

class ReadingsDatabase : public intake::TestDatabase {
protected:
    explicit ReadingsDatabase(Seconds start) : clock(start) {}
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        migrate({jobs::migrations(), network::migrations(), links::migrations(), vault::migrations(), contact::migrations(), ledger::migrations(), experiences::migrations(),
                 events::migrations(), editions::migrations(), reviews::migrations(), figures::migrations(), readings::migrations()});
        intake::Options quiet;
        quiet.progress = false;
        ASSERT_TRUE(network::import_sites(*db, clock, write_file("sites.csv", "code,name,country,locale,timezone,email,services\nLAKE,Lake,FR,fr-FR,Europe/Paris,l@example.org,workshop\nHILL,Hill,DE,de-DE,Europe/Berlin,h@example.org,workshop\n"), quiet).ok());
    }
    std::string publish(const std::string& body, const std::string& site = "LAKE", int rating = 2) {
        return db->write([&](storage::Tx& tx) {
            reviews::Submission submission;
            submission.content.subject = "site:" + site;
            submission.content.service = "workshop";
            submission.content.rating = rating;
            submission.content.body = body;
            submission.content.experience_on = "2026-07-01";
            submission.origin = "invited";
            const auto id = reviews::collect(tx, Actor::customer("c"), clock.now(), submission)->id;
            EXPECT_TRUE(reviews::publish(tx, Actor::system("test"), clock.now(), id).ok());
            return id;
        });
    }
    ManualClock clock;
};

}  // namespace verbatim::readings
