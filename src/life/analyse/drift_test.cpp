// Words and stars that disagree more often than before are told to headquarters once; chance, small numbers, undecided words and
// languages in which nothing moved are not.
#include "life/analyse/drift.h"

#include "engine/intake/test_database.h"
#include "life/analyse/findings.h"
#include "record/contact/contact.h"
#include "record/events/events.h"
#include "record/experiences/experiences.h"
#include "record/figures/figures.h"
#include "record/links/links.h"
#include "record/network/import.h"
#include "record/readings/readings.h"
#include "record/vault/vault.h"

namespace verbatim::analyse {
namespace {

using storage::Tx;

constexpr Seconds start = 1'770'000'000;

// What the words say stands in their first one.
const readings::Reader plain_reader{[](std::string_view body, std::string_view lang, std::optional<int>) {
                                        readings::Reading out;
                                        out.lang = lang;
                                        out.polarity = body.starts_with("lovely") ? .7 : body.starts_with("dreadful") ? -.7 : .1;
                                        return out;
                                    },
                                    "first word 1"};

class Drift : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        migrate({jobs::migrations(), network::migrations(), links::migrations(), vault::migrations(), contact::migrations(), ledger::migrations(), experiences::migrations(),
                 events::migrations(), reviews::migrations(), figures::migrations(), readings::migrations(), analyse::migrations()});
        intake::Options quiet;
        quiet.progress = false;
        ASSERT_TRUE(network::import_sites(*db, clock, write_file("sites.csv", "code,name,country,locale,timezone,email,services\nQUAY,Quay,FR,fr-FR,Europe/Paris,q@example.org,workshop\n"), quiet).ok());
        ASSERT_TRUE(network::import_people(*db, write_file("people.csv", "email,name,role,scope,locale\nhq@example.org,Hera Queen,hq,*,en-GB\nboss@example.org,Bob Oss,site,QUAY,fr-FR\n"), quiet).ok());
    }
    void say(const std::string& lang, const std::string& body, int rating) {
        db->write([&](Tx& tx) {
            reviews::Submission submission;
            submission.content.subject = "site:QUAY";
            submission.content.service = "workshop";
            submission.content.rating = rating;
            submission.content.body = body + " " + std::to_string(++count);
            submission.content.lang = lang;
            submission.content.experience_on = "2026-01-15";
            submission.origin = "invited";
            const auto id = reviews::collect(tx, Actor::customer("c"), clock.now(), submission)->id;
            ASSERT_TRUE(reviews::publish(tx, Actor::system("test"), clock.now(), id).ok());
            readings::keep(tx, plain_reader, id);
        });
    }
    // `against` of `all` are praise with one star.
    void month(const std::string& lang, int all, int against) {
        for (int i = 0; i < all; ++i) i < against ? say(lang, "lovely, never again", 1) : say(lang, "lovely", 5);
    }
    int watch() { return watch_drift(*db, clock, {"https://reviews.example", "Aurelle", [](std::string_view theme, std::string_view) { return std::string(theme); }, {}}); }
    std::int64_t letters() {
        return static_cast<std::int64_t>(db->read([&](Tx& tx) { return contact::waiting_letters(tx); }).size());
    }
    ManualClock clock{start};
    int count = 0;
};

TEST_P(Drift, WordsOfAnotherMindThanTheirStarsAreToldOnceToHeadquarters) {
    month("fr", 80, 3);
    month("de", 80, 3);
    clock.advance(35 * one_day);
    month("fr", 45, 14);
    month("de", 45, 2);
    EXPECT_EQ(watch(), 1);
    db->read([&](Tx& tx) {
        const auto kept = tx.rows<std::string, std::int64_t, std::int64_t, std::int64_t, std::int64_t, double, std::string>("SELECT language, against, reviews, against_before, reviews_before, p, finding FROM reader_drift");
        ASSERT_EQ(kept.size(), 1u);
        const auto& [language, against, reviews, against_before, reviews_before, p, finding] = kept[0];
        EXPECT_EQ(language, "fr");
        EXPECT_EQ(against, 14);
        EXPECT_EQ(reviews, 45);
        EXPECT_EQ(against_before, 3);
        EXPECT_EQ(reviews_before, 80);
        EXPECT_LT(p, drift_surely);
        EXPECT_EQ(tx.value<std::string>("SELECT about FROM finding WHERE id = $1", finding), "*");
        // Ten of those behind it, each praise with one star, in that language.
        const auto behind = tx.rows<std::string, std::int64_t, std::string>("SELECT r.body, r.rating, g.lang FROM finding_review f JOIN review r ON r.id = f.review JOIN review_reading g ON g.review = r.id");
        EXPECT_EQ(behind.size(), 10u);
        for (const auto& [body, rating, lang] : behind) {
            EXPECT_TRUE(body.starts_with("lovely, never again")) << body;
            EXPECT_EQ(rating, 1);
            EXPECT_EQ(lang, "fr");
        }
        const auto letters_waiting = contact::waiting_letters(tx);
        ASSERT_EQ(letters_waiting.size(), 1u);
        EXPECT_EQ(letters_waiting[0].email, "hq@example.org");
    });
    // The same is not told again while it is fresh.
    clock.advance(7 * one_day);
    month("fr", 45, 14);
    EXPECT_EQ(watch(), 0);
    EXPECT_EQ(letters(), 1);
    clock.advance((silent_days - 7) * one_day);
    month("fr", 45, 30);
    EXPECT_EQ(watch(), 1);
    EXPECT_EQ(letters(), 2);
}

TEST_P(Drift, ChanceAndFewReviewsAreNotTold) {
    month("fr", 80, 8);
    month("de", 80, 0);
    clock.advance(35 * one_day);
    month("fr", 45, 7);                     // 10 to 16 in a hundred: may well be chance
    month("de", drift_fewest - 1, 20);      // surely grown, and yet too few to speak of
    EXPECT_EQ(watch(), 0);
    EXPECT_EQ(letters(), 0);
    month("de", 1, 0);
    EXPECT_EQ(watch(), 1);
}

TEST_P(Drift, UndecidedWordsAndStarsTakeNoSide) {
    month("fr", 80, 0);
    clock.advance(35 * one_day);
    month("fr", 45, 0);
    for (int i = 0; i < 30; ++i) {
        say("fr", "so so", 1);       // words that say little
        say("fr", "dreadful", 3);    // stars that say little
        say("", "dreadful", 5);      // of no language we know
    }
    EXPECT_EQ(watch(), 0);
    for (int i = 0; i < 10; ++i) say("fr", "dreadful", 5);  // blame with five stars is as much of another mind
    EXPECT_EQ(watch(), 1);
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT reviews FROM reader_drift"); }), 55);
}

INSTANTIATE_TEST_SUITE_P(Engines, Drift, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::analyse
