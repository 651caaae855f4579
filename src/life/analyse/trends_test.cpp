// A gearbox that begins to make a noise in one model and one country reaches the people of the product with the right sentences, and no
// site; a workshop where one waits reaches that site alone; and where nothing changed, nobody hears anything.
#include "life/analyse/trends.h"

#include "engine/intake/test_database.h"
#include "life/analyse/findings.h"
#include "record/contact/contact.h"
#include "record/events/events.h"
#include "record/experiences/experiences.h"
#include "record/figures/figures.h"
#include "record/figures/measures.h"
#include "record/links/links.h"
#include "record/network/import.h"
#include "record/vault/vault.h"

namespace verbatim::analyse {
namespace {

using storage::Tx;

constexpr Seconds start = 1'760'000'000;

readings::Reader word_reader() {
    return {[](std::string_view body, std::string_view, std::optional<int>) {
                readings::Reading out;
                out.lang = "en";
                for (const std::string_view word : {"gearbox", "waiting"}) {
                    if (const auto at = body.find(word); at != std::string_view::npos) out.themes.push_back({std::string(word), body.find("fine") != std::string_view::npos ? .8 : -.8, at, at + word.size()});
                }
                return out;
            },
            "words 1"};
}

class Trends : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        migrate({jobs::migrations(), network::migrations(), links::migrations(), vault::migrations(), contact::migrations(), ledger::migrations(), experiences::migrations(),
                 events::migrations(), reviews::migrations(), figures::migrations(), readings::migrations(), analyse::migrations()});
        intake::Options quiet;
        quiet.progress = false;
        std::string sites = "code,name,country,locale,timezone,email,services\n", people = "email,name,role,scope,locale\n"
            "prod@example.org,Pia Rod,product,VOLT,en-GB\nother@example.org,Otto Her,product,MINI,en-GB\nhq@example.org,Hugo Quint,hq,*,en-GB\nfrance@example.org,Fanny Rance,country,FR,fr-FR\n";
        for (const char* country : {"FR", "DE"}) {
            for (int i = 0; i < 4; ++i) {
                const auto code = std::string(country) + std::to_string(i);
                sites += code + "," + code + "," + country + ",fr-FR,Europe/Paris," + code + "@example.org,workshop\n";
                people += "boss" + code + "@example.org,Boss " + code + ",site," + code + ",en-GB\n";
            }
        }
        ASSERT_TRUE(network::import_sites(*db, clock, write_file("sites.csv", sites), quiet).ok());
        ASSERT_TRUE(network::import_products(*db, clock, write_file("products.csv", "code,name,kind,parent\nVOLT,Volt,model,\nVOLT-S,Volt S,version,VOLT\nMINI,Mini,model,\n"), quiet).ok());
        ASSERT_TRUE(network::import_people(*db, write_file("people.csv", people), quiet).ok());
    }
    void say(const std::string& site, const std::string& product, const std::string& body, bool of_vehicle) {
        db->write([&](Tx& tx) {
            experiences::Experience experience;
            experience.id = "E" + std::to_string(++count);
            experience.kind = "workshop";
            experience.occurred_on = "2025-10-01";
            experience.site = site;
            experience.product = product;
            experience.country = site.substr(0, 2);
            experiences::keep(tx, experience);
            reviews::Submission submission;
            submission.content.subject = of_vehicle ? "product:" + product : "site:" + site;
            submission.content.service = of_vehicle ? "product" : "workshop";
            submission.content.rating = 3;
            submission.content.body = body;
            submission.content.experience_on = "2025-10-01";
            submission.origin = "invited";
            submission.experience = experience.id;
            const auto id = reviews::collect(tx, Actor::customer("c"), clock.now(), submission)->id;
            ASSERT_TRUE(reviews::publish(tx, Actor::system("test"), clock.now(), id).ok());
            readings::keep(tx, word_reader(), id);
        });
    }
    // Weeks in which each site has a review of each of three products; `words` says what is in it.
    template <class F>
    void live(int weeks, bool of_vehicle, F&& words) {
        for (int week = 0; week < weeks; ++week) {
            for (const char* country : {"FR", "DE"}) {
                for (int i = 0; i < 4; ++i) {
                    for (const char* product : {"VOLT", "VOLT-S", "MINI"}) say(country + std::to_string(i), product, words(std::string(country) + std::to_string(i), std::string(product)), of_vehicle);
                }
            }
            clock.advance(7 * one_day);
        }
    }
    int watch() {
        return watch_trends(*db, clock, {"https://reviews.example", "Aurelle", [](std::string_view theme, std::string_view) { return std::string(theme); }, {}});
    }
    std::vector<std::string> told() {
        std::vector<std::string> all;
        for (const auto& letter : db->read([&](Tx& tx) { return contact::waiting_letters(tx); })) all.push_back(letter.email);
        std::sort(all.begin(), all.end());
        return all;
    }
    ManualClock clock{start};
    int count = 0, turn = 0;
};

