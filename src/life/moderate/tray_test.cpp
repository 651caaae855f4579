// The moderator's desk: one list of all kinds, cut to the branch, by age alone; what somebody may not decide is said.
#include <nlohmann/json.hpp>

#include "engine/intake/test_database.h"
#include "life/moderate/moderate.h"
#include "record/contact/contact.h"
#include "record/editions/editions.h"
#include "record/events/events.h"
#include "record/figures/figures.h"
#include "record/experiences/experiences.h"
#include "record/network/import.h"
#include "record/vault/vault.h"

namespace verbatim::moderate {
namespace {

using storage::Tx;
using Lines = std::vector<std::string>;

class Tray : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        migrate({jobs::migrations(), network::migrations(), links::migrations(), vault::migrations(), contact::migrations(), ledger::migrations(),
                 experiences::migrations(), events::migrations(), editions::migrations(), reviews::migrations(), figures::migrations(), conduct::migrations(), moderate::migrations()});
        intake::Options quiet;
        quiet.progress = false;
        const auto sites = write_file("sites.csv",
                                      "code,name,group,country,locale,timezone,email,services\n"
                                      "LAKE,Garage du Lac,Belvaux,FR,fr-FR,Europe/Paris,lake@example.org,workshop\n"
                                      "MILL,Mill Cars,Milton,GB,en-GB,Europe/London,mill@example.org,workshop\n");
        const auto people = write_file("people.csv",
                                       "email,name,role,scope,locale,languages\n"
                                       "anne@example.org,Anne Roy,moderator,*,fr-FR,\n"
                                       "bert@example.org,Bert Bo,moderator,*,en-GB,en;fr\n"
                                       "greg@example.org,Greg Gee,moderator,GB,en-GB,en;fr\n");
        ASSERT_TRUE(network::import_sites(*db, clock, sites, quiet).ok());
        ASSERT_TRUE(network::import_people(*db, people, quiet).ok());
        open(false);
    }
    void open(bool second_opinion) {
        Options options;
        options.base_url = "https://reviews.example";
        options.brand = "Aurelle";
        options.second_opinion = second_opinion;
        stage.emplace(*db, clock, text::Detectors::shipped(), options);
    }
    std::string submit(const std::string& site, int rating, const std::string& body, const std::string& lang) {
        clock.advance(60);
        return db->write([&](Tx& tx) {
            contact::Customer customer;
            customer.external = "K" + std::to_string(++customers);
            customer.email = "claire" + std::to_string(customers) + "@post.example";
            reviews::Submission submission;
            submission.content.subject = "site:" + site;
            submission.content.service = "workshop";
            submission.content.rating = rating;
            submission.content.body = body;
            submission.content.lang = lang;
            submission.content.experience_on = "2026-09-01";
            submission.origin = "invited";
            submission.decide_by = clock.now() + 7 * one_day;
            submission.customer = contact::keep_customer(tx, clock.now(), customer);
            const auto id = reviews::collect(tx, Actor::customer(submission.customer), clock.now(), submission)->id;
            stage->on_collected(tx, id);
            return id;
        });
    }
    static Caller by(const std::string& email, const std::string& scope = "*") { return {{ActorKind::staff, email, "moderator", scope}, {}}; }
    Lines refs(const Caller& caller, const Moderate::Wanted& wanted = {}, int limit = 50) const {
        Lines all;
        for (const auto& one : stage->tray(caller, wanted, limit, {}).items) all.push_back(one.ref);
        return all;
    }

