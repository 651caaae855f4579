// The month on paper goes out by mail: on the first working day, once, to those who answer for the point of sale, with the PDF inside.
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "app/server/test_platform.h"
#include "record/network/network.h"
#include "record/reviews/reviews.h"

namespace verbatim::server {
namespace {

using storage::Tx;
using ::testing::HasSubstr;
using ::testing::Not;

class ReportMail : public TestPlatform {
protected:
    ReportMail() : TestPlatform(*parse_moment("2026-10-15T10:00:00Z")) {}
    void SetUp() override {
        TestPlatform::SetUp();
        if (IsSkipped()) return;
        auto place = house->place;
        place.mail = "outbox:" + (folder / "outbox").string();
        std::filesystem::create_directories(folder / "outbox");
        house.reset();
        house = std::make_unique<House>(place, clock);
        house->compose("https://reviews.example");
        house->db->write([&](Tx& tx) {
            network::Site site;
            site.code = "WEIR";
            site.name = "Garage du Barrage";
            site.country = "FR";
            site.locale = "fr-FR";
            site.timezone = "Europe/Paris";
            site.email = "weir@example.org";
            network::store(tx, clock.now(), site);
            reviews::Submission words;
            words.content.subject = "site:WEIR";
            words.content.service = "workshop";
            words.content.rating = 4;
            words.content.body = "Rendez-vous tenu à la minute.";
            words.content.lang = "fr";
            words.origin = "spontaneous";
            const auto collected = reviews::collect(tx, Actor::visitor(), clock.now(), words);
            ASSERT_TRUE(collected.ok());
            EXPECT_TRUE(reviews::publish(tx, Actor::system("moderate"), clock.now(), collected->id).ok());
        });
    }
    // Everything that is due, until nothing is.
    void work() {
        for (int round = 0; round < 4; ++round) {
            house->runner->run_due();
            house->mail_runner->run_due();
        }
    }
    std::vector<std::string> reports() const {
        std::vector<std::string> all;
        for (const auto& file : std::filesystem::directory_iterator(folder / "outbox")) {
            std::ifstream in(file.path(), std::ios::binary);
            std::stringstream text;
            text << in.rdbuf();
            if (text.str().find("/office/reports/site:WEIR") != std::string::npos || text.str().find("report-2026-10.pdf") != std::string::npos) all.push_back(text.str());
        }
        return all;
    }
};

TEST_P(ReportMail, GoesOutOnceWithItsPaper) {
    clock.set(*parse_moment("2026-11-01T12:00:00Z"));  // a Sunday
    work();
    EXPECT_EQ(reports().size(), 0U);
    clock.set(*parse_moment("2026-11-02T06:00:00Z"));
    work();
    const auto sent = reports();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_THAT(sent[0], HasSubstr("weir@example.org"));
    EXPECT_THAT(sent[0], HasSubstr("Content-Type: application/pdf"));
    EXPECT_THAT(sent[0], HasSubstr("report-2026-10.pdf"));
    EXPECT_THAT(sent[0], HasSubstr("JVBERi0")) << "base64 of %PDF-";
    EXPECT_THAT(sent[0], Not(HasSubstr("List-Unsubscribe"))) << "mail to the house, not to a customer";
    clock.advance(3 * one_hour);
    work();
    EXPECT_EQ(reports().size(), 1U);
}

TEST_P(ReportMail, GoesOnceMoreWhereItGotLost) {
    clock.set(*parse_moment("2026-11-02T06:00:00Z"));
    work();
    ASSERT_EQ(reports().size(), 1U);
    clock.advance(one_hour);
    const auto again = house->reports->send_again("WEIR", figures::month_of(clock.now()) - 1);
    ASSERT_TRUE(again.ok()) << again.error().message;
    EXPECT_EQ(*again, 1);
    work();
    EXPECT_EQ(reports().size(), 2U);
    EXPECT_EQ(house->reports->send_again("NOWHERE", 0).error().code, "unknown");
}

INSTANTIATE_TEST_SUITE_P(Both, ReportMail, ::testing::Values(storage::Engine::sqlite, storage::Engine::postgresql), [](const auto& one) { return one.param == storage::Engine::sqlite ? std::string("sqlite") : std::string("postgresql"); });

}  // namespace
}  // namespace verbatim::server