TEST_P(Trends, APlantedNoiseReachesTheProductsPeopleWithItsSentencesAndNoSite) {
    const auto usual = [&](const std::string&, const std::string&) { return ++turn % 20 == 0 ? std::string("a noise in the gearbox") : ++turn % 7 == 0 ? std::string("the waiting was fine") : std::string("all well"); };
    live(16, true, usual);
    EXPECT_EQ(watch(), 0);  // nothing moved
    EXPECT_TRUE(told().empty());
    live(4, true, [&](const std::string& site, const std::string& product) {
        return site.starts_with("FR") && product.starts_with("VOLT") && turn++ % 2 == 0 ? std::string("a grinding gearbox in the cold") : usual(site, product);
    });
    EXPECT_EQ(watch(), 1);
    EXPECT_EQ(told(), std::vector<std::string>{"prod@example.org"});
    db->read([&](Tx& tx) {
        const auto change = *tx.row<std::string, std::string, std::string>("SELECT theme, place, since FROM theme_change");
        EXPECT_EQ(std::get<0>(change), "gearbox");
        EXPECT_EQ(std::get<1>(change), "product:VOLT country:FR");
        const auto late = parse_moment(std::get<2>(change));
        ASSERT_TRUE(late);
        EXPECT_NEAR(static_cast<double>(*late - (start + 16 * 7 * one_day)), 0, 8.0 * one_day) << std::get<2>(change);
        // Ten sentences of that place, each of which complains of it.
        const auto bodies = tx.rows<std::string, std::string, std::string>("SELECT r.body, e.site, e.product FROM finding_review f JOIN review r ON r.id = f.review JOIN experience e ON e.id = r.experience");
        EXPECT_EQ(bodies.size(), 10u);
        for (const auto& [body, site, product] : bodies) {
            EXPECT_NE(body.find("gearbox"), std::string::npos);
            EXPECT_TRUE(site.starts_with("FR")) << site;
            EXPECT_TRUE(product.starts_with("VOLT")) << product;
        }
    });
    // Its people read it at their desk, a site does not find it; and the next day it is not told again.
    const Findings findings(*db, clock, {});
    const Actor product{ActorKind::staff, "prod@example.org", "product", "VOLT"};
    const auto listed = findings.list(product, {}, {}, 10);
    ASSERT_EQ(listed->findings.size(), 1u);
    EXPECT_EQ(findings.view(product, listed->findings[0].id)->reviews.size(), 10u);
    EXPECT_EQ(findings.list({ActorKind::staff, "bossFR0@example.org", "site", "FR0"}, {}, {}, 10)->findings.size(), 0u);
    clock.advance(one_day);
    EXPECT_EQ(watch(), 0);
    EXPECT_EQ(told().size(), 1u);
}

TEST_P(Trends, ASitesOwnChangeIsTheSites) {
    const auto usual = [&](const std::string&, const std::string&) { return ++turn % 20 == 0 ? std::string("waiting, waiting") : std::string("all well"); };
    live(16, false, usual);
    live(4, false, [&](const std::string& site, const std::string& product) { return site == "DE2" ? std::string("an hour of waiting") : usual(site, product); });
    EXPECT_EQ(watch(), 1);
    EXPECT_EQ(told(), std::vector<std::string>{"bossde2@example.org"});
}

INSTANTIATE_TEST_SUITE_P(Engines, Trends, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::analyse
