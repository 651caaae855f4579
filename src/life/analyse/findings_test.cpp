// From customers' words to a change, and back to those who said it: who sees a finding, who may be told, and who is left in peace.
#include "life/analyse/findings.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "engine/intake/test_database.h"
#include "record/contact/consents.h"
#include "record/contact/contact.h"
#include "record/events/events.h"
#include "record/experiences/experiences.h"
#include "record/links/links.h"
#include "record/figures/figures.h"
#include "record/network/import.h"
#include "record/reviews/store.h"

namespace verbatim::analyse {
namespace {

using storage::Tx;
using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

class FindingsTest : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        migrate({jobs::migrations(), network::migrations(), links::migrations(), contact::migrations(), ledger::migrations(),
                 experiences::migrations(), events::migrations(), reviews::migrations(), figures::migrations(), analyse::migrations()});
        const auto products = write_file("products.csv", "code,name,kind,parent\nVIRELAI,Virelai,model,\nVIRELAI-2,Virelai 2,version,VIRELAI\nLIED,Lied,model,\n");
        const auto sites = write_file("sites.csv",
                                      "code,name,group,country,locale,timezone,email,services\n"
                                      "LAKE,Garage du Lac,Belvaux,FR,fr-FR,Europe/Paris,lake@example.org,workshop\n"
                                      "MOOR,Garage du Moor,,BE,fr-BE,Europe/Brussels,moor@example.org,workshop\n");
        const auto people = write_file("people.csv",
                                       "email,name,role,scope,locale\n"
                                       "pia@example.org,Pia Roth,product,VIRELAI,fr-FR\n"
                                       "leo@example.org,Leo Lang,product,LIED,fr-FR\n"
                                       "hugo@example.org,Hugo Hay,hq,*,fr-FR\n"
                                       "cora@example.org,Cora Rey,country,FR,fr-FR\n"
                                       "bela@example.org,Bela Baum,country,BE,fr-BE\n"
                                       "anne@example.org,Anne Roy,site,LAKE,fr-FR\n"
                                       "otto@example.org,Otto Ost,auditor,*,de-DE\n"
                                       "mona@example.org,Mona Mey,moderator,*,fr-FR\n");
        intake::Options quiet;
        quiet.progress = false;
        ASSERT_TRUE(network::import_products(*db, clock, products, quiet).ok());
        ASSERT_TRUE(network::import_sites(*db, clock, sites, quiet).ok());
        ASSERT_TRUE(network::import_people(*db, people, quiet).ok());
        Options options{"https://reviews.example", "Aurelle", 30, [this](Tx&, const reviews::Review& review) { return review.id == stopped ? "case_open" : ""; }};
        findings.emplace(*db, clock, options);
        runner.emplace(*db, clock);
        findings->handle(*runner);
    }

