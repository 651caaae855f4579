// A small network, customers who write, and a clock that is moved: what the tests of this module share.
#pragma once

#include "life/recover/cases.h"
#include "life/recover/recover.h"
#include "life/recover/win_back.h"

#include <nlohmann/json.hpp>

#include "engine/intake/test_database.h"
#include "record/contact/consents.h"
#include "record/contact/contact.h"
#include "record/events/events.h"
#include "record/experiences/experiences.h"
#include "record/figures/figures.h"
#include "record/network/import.h"

namespace verbatim::recover {

using storage::Tx;

inline constexpr Seconds hour = 3600;

class Recovery : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        migrate({jobs::migrations(), network::migrations(), links::migrations(), contact::migrations(), ledger::migrations(),
                 experiences::migrations(), events::migrations(), reviews::migrations(), figures::migrations(), recover::migrations()});
        const auto sites = write_file("sites.csv",
                                      "code,name,group,country,locale,timezone,email,services\n"
                                      "LAKE,Garage du Lac,Belvaux,FR,fr-FR,Europe/Paris,lake@example.org,workshop\n"
                                      "HILL,Garage de la Colline,,FR,fr-FR,Europe/Paris,hill@example.org,workshop\n"
                                      "MOOR,Garage du Moor,,BE,fr-BE,Europe/Brussels,moor@example.org,workshop\n");
        const auto people = write_file("people.csv",
                                       "email,name,role,scope,locale\n"
                                       "anne@example.org,Anne Roy,site,LAKE,fr-FR\n"
                                       "bruno@example.org,Bruno Gay,group,Belvaux,fr-FR\n"
                                       "cora@example.org,Cora Rey,country,FR,fr-FR\n"
                                       "dora@example.org,Dora Hue,hq,*,fr-FR\n"
                                       "ella@example.org,Ella Pic,site,HILL,fr-FR\n");
        intake::Options quiet;
        quiet.progress = false;
        ASSERT_TRUE(network::import_sites(*db, clock, sites, quiet).ok());
        ASSERT_TRUE(network::import_people(*db, people, quiet).ok());
        recover.emplace(*db, clock, Options{"https://reviews.example", "Aurelle"});
        runner.emplace(*db, clock);
        recover->handle(*runner);
        cases.emplace(*db, clock, Options{"https://reviews.example", "Aurelle"});
    }

    struct Words {
        int rating = 5;
        std::map<std::string, int> criteria = {};
        std::optional<int> recommend = {};
        bool contact_me = false;
        std::string subject = "site:LAKE";
    };
    // The review's id, once the event was told as often as said.
    std::string submit(const Words& words, int told = 1) {
        return db->write([&](Tx& tx) {
            contact::Customer customer{{}, "K" + std::to_string(++customers), {}, "Claire", "Durand", "claire@example.org", "+33 6 00", "fr-FR", "FR"};
            reviews::Submission submission;
            submission.content.subject = words.subject;
            submission.content.service = "workshop";
            submission.content.rating = words.rating;
            submission.content.criteria = words.criteria;
            submission.content.recommend = words.recommend;
            submission.content.body = "Deux heures.";
            submission.content.lang = "fr";
            submission.content.experience_on = "2026-11-01";
            submission.origin = "invited";
            submission.contact_me = words.contact_me;
            submission.customer = contact::keep_customer(tx, clock.now(), customer);
            const auto collected = reviews::collect(tx, Actor::customer(submission.customer), clock.now(), submission);
            for (int i = 0; i < told; ++i) recover->on_collected(tx, collected->id);
            return collected->id;
        });
    }
    // "reminder12h anne@example.org", in alphabetical order.
    std::vector<std::string> told() {
        return db->read([&](Tx& tx) {
            std::vector<std::string> all;
            for (const auto& letter : contact::waiting_letters(tx)) all.push_back(letter.mail_template + " " + letter.email);
            std::sort(all.begin(), all.end());
            return all;
        });
    }
    std::string link(const std::string& mail_template, const std::string& email) {
        return db->read([&](Tx& tx) {
            for (const auto& letter : contact::waiting_letters(tx)) {
                if (letter.mail_template != mail_template || letter.email != email) continue;
                return nlohmann::json::parse(letter.data)["LINK"].get<std::string>().substr(std::string("https://reviews.example/case/").size());
            }
            return std::string();
        });
    }
    Recover::Counts counts() {
        return db->read([&](Tx& tx) { return Recover::counts(tx, clock.now()); });
    }
    void later(Seconds seconds) {
        clock.advance(seconds);
        runner->run_due();
    }

    ManualClock clock{1'793'534'400};
    std::optional<Recover> recover;
    std::optional<Cases> cases;
    std::optional<jobs::Runner> runner;
    int customers = 0;
};

}  // namespace verbatim::recover
