// What a desk compares: whose figures they are, what is asked wrongly, who leads, what is more than chance, and the words behind a figure.
#include "life/oversee/oversee.h"

#include <gmock/gmock.h>

#include "engine/intake/test_database.h"
#include "engine/jobs/jobs.h"
#include "record/contact/contact.h"
#include "record/events/events.h"
#include "record/experiences/experiences.h"
#include "record/figures/figures.h"
#include "record/links/links.h"
#include "record/network/country_rules.h"
#include "record/network/import.h"
#include "record/reviews/reviews.h"

namespace verbatim::oversee {
namespace {

using figures::Measure;
using storage::Tx;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class OverseeTest : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        migrate({jobs::migrations(), network::migrations(), links::migrations(), contact::migrations(), ledger::migrations(), experiences::migrations(), events::migrations(),
                 reviews::migrations(), figures::migrations()});
        const auto products = write_file("products.csv", "code,name,kind,parent\nVIRELAI,Virelai,model,\nVIRELAI-2,Virelai 2,version,VIRELAI\nLIED,Lied,model,\n");
        const auto sites = write_file("sites.csv",
                                      "code,name,group,country,locale,timezone,email,services\n"
                                      "LAKE,Garage du Lac,Belvaux,FR,fr-FR,Europe/Paris,lake@example.org,workshop\n"
                                      "HILL,Garage de la Colline,Belvaux,FR,fr-FR,Europe/Paris,hill@example.org,workshop\n"
                                      "MOOR,Garage du Moor,Belvaux,BE,fr-BE,Europe/Brussels,moor@example.org,workshop\n"
                                      "FORD,Furthaus,,DE,de-DE,Europe/Berlin,ford@example.org,workshop\n");
        const auto people = write_file("people.csv", "email,name,role,scope,locale\naxel@example.org,Axel Roy,adviser,LAKE,fr-FR\nuwe@example.org,Uwe Rau,adviser,FORD,de-DE\n");
        intake::Options quiet;
        quiet.progress = false;
        ASSERT_TRUE(network::import_products(*db, clock, products, quiet).ok());
        ASSERT_TRUE(network::import_sites(*db, clock, sites, quiet).ok());
        ASSERT_TRUE(network::import_people(*db, people, quiet).ok());
        db->write([](Tx& tx) { figures::mark_complete(tx); });
        oversee.emplace(*db, clock);
    }
    // So many words of each star, one to five.
    void rate(const std::string& subject, const std::string& month, std::array<std::int64_t, 5> stars, const std::string& service = "workshop", const std::string& product = {}, const std::string& adviser = {}) {
        figures::Counts counts;
        for (std::size_t i = 0; i < stars.size(); ++i) counts.cell.values[i] = stars[i];
        db->write([&](Tx& tx) { figures::count(tx, {subject, service, *figures::parse_month(month), product, adviser, {}, {}}, counts); });
    }
    std::string publish(const std::string& subject, int rating, const std::string& body) {
        return db->write([&](Tx& tx) {
            clock.advance(1);
            reviews::Submission submission;
            submission.content.subject = subject;
            submission.content.service = "workshop";
            submission.content.rating = rating;
            submission.content.body = body;
            submission.content.lang = "fr";
            submission.origin = "spontaneous";
            const auto collected = reviews::collect(tx, Actor::visitor(), clock.now(), submission);
            EXPECT_TRUE(reviews::publish(tx, Actor::system("moderate"), clock.now(), collected->id).ok());
            return collected->id;
        });
    }
    std::string adviser(const std::string& email) {
        return "adviser:" + std::to_string(db->read([&](Tx& tx) { return network::people_by_email(tx, email).front().id; }));
    }
    static Ask of(const std::string& branch) {
        Ask ask;
        ask.branch = branch;
        return ask;
    }
    std::int64_t reviews_of(const std::string& own, const Ask& ask) {
        const auto found = oversee->summary(own, ask);
        if (!found) return -1;
        const auto stars = stats::stars_of(found->figures.now.stars());
        return stars ? stars->count : 0;
    }
    static std::vector<std::string> keys(const Result<Lines>& lines) {
        std::vector<std::string> all;
        if (lines) for (const auto& line : lines->lines) all.push_back(line.key);
        return all;
    }

    ManualClock clock{*parse_moment("2026-10-15T10:00:00Z")};
    std::optional<Oversee> oversee;
};