    struct Author {
        std::string email = "claire@example.org", name = "Durand", marketing = "yes", locale = "fr-FR", country = "FR";
    };
    // A public review's id.
    std::string publish(const Author& author, const std::string& subject = "product:VIRELAI-2") {
        return db->write([&](Tx& tx) {
            const auto now = clock.now();
            contact::Customer customer{{}, "K" + std::to_string(++customers), {}, "Claire", author.name, author.email, {}, author.locale, author.country};
            reviews::Submission submission;
            submission.content.subject = subject;
            submission.content.service = "workshop";
            submission.content.rating = 2;
            submission.content.body = "Les portes vibrent.";
            submission.content.lang = "fr";
            submission.content.experience_on = "2026-11-01";
            submission.origin = "invited";
            submission.customer = contact::keep_customer(tx, now, customer);
            if (!author.marketing.empty()) {
                const contact::Consent said{submission.customer, "marketing", author.marketing, "dealer", "import", "LAKE", now};
                contact::note_consents(tx, {&said, 1});
            }
            const auto collected = reviews::collect(tx, Actor::customer(submission.customer), now, submission);
            EXPECT_TRUE(reviews::publish(tx, Actor::system("moderate"), now, collected->id).ok());
            return collected->id;
        });
    }
    Result<std::string> write(const Actor& actor, const std::vector<std::string>& reviews, const std::string& about = {}) { return findings->write(actor, {about, "Doors rattle", "They do.", reviews}); }
    std::int64_t number(const std::string& email) {
        return db->read([&](Tx& tx) { return network::people_by_email(tx, email).front().id; });
    }
    std::vector<std::string> letters(const std::string& mail_template) {
        std::vector<std::string> all;
        db->read([&](Tx& tx) {
            for (const auto& letter : contact::waiting_letters(tx)) {
                if (letter.mail_template != mail_template) continue;
                const auto customer = letter.customer.empty() ? std::nullopt : contact::find_customer(tx, letter.customer);
                all.push_back(customer ? customer->email : letter.email);
            }
        });
        return all;
    }
    std::vector<std::string> ids(const Actor& actor, std::string_view state = {}) {
        std::vector<std::string> all;
        const auto page = findings->list(actor, state, {}, 50);
        if (page) for (const auto& one : page->findings) all.push_back(one.id);
        return all;
    }

