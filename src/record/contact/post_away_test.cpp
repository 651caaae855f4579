// A mail server that is away for an hour, or for days, on a clock of the test's: nobody is forgotten, nobody doubled, and it is not hammered.
// Norms: EML-7
#include <gtest/gtest.h>

#include <map>

#include "record/contact/contact.h"
#include "record/contact/test_contact.h"

namespace verbatim::contact {
namespace {

constexpr Seconds now = 1'795'000'000;
constexpr int people = 40;

struct Server {
    bool there = true;
    std::map<std::string, int> tries, taken;  // by recipient
    int asked = 0;
};

struct Line final : mail::Transport {
    Server& server;
    explicit Line(Server& one) : server(one) {}
    std::vector<mail::Outcome> deliver(const std::vector<mail::Envelope>& envelopes) override {
        ++server.asked;
        std::vector<mail::Outcome> outcomes;
        for (const auto& one : envelopes) {
            ++server.tries[one.recipient];
            server.taken[one.recipient] += server.there ? 1 : 0;
            outcomes.push_back(server.there ? mail::Outcome{mail::Delivery::sent, "250 kept"} : mail::Outcome{mail::Delivery::retry, "connect: Connection refused"});
        }
        return outcomes;
    }
};

class AwayServer : public ContactDatabase {
protected:
    void SetUp() override {
        ContactDatabase::SetUp();
        if (!db) return;
        db->write([&](storage::Tx& tx) {
            for (int i = 0; i < people; ++i) {
                Message one;
                one.purpose = Purpose::staff, one.key = "alert:" + std::to_string(i), one.email = "colleague" + std::to_string(i) + "@brand.example";
                one.mail_template = "password_link", one.data = R"({"LINK":"https://r.example/office/","UNTIL":1795090000})", one.locale = "nl";
                EXPECT_EQ(queue(tx, clock.now(), one), Queued::queued);
            }
        });
        Sender sender;
        sender.from_email = "reviews@brand.example", sender.brand = "Brand", sender.base_url = "https://r.example";
        runner.emplace(*db, clock);
        post.emplace(*db, clock, *renderer, std::make_unique<Line>(server), sender);
        post->handle(*runner);
    }
    void pass(Seconds seconds, Seconds step) {
        for (Seconds gone = 0; gone < seconds; gone += step) runner->run_due(), clock.advance(step);
    }
    PostCounts counts() {
        return db->read([](storage::Tx& tx) { return post_counts(tx); });
    }
    ManualClock clock{now};
    Server server;
    std::unique_ptr<render::Renderer> renderer = render::Renderer::make();
    std::optional<jobs::Runner> runner;
    std::optional<Post> post;
};

TEST_P(AwayServer, for_an_hour_costs_nobody_his_mail) {
    server.there = false;
    pass(3600, 20);
    EXPECT_EQ(counts().waiting, people);
    for (const auto& [to, tries] : server.tries) EXPECT_LE(tries, 11) << to << ": pauses double";
    server.there = true;
    pass(3600, 20);
    EXPECT_EQ(counts().sent, people);
    EXPECT_EQ(counts().waiting, 0);
    ASSERT_EQ(server.taken.size(), std::size_t{people});
    for (const auto& [to, taken] : server.taken) EXPECT_EQ(taken, 1) << to;
}

TEST_P(AwayServer, for_eight_days_too) {
    server.there = false;
    pass(8 * 86400, 3600);
    server.there = true;
    pass(86400, 3600);
    EXPECT_EQ(counts().sent, people);
    EXPECT_EQ(db->read([&](storage::Tx& tx) { return jobs::counts(tx, clock.now()).dead; }), 0);
}

TEST_P(AwayServer, and_a_clock_that_is_put_back_sends_nothing_twice) {
    pass(10, 10);
    EXPECT_EQ(counts().sent, people);
    clock.advance(-7200);
    pass(3 * 3600, 600);
    for (const auto& [to, taken] : server.taken) EXPECT_EQ(taken, 1) << to;
}

INSTANTIATE_TEST_SUITE_P(Engines, AwayServer, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::contact