TEST_P(OverseeTest, IsCutToTheBranch) {
    rate("site:LAKE", "2026-10", {0, 0, 0, 0, 3});
    rate("site:MOOR", "2026-10", {1, 0, 0, 0, 0});
    EXPECT_EQ(reviews_of("*", {}), 4);
    EXPECT_EQ(reviews_of("country:FR", {}), 3);
    EXPECT_EQ(reviews_of("country:FR", of("site:LAKE")), 3);
    EXPECT_EQ(reviews_of("site:LAKE", {}), 3);
    EXPECT_EQ(reviews_of("site:HILL", {}), 0);
    // Beside, above and nowhere are the same.
    for (const auto& [own, asked] : {std::pair("country:FR", "site:MOOR"), std::pair("site:LAKE", "country:FR"), std::pair("site:LAKE", "*"), std::pair("*", "site:NOWHERE"), std::pair("country:FR", "group:Belvaux")}) {
        const auto found = oversee->summary(own, of(asked));
        ASSERT_FALSE(found.ok()) << own << " " << asked;
        EXPECT_EQ(found.error().kind, ErrorKind::not_found);
        EXPECT_EQ(oversee->series(own, of(asked)).error().code, found.error().code);
        EXPECT_EQ(oversee->by(own, of(asked), "site", {}).error().code, found.error().code);
        EXPECT_EQ(oversee->ranking(own, of(asked), "site", {}).error().code, found.error().code);
        EXPECT_EQ(oversee->moved(own, of(asked), 10).error().code, found.error().code);
        EXPECT_EQ(oversee->words(own, of(asked), {}).error().code, found.error().code);
    }
    EXPECT_FALSE(oversee->summary("", {}).ok()) << "who reaches nothing sees nothing";
    // A list has what lies on the branch, and a group over the border leads nowhere.
    EXPECT_THAT(keys(oversee->by("country:FR", {}, "site", {})), ElementsAre("LAKE"));
    const auto groups = oversee->by("country:FR", {}, "group", {});
    ASSERT_TRUE(groups.ok());
    ASSERT_EQ(groups->lines.size(), 1U);
    EXPECT_EQ(stats::stars_of(groups->lines[0].figures.now.stars())->count, 3);
    EXPECT_EQ(groups->lines[0].branch, "");
    EXPECT_EQ(oversee->by("*", {}, "group", {})->lines[0].branch, "group:Belvaux");
}

TEST_P(OverseeTest, SaysWhatWasAskedWrongly) {
    const auto code = [&](const Ask& ask) { const auto found = oversee->summary("*", ask); return found ? std::string() : found.error().code; };
    Ask ask;
    ask.service = "laundry";
    EXPECT_EQ(code(ask), "service_unknown");
    ask = {};
    ask.product = "NONE";
    EXPECT_EQ(code(ask), "product_unknown");
    ask = {};
    ask.period = Period{24'322, 24'321};
    EXPECT_EQ(code(ask), "period_wrong");
    ask.period = Period{24'322 - 120, 24'322};
    EXPECT_EQ(code(ask), "period_too_long");
    ask.period = Period{24'322 - 119, 24'322};
    EXPECT_EQ(code(ask), "");
    for (const char* compare : {"yesterday", "2025-01", "2025-06..2025-01", "2010-01..2025-01", "2025-1..2025-06"}) {
        ask.compare = compare;
        EXPECT_EQ(code(ask), "compare_wrong") << compare;
    }
    EXPECT_EQ(oversee->by("*", {}, "weather", {}).error().code, "dimension_unknown");
    EXPECT_EQ(oversee->by("*", {}, "age", {}).error().code, "dimension_of_products");
    EXPECT_EQ(oversee->by("*", {}, "adviser", {}).error().code, "branch_too_wide");
    EXPECT_EQ(oversee->by("*", {}, "site", {"beauty", {}, 50}).error().code, "sort_unknown");
    EXPECT_EQ(oversee->by("*", {}, "site", {"change", {}, 50}).error().code, "compare_missing");
    EXPECT_EQ(oversee->by("*", {}, "site", {{}, "NOWHERE", 50}).error().code, "after_unknown");
    EXPECT_EQ(oversee->ranking("*", {}, "month", {}).error().code, "dimension_unknown");
    WordsWish wish;
    wish.from_stars = 4;
    wish.to_stars = 2;
    EXPECT_EQ(oversee->words("*", {}, wish).error().code, "stars_wrong");
    wish = {};
    wish.after = "nonsense";
    EXPECT_EQ(oversee->words("*", {}, wish).error().code, "after_unknown");
}