    ManualClock clock{1'790'000'000};
    std::optional<Moderate> stage;
    int customers = 0;
};

constexpr const char* rude_fr = "Le chef est un connard.";
constexpr const char* rude_en = "The manager is a complete arsehole.";

TEST_P(Tray, holds_what_lies_on_the_branch_oldest_first_whatever_the_stars) {
    const auto a = submit("LAKE", 5, rude_fr, "fr");
    const auto b = submit("MILL", 1, rude_en, "en");
    const auto c = submit("LAKE", 1, rude_fr, "fr");
    submit("LAKE", 4, "Très bon accueil.", "fr");  // nothing to decide
    EXPECT_EQ(refs(by("bert@example.org")), (Lines{"review:" + a, "review:" + b, "review:" + c}));
    EXPECT_EQ(refs(by("greg@example.org", "GB")), (Lines{"review:" + b}));
    EXPECT_EQ(refs(by("bert@example.org"), {"notice", "", false}), Lines{});
    EXPECT_EQ(refs(by("bert@example.org"), {"", "en", false}), (Lines{"review:" + b}));
    // Anne reads French alone.
    EXPECT_EQ(refs(by("anne@example.org"), {"", "", true}), (Lines{"review:" + a, "review:" + c}));
    EXPECT_TRUE(stage->tray(by("anne@example.org"), {}, 50, {}).items[1].must_declare);
    EXPECT_EQ(stage->view(by("greg@example.org", "GB"), "review:" + a).error().kind, ErrorKind::not_found);
    Verdict publish;
    publish.decision = "publish";
    EXPECT_EQ(stage->decide(by("greg@example.org", "GB"), a, publish).error().kind, ErrorKind::not_found);
    EXPECT_TRUE(stage->decide(by("greg@example.org", "GB"), b, publish).ok());
    EXPECT_EQ(refs(by("bert@example.org")), (Lines{"review:" + a, "review:" + c}));
    const auto tally = stage->tally(by("greg@example.org", "GB"), clock.now() - one_hour);
    EXPECT_EQ(tally.today, 1);
    EXPECT_TRUE(tally.waiting.empty());
    EXPECT_EQ(stage->tally(by("bert@example.org"), 0).waiting, (std::vector<std::pair<std::string, std::int64_t>>{{"review", 2}}));
}

TEST_P(Tray, is_paged_by_key_with_and_without_a_filter) {
    Lines all, french;
    for (int i = 0; i < 7; ++i) {
        const bool english = i % 3 == 1;
        all.push_back("review:" + (english ? submit("MILL", 3, rude_en, "en") : submit("LAKE", 3, rude_fr, "fr")));
        if (!english) french.push_back(all.back());
    }
    EXPECT_EQ(stage->tray(by("bert@example.org"), {}, 7, {}).next, "");  // no page that would be empty
    for (const auto& [wanted, expected] : {std::pair<Moderate::Wanted, Lines>{{}, all}, {{"", "fr", false}, french}}) {
        for (const int size : {1, 2, 3, 7, 20}) {
            Lines seen;
            std::string after;
            for (int pages = 0; pages < 20; ++pages) {
                const auto page = stage->tray(by("bert@example.org"), wanted, size, after);
                EXPECT_LE(page.items.size(), static_cast<std::size_t>(size));
                for (const auto& one : page.items) seen.push_back(one.ref);
                after = page.next;
                if (after.empty()) break;
            }
            EXPECT_EQ(seen, expected) << size;
            EXPECT_EQ(after, "") << size;
        }
    }
}

TEST_P(Tray, says_who_may_not_decide_and_shows_a_first_opinion) {
    open(true);
    const auto id = submit("LAKE", 1, rude_fr, "fr");
    Verdict refuse;
    refuse.decision = "refuse";
    refuse.reason = "insult";
    refuse.explanation = "Une insulte.";
    ASSERT_TRUE(stage->decide(by("anne@example.org"), id, refuse).ok());
    EXPECT_EQ(stage->view(by("anne@example.org"), "review:" + id)->barred, "second_opinion");
    const auto other = stage->view(by("bert@example.org"), "review:" + id);
    ASSERT_TRUE(other.ok());
    EXPECT_EQ(other->barred, "");
    ASSERT_TRUE(other->first);
    EXPECT_EQ(other->first->reason, "insult");
    EXPECT_EQ(refs(by("bert@example.org"), {"second", "", true}), (Lines{"review:" + id}));
    EXPECT_EQ(refs(by("anne@example.org"), {"second", "", true}), Lines{});
    EXPECT_EQ(stage->tally(by("bert@example.org"), 0).second, 1);
}

TEST_P(Tray, holds_notices_and_complaints_beside_the_words) {
    const auto words = submit("LAKE", 2, "Une heure de retard, personne ne prévient.", "fr");
    ASSERT_EQ(db->read([&](Tx& tx) { return reviews::find(tx, words)->state; }), reviews::State::published);
    Moderate::Report report;
    report.review = words;
    report.reason = "not_lived";
    report.explanation = "Ce client n'est jamais venu.";
    report.email = "who@example.org";
    report.good_faith = true;
    const auto notice = stage->report(Actor::visitor(), report);
    ASSERT_TRUE(notice.ok());
    const auto items = stage->tray(by("anne@example.org"), {}, 50, {}).items;
    ASSERT_EQ(items.size(), 1u);
    EXPECT_EQ(items[0].kind, "notice");
    EXPECT_EQ(items[0].opening, "Une heure de retard, personne ne prévient.");
    EXPECT_EQ(items[0].subject_name, "Garage du Lac");
    const auto view = stage->view(by("anne@example.org"), "notice:" + notice->id);
    ASSERT_TRUE(view.ok());
    EXPECT_EQ(view->notice->reason, "not_lived");
    EXPECT_EQ(view->decided, "");
    EXPECT_EQ(stage->view(by("greg@example.org", "GB"), "notice:" + notice->id).error().kind, ErrorKind::not_found);
}

INSTANTIATE_TEST_SUITE_P(Engines, Tray, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::moderate
