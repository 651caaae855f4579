// The month on paper: what it counts, whose place it names, what it tells to do, and that it goes out once.
#include "life/report/report.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "engine/intake/test_database.h"
#include "record/contact/contact.h"
#include "record/events/events.h"
#include "record/experiences/experiences.h"
#include "record/figures/figures.h"
#include "record/links/links.h"
#include "record/network/import.h"
#include "record/reviews/reviews.h"

namespace verbatim::report {
namespace {

using storage::Tx;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

class ReportTest : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        migrate({jobs::migrations(), network::migrations(), links::migrations(), contact::migrations(), ledger::migrations(), experiences::migrations(), events::migrations(),
                 reviews::migrations(), figures::migrations(), report::migrations()});
        db->write([](Tx& tx) { figures::mark_complete(tx); });
        const auto sites = write_file("sites.csv",
                                      "code,name,group,country,locale,timezone,email,services\n"
                                      "LAKE,Garage du Lac,Belvaux,FR,fr-FR,Europe/Paris,lake@example.org,workshop\n"
                                      "HILL,Garage de la Colline,Belvaux,FR,fr-FR,Europe/Paris,hill@example.org,workshop\n"
                                      "MOOR,Garage du Moor,,BE,fr-BE,Europe/Brussels,moor@example.org,workshop\n");
        const auto people = write_file("people.csv", "email,name,role,scope,locale\nanne@example.org,Anne Roy,site,LAKE,de-DE\n");
        intake::Options quiet;
        quiet.progress = false;
        ASSERT_TRUE(network::import_sites(*db, clock, sites, quiet).ok());
        ASSERT_TRUE(network::import_people(*db, people, quiet).ok());
        reports.emplace(*db, clock, *renderer, Options{"https://reviews.example", "Aurelle", "Aurelle SA"});
        runner.emplace(*db, clock);
        reports->handle(*runner);
    }
    void publish(const std::string& site, int rating, const std::string& body) {
        db->write([&](Tx& tx) {
            reviews::Submission submission;
            submission.content.subject = "site:" + site;
            submission.content.service = "workshop";
            submission.content.rating = rating;
            submission.content.body = body;
            submission.content.lang = "fr";
            submission.origin = "spontaneous";
            const auto collected = reviews::collect(tx, Actor::visitor(), clock.now(), submission);
            EXPECT_TRUE(reviews::publish(tx, Actor::system("moderate"), clock.now(), collected->id).ok());
        });
    }
    std::vector<std::string> letters() {
        std::vector<std::string> all;
        db->read([&](Tx& tx) {
            for (const auto& letter : contact::waiting_letters(tx)) all.push_back(letter.mail_template + " " + letter.email);
        });
        return all;
    }

    ManualClock clock{*parse_moment("2026-10-15T10:00:00Z")};
    std::unique_ptr<render::Renderer> renderer = render::Renderer::make();
    std::optional<Reports> reports;
    std::optional<jobs::Runner> runner;
};

TEST_P(ReportTest, CountsTheMonthAndSaysWhatToDo) {
    for (int i = 0; i < 6; ++i) publish("LAKE", 5, "Parfait " + std::to_string(i));
    publish("LAKE", 1, "Trois heures d'attente, et personne pour s'excuser.");
    publish("HILL", 3, "Correct.");
    const auto made = reports->make("country:FR", "site:LAKE", figures::parse_month("2026-10"));
    ASSERT_TRUE(made.ok());
    const auto data = nlohmann::json::parse(reports->to_json(*made));
    EXPECT_EQ(data.at("figures").at("reviews"), 7);
    EXPECT_EQ(data.at("place"), nlohmann::json({{"rank", 1}, {"of", 2}}));
    EXPECT_EQ(data.at("worst").at(0).at("body"), "Trois heures d'attente, et personne pour s'excuser.");
    EXPECT_EQ(data.at("best").size(), 3U);
    EXPECT_EQ(data.at("next").at(0).at("rule"), "answer");
    EXPECT_EQ(data.at("next").at(0).at("count"), 7);
    EXPECT_EQ(reports->to_pdf(*made, "fr"), reports->to_pdf(*made, "fr"));
    EXPECT_EQ(reports->to_pdf(*made, "fr").substr(0, 5), "%PDF-");
    EXPECT_NE(reports->to_pdf(*made, "fr"), reports->to_pdf(*made, "de"));
    EXPECT_EQ(reports->make("country:FR", "group:Belvaux", figures::parse_month("2026-10"))->name, "Belvaux");
}

TEST_P(ReportTest, IsCutToTheBranch) {
    EXPECT_EQ(reports->make("country:BE", "site:LAKE", std::nullopt).error().kind, ErrorKind::not_found);
    EXPECT_EQ(reports->make("site:LAKE", "country:FR", std::nullopt).error().kind, ErrorKind::not_found);
    EXPECT_EQ(reports->make("*", "site:NOWHERE", std::nullopt).error().kind, ErrorKind::not_found);
    EXPECT_EQ(reports->make("*", "site:LAKE", figures::parse_month("2027-01")).error().code, "month_wrong");
    const auto empty = reports->make("site:LAKE", "site:LAKE", std::nullopt);
    ASSERT_TRUE(empty.ok());
    EXPECT_EQ(empty->next.front().rule, "nobody_wrote");
}

TEST_P(ReportTest, GoesOutOnceOnTheFirstWorkingDay) {
    publish("LAKE", 5, "Parfait.");
    clock.set(*parse_moment("2026-11-01T12:00:00Z"));  // a Sunday
    runner->run_due();
    EXPECT_THAT(letters(), ElementsAre());
    clock.set(*parse_moment("2026-11-02T05:30:00Z"));
    runner->run_due();
    EXPECT_THAT(letters(), UnorderedElementsAre("monthly_report lake@example.org", "monthly_report anne@example.org")) << "sites that nobody wrote about in a year are left alone";
    clock.advance(2 * one_hour);
    runner->run_due();
    EXPECT_EQ(letters().size(), 2U);
    EXPECT_EQ(reports->pdf_for("site:LAKE", *figures::parse_month("2026-10"), "de").substr(0, 5), "%PDF-");
    clock.set(*parse_moment("2026-12-01T06:00:00Z"));
    runner->run_due();
    EXPECT_EQ(letters().size(), 4U);
}

TEST(Calendar, TheFirstWorkingDay) {
    const auto day = [](int year, int month) { return format_date(Reports::first_working_day(year, month)); };
    EXPECT_EQ(day(2026, 12), "2026-12-01");
    EXPECT_EQ(day(2026, 11), "2026-11-02");
    EXPECT_EQ(day(2026, 8), "2026-08-03");
    EXPECT_EQ(day(2027, 1), "2027-01-04");  // New Year's Day is a Friday
    EXPECT_EQ(day(2026, 1), "2026-01-02");
}

INSTANTIATE_TEST_SUITE_P(Both, ReportTest, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::report