TEST_P(OverseeTest, MonthsStandSideBySide) {
    rate("site:LAKE", "2026-09", {0, 0, 0, 2, 0});
    rate("site:LAKE", "2026-08", {0, 1, 0, 0, 0});
    rate("site:LAKE", "2025-09", {0, 0, 5, 0, 0});
    Ask ask;
    ask.period = Period{*figures::parse_month("2026-08"), *figures::parse_month("2026-10")};
    ask.compare = "year";
    const auto series = oversee->series("site:LAKE", ask);
    ASSERT_TRUE(series.ok());
    EXPECT_THAT(keys(series), ElementsAre("2026-08", "2026-09", "2026-10")) << "a month without anything is there too";
    EXPECT_EQ(series->lines[1].figures.now[Measure::n4], 2);
    EXPECT_EQ((*series->lines[1].figures.before)[Measure::n3], 5);
    EXPECT_TRUE(series->lines[2].figures.now.empty());
    ask.compare = "previous";
    const auto before = oversee->summary("site:LAKE", ask);
    EXPECT_EQ(before->asked.compare->from, *figures::parse_month("2026-05"));
    EXPECT_EQ(before->asked.compare->to, *figures::parse_month("2026-07"));
    EXPECT_TRUE(before->figures.before->empty());
    // Without a period: twelve months, this one included.
    EXPECT_EQ(reviews_of("site:LAKE", {}), 3);
}

TEST_P(OverseeTest, FourReviewsDoNotLeadTheTable) {
    rate("site:LAKE", "2026-10", {0, 0, 0, 0, 4});      // 5.0 of four
    rate("site:HILL", "2026-10", {1, 1, 4, 30, 164});   // 4.78 of two hundred
    rate("site:MOOR", "2026-10", {40, 30, 10, 10, 10});
    const auto first = oversee->ranking("*", {}, "site", {{}, {}, 2});
    ASSERT_TRUE(first.ok());
    EXPECT_THAT(keys(first), ElementsAre("HILL", "LAKE"));
    EXPECT_EQ(first->total, 3);
    EXPECT_EQ(first->lines[0].rank, 1);
    EXPECT_EQ(first->lines[0].name, "Garage de la Colline");
    const auto second = oversee->ranking("*", {}, "site", {{}, first->next, 2});
    EXPECT_THAT(keys(second), ElementsAre("MOOR"));
    EXPECT_EQ(second->lines[0].rank, 3) << "the next page goes on counting";
    EXPECT_EQ(second->next, "");
    EXPECT_THAT(keys(oversee->by("*", {}, "site", {"-mean", {}, 50})), ElementsAre("LAKE", "HILL", "MOOR")) << "the mean alone says otherwise";
    EXPECT_THAT(keys(oversee->by("*", {}, "country", {})), ElementsAre("BE", "FR"));
}

TEST_P(OverseeTest, AVersionCountsForItsModel) {
    rate("product:VIRELAI-2", "2026-10", {0, 0, 0, 0, 2}, {}, "VIRELAI-2");
    rate("product:VIRELAI", "2026-10", {0, 0, 0, 1, 0}, {}, "VIRELAI");
    rate("product:LIED", "2026-10", {1, 0, 0, 0, 0}, {}, "LIED");
    EXPECT_EQ(reviews_of("product:VIRELAI", {}), 3);
    EXPECT_EQ(reviews_of("product:LIED", {}), 1);
    EXPECT_EQ(oversee->summary("product:VIRELAI", of("product:LIED")).error().kind, ErrorKind::not_found);
    Ask ask;
    ask.about = About::product;
    EXPECT_THAT(keys(oversee->by("*", ask, "model", {})), ElementsAre("LIED", "VIRELAI"));
    EXPECT_EQ(reviews_of("*", ask), 4);
    EXPECT_EQ(reviews_of("*", {}), 0) << "words on vehicles are no words on points of sale";
}