    ManualClock clock{1'800'000'000};
    const Actor pia{ActorKind::staff, "pia@example.org", "product", "VIRELAI"}, leo{ActorKind::staff, "leo@example.org", "product", "LIED"}, hugo{ActorKind::staff, "hugo@example.org", "hq", "*"},
        cora{ActorKind::staff, "cora@example.org", "country", "FR"}, bela{ActorKind::staff, "bela@example.org", "country", "BE"}, otto{ActorKind::staff, "otto@example.org", "auditor", "*"};
    std::optional<Findings> findings;
    std::optional<jobs::Runner> runner;
    std::string stopped;
    int customers = 0;
};

TEST_P(FindingsTest, IsSeenByItsBranchAndByWhomItWasSentTo) {
    const auto id = *write(hugo, {publish({}, "site:LAKE")}, "country:FR");
    EXPECT_THAT(ids(hugo), ElementsAre(id));
    EXPECT_THAT(ids(otto), ElementsAre(id));
    EXPECT_FALSE(findings->view(otto, id)->finding.manages);
    EXPECT_THAT(ids(cora), ElementsAre());
    EXPECT_EQ(findings->view(pia, id).error().kind, ErrorKind::not_found);

    const auto people = findings->people(hugo, id, 0, 50);
    std::vector<std::string> names;
    for (const auto& one : *people) names.push_back(one.name);
    EXPECT_THAT(names, UnorderedElementsAre("Hugo Hay", "Cora Rey", "Anne Roy", "Otto Ost")) << "those of other branches and those who read no findings are not offered";
    EXPECT_EQ(findings->send(hugo, id, {number("bela@example.org")}).error().code, "person_unknown");
    ASSERT_TRUE(findings->send(hugo, id, {number("cora@example.org"), number("cora@example.org")}).ok());
    EXPECT_THAT(letters("finding"), ElementsAre("cora@example.org"));
    EXPECT_THAT(ids(cora), ElementsAre(id));
    EXPECT_THAT(ids(bela), ElementsAre());
    const auto seen = findings->view(cora, id);
    EXPECT_FALSE(seen->finding.manages);
    EXPECT_EQ(seen->reviews.size(), 1U);
    EXPECT_THAT(seen->steps, ::testing::IsEmpty());
    EXPECT_EQ(findings->rewrite(cora, id, seen->finding.version, {}).error().code, "text_missing");
    EXPECT_EQ(findings->close(cora, id, "dropped", {}).error().kind, ErrorKind::forbidden);

    ASSERT_TRUE(findings->answer(cora, id, "", "").ok());
    ASSERT_TRUE(findings->answer(cora, id, "We saw it too.", "").ok());
    clock.advance(60);
    ASSERT_TRUE(findings->answer(cora, id, "", "Two more lifts.").ok());
    EXPECT_EQ(findings->answer(otto, id, "Mine", "").error().code, "not_sent_to_you");
    const auto view = findings->view(hugo, id);
    ASSERT_EQ(view->recipients.size(), 1U);
    EXPECT_EQ(view->recipients[0].answer, "We saw it too.");
    EXPECT_EQ(view->recipients[0].changed, "Two more lifts.");
    EXPECT_EQ(view->finding.answered, 1);
    EXPECT_THAT(letters("finding_answered"), ElementsAre("hugo@example.org", "hugo@example.org"));
}

TEST_P(FindingsTest, StaysWithinTheBranchOfWhoWritesIt) {
    const auto of_site = publish({}, "site:LAKE");
    EXPECT_EQ(write(pia, {of_site}).error().code, "review_unknown");
    EXPECT_EQ(write(pia, {}, "product:LIED").error().code, "about_unknown");
    const auto id = *write(pia, {publish({})});
    EXPECT_THAT(ids(leo), ElementsAre());
    EXPECT_THAT(ids(hugo), ElementsAre(id));
    EXPECT_EQ(findings->add_reviews(pia, id, {of_site}).error().code, "review_unknown");
    EXPECT_EQ(findings->view(pia, id)->finding.about, "product:VIRELAI");
    EXPECT_EQ(findings->rewrite(pia, id, 7, {{}, "T", "T", {}}).error().code, "changed_meanwhile");
    ASSERT_TRUE(findings->discard(pia, id).ok());
    EXPECT_EQ(findings->view(pia, id).error().kind, ErrorKind::not_found);
}

TEST_P(FindingsTest, TellsEachCustomerOnceAndOnlyThoseItMay) {
    const auto claire = publish({}), again = publish({}), no = publish({"nora@example.org", "Nil", "no"}), silent = publish({"sara@example.org", "Soir", ""}),
               polish = publish({"piotr@example.org", "Pol", "yes", "pl-PL", "PL"}), opted = publish({"olga@example.org", "Oud", "yes"}), open = publish({"cleo@example.org", "Cas", "yes"}),
               soft = publish({"dirk@example.org", "Dorn", "soft_optin", "de-DE", "DE"}), ended = publish({"eva@example.org", "End", "yes"});
    stopped = open;
    const auto id = *write(pia, {claire, again, no, silent, polish, opted, open, soft, ended});
    db->write([&](Tx& tx) {
        contact::suppress(tx, clock.now(), "olga@example.org", contact::Purpose::invitation, "unsubscribed");
        EXPECT_TRUE(reviews::withdraw(tx, Actor::visitor(), clock.now(), ended).ok());
    });
    const std::map<std::string, std::string> words = {{"fr", "Un nouveau joint."}, {"de", "Eine neue Dichtung."}};
    const auto forecast = findings->audience(pia, id, words);
    EXPECT_THAT(forecast->by_outcome, UnorderedElementsAre(Pair("queued", 2), Pair("told", 1), Pair("no_basis", 2), Pair("language", 1), Pair("opted_out", 1), Pair("case_open", 1), Pair("ended", 1)));
    EXPECT_THAT(forecast->languages_missing, ElementsAre(Pair("pl", 1)));
    EXPECT_THAT(letters("finding_changed"), ElementsAre()) << "a forecast writes to nobody";

    EXPECT_EQ(findings->close(pia, id, "changed", {}).error().code, "text_missing");
    ASSERT_TRUE(findings->close(pia, id, "changed", words).ok());
    runner->run_due();
    EXPECT_THAT(letters("finding_changed"), UnorderedElementsAre("claire@example.org", "dirk@example.org"));
    const auto view = findings->view(pia, id);
    EXPECT_EQ(view->letters.by_outcome, forecast->by_outcome);
    EXPECT_EQ(view->finding.outcome, "changed");
    EXPECT_EQ(findings->close(pia, id, "changed", words).error().code, "finding_closed");
    EXPECT_EQ(findings->reopen(pia, id).error().code, "letters_out");

    // Another finding soon after: no second letter, until the time is over.
    const auto second = *write(pia, {claire});
    EXPECT_THAT(findings->audience(pia, second, words)->by_outcome, ElementsAre(Pair("quiet", 1)));
    clock.advance(31 * one_day);
    EXPECT_THAT(findings->audience(pia, second, words)->by_outcome, ElementsAre(Pair("queued", 1)));
}

TEST_P(FindingsTest, ALongListIsToldInRoundsAndEachOnce) {
    std::vector<std::string> all;
    for (int i = 0; i < 120; ++i) all.push_back(publish({"c" + std::to_string(i) + "@example.org", "N" + std::to_string(i)}));
    const auto id = *write(pia, all);
    ASSERT_TRUE(findings->close(pia, id, "changed", {{"fr", "Fait."}}).ok());
    runner->run_due();
    EXPECT_EQ(letters("finding_changed").size(), 120U);
    EXPECT_THAT(findings->view(pia, id)->letters.by_outcome, ElementsAre(Pair("queued", 120)));
}

TEST_P(FindingsTest, GDP_4_ErasureTakesTheCustomerOutAndKeepsTheCount) {
    const auto review = publish({});
    const auto id = *write(pia, {review, publish({"dora@example.org", "Dur"})});
    ASSERT_TRUE(findings->close(pia, id, "changed", {{"fr", "Fait."}}).ok());
    runner->run_due();
    EXPECT_NE(db->read([&](Tx& tx) { return Findings::personal_data(tx, {review}); }).find("Doors rattle"), std::string::npos);
    db->write([&](Tx& tx) {
        EXPECT_TRUE(reviews::erase(tx, Actor::system("test"), clock.now(), review).ok());
        findings->on_erased(tx, review);
    });
    EXPECT_EQ(findings->view(pia, id)->reviews.size(), 1U);
    EXPECT_THAT(findings->view(pia, id)->letters.by_outcome, ElementsAre(Pair("queued", 2)));
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM finding_letter WHERE customer IS NOT NULL"); }), 1);
    clock.advance(400 * one_day);
    EXPECT_EQ(db->write([&](Tx& tx) { return purge_letters(tx, clock.now() - one_day, 10); }), 1);
    EXPECT_EQ(db->read([&](Tx& tx) { return letters_before(tx, clock.now()); }), 0);
}

TEST_P(FindingsTest, WhatWasDroppedMayBeOpenedAgain) {
    const auto id = *write(pia, {publish({})});
    ASSERT_TRUE(findings->close(pia, id, "dropped", {}).ok());
    runner->run_due();
    EXPECT_THAT(letters("finding_changed"), ElementsAre());
    EXPECT_THAT(ids(pia, "closed"), ElementsAre(id));
    ASSERT_TRUE(findings->reopen(pia, id).ok());
    EXPECT_THAT(ids(pia, "draft"), ElementsAre(id));
}

TEST_P(FindingsTest, ListsArePagedByKey) {
    std::vector<std::string> written;
    for (int i = 0; i < 7; ++i) written.push_back(*write(pia, {}));
    std::vector<std::string> read;
    std::string after;
    do {
        const auto page = findings->list(pia, {}, after, 3);
        ASSERT_TRUE(page.ok());
        EXPECT_LE(page->findings.size(), 3U);
        for (const auto& one : page->findings) read.push_back(one.id);
        after = page->next;
    } while (!after.empty());
    EXPECT_THAT(read, ::testing::UnorderedElementsAreArray(written));
    EXPECT_EQ(findings->list(pia, {}, "nonsense", 3).error().code, "after_unknown");
}

INSTANTIATE_TEST_SUITE_P(Both, FindingsTest, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::analyse