TEST_P(OverseeTest, OnlyWhatIsMoreThanChanceMoved) {
    for (const auto& [month, stars] : {std::pair("2026-09", std::array<std::int64_t, 5>{2, 3, 10, 60, 125}), std::pair("2026-10", std::array<std::int64_t, 5>{70, 40, 30, 30, 30})}) rate("site:LAKE", month, stars);
    for (const char* month : {"2026-09", "2026-10"}) {
        rate("site:MOOR", month, {5, 5, 10, 40, 40});                                                       // the same
        rate("site:FORD", month, std::string(month) == "2026-09" ? std::array<std::int64_t, 5>{0, 0, 0, 0, 3} : std::array<std::int64_t, 5>{3, 0, 0, 0, 0});  // too few to say
    }
    Ask ask;
    ask.period = Period{*figures::parse_month("2026-10"), *figures::parse_month("2026-10")};
    const auto moved = oversee->moved("*", ask, 10);
    ASSERT_TRUE(moved.ok());
    std::vector<std::string> said;
    for (const auto& line : moved->lines) said.push_back(line.dimension + " " + line.key + " " + line.service + (line.change->by < 0 ? " fell" : " rose"));
    EXPECT_THAT(said, UnorderedElementsAre("country FR workshop fell", "group Belvaux workshop fell"));
    EXPECT_EQ(oversee->moved("*", ask, 1)->lines.size(), 1U);
    EXPECT_THAT(oversee->moved("country:BE", ask, 10)->lines, IsEmpty());
}

TEST_P(OverseeTest, WhereTheLawProtectsThemAdvisersHaveNoFigures) {
    rate("site:LAKE", "2026-10", {0, 0, 0, 0, 6}, "workshop", {}, "axel@example.org");
    rate("site:FORD", "2026-10", {6, 0, 0, 0, 0}, "workshop", {}, "uwe@example.org");
    ASSERT_TRUE(network::adviser_may_be_rated("FR"));
    ASSERT_FALSE(network::adviser_may_be_rated("DE"));
    const auto lines = oversee->by("site:LAKE", {}, "adviser", {});
    ASSERT_TRUE(lines.ok());
    ASSERT_EQ(lines->lines.size(), 1U);
    EXPECT_EQ("adviser:" + lines->lines[0].key, adviser("axel@example.org"));
    EXPECT_EQ(lines->lines[0].name, "Axel") << "by first name only";
    EXPECT_EQ(reviews_of(adviser("axel@example.org"), {}), 6);
    EXPECT_THAT(keys(oversee->by("site:FORD", {}, "adviser", {})), IsEmpty());
    const auto own = oversee->summary(adviser("uwe@example.org"), {});
    ASSERT_FALSE(own.ok());
    EXPECT_EQ(own.error().code, "advisers_not_rated");
}

TEST_P(OverseeTest, FromTheFigureToTheSentence) {
    const auto best = publish("site:LAKE", 5, "Rendue propre.");
    const auto worst = publish("site:LAKE", 1, "Rayure sur la porte.");
    const auto middle = publish("site:HILL", 2, "Deux heures de retard.");
    publish("site:MOOR", 1, "Personne au comptoir.");
    const auto ids = [](const Result<Words>& words) {
        std::vector<std::string> all;
        if (words) for (const auto& word : words->words) all.push_back(word.review);
        return all;
    };
    WordsWish wish;
    EXPECT_THAT(ids(oversee->words("country:FR", {}, wish)), ElementsAre(middle, worst, best)) << "newest first, of France alone";
    EXPECT_THAT(ids(oversee->words("site:LAKE", {}, wish)), ElementsAre(worst, best));
    wish.to_stars = 2;
    EXPECT_THAT(ids(oversee->words("country:FR", {}, wish)), ElementsAre(middle, worst));
    // Lowest first, one a page: nothing twice, nothing missing, and the end is said.
    wish = {};
    wish.lowest_first = true;
    wish.limit = 1;
    std::vector<std::string> walked;
    for (int page = 0; page < 4; ++page) {
        const auto words = oversee->words("country:FR", {}, wish);
        ASSERT_TRUE(words.ok());
        for (const auto& word : words->words) walked.push_back(word.review);
        wish.after = words->next;
        if (words->next.empty()) break;
    }
    EXPECT_THAT(walked, ElementsAre(worst, middle, best));
    Ask ask;
    ask.period = Period{*figures::parse_month("2026-08"), *figures::parse_month("2026-09")};
    EXPECT_THAT(ids(oversee->words("country:FR", ask, {})), IsEmpty()) << "another month";
}

TEST_P(OverseeTest, SaysSoWhileTheFactsOfOldAreBeingCounted) {
    db->write([](Tx& tx) { tx.exec("DELETE FROM figure_state"); });
    const auto found = oversee->summary("*", {});
    ASSERT_FALSE(found.ok());
    EXPECT_EQ(found.error().kind, ErrorKind::unavailable);
}

INSTANTIATE_TEST_SUITE_P(Both, OverseeTest, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::oversee
