// How fast mail goes to a domain: by the minute, by the day of its warm-up, over restarts, and never at the cost of another domain.
#include "record/contact/pace.h"

#include <gmock/gmock.h>

#include "engine/mail/slow.h"
#include "record/contact/contact.h"
#include "record/contact/test_contact.h"

namespace verbatim::contact {
namespace {

using mail::Delivery;

constexpr Seconds noon = 20'700 * Seconds{86400} + 12 * 3600;

// Takes everything, and remembers to whom.
struct Inner final : mail::Transport {
    std::vector<std::string>& seen;
    std::string answer = "250 ok";
    explicit Inner(std::vector<std::string>& list) : seen(list) {}
    std::vector<mail::Outcome> deliver(const std::vector<mail::Envelope>& envelopes) override {
        std::vector<mail::Outcome> outcomes;
        for (const auto& one : envelopes) seen.push_back(one.recipient), outcomes.push_back({answer == "250 ok" ? Delivery::sent : Delivery::retry, answer});
        return outcomes;
    }
};

class Paces : public ContactDatabase {
protected:
    std::unique_ptr<mail::Transport> at_pace(std::int64_t per_minute, std::string_view domains, std::string_view warm_up) {
        auto pace = read_pace(per_minute, domains, warm_up);
        EXPECT_TRUE(pace) << pace.error().message;
        return paced(std::make_unique<Inner>(seen), *db, clock, std::move(pace).value());
    }
    // How many of so many went, and when the others are due, in seconds from now.
    std::pair<int, std::vector<Seconds>> send(mail::Transport& transport, const std::string& domain, int count) {
        std::vector<mail::Envelope> all;
        for (int i = 0; i < count; ++i) all.push_back({"b@brand.example", "c" + std::to_string(i) + "@" + domain, "x\r\n"});
        std::pair<int, std::vector<Seconds>> result{0, {}};
        for (const auto& outcome : transport.deliver(all)) {
            if (outcome.delivery == Delivery::sent) ++result.first;
            else result.second.push_back(held_until(outcome.reply, clock.now()).value() - clock.now());
        }
        return result;
    }
    ManualClock clock{noon};
    std::vector<std::string> seen;
};

TEST_P(Paces, so_many_a_minute_and_the_rest_in_line) {
    const auto transport = at_pace(60, "", "");
    const auto [went, due] = send(*transport, "home.example", 20);
    EXPECT_EQ(went, 11) << "ten seconds' worth at once, and one";
    EXPECT_EQ(due, (std::vector<Seconds>{2, 3, 4, 5, 6, 7, 8, 9, 10}));
    EXPECT_EQ(send(*transport, "other.example", 5).first, 5) << "another domain does not wait";
    clock.advance(1);
    EXPECT_EQ(send(*transport, "HOME.example", 3).first, 1);
}

TEST_P(Paces, a_domain_may_have_a_limit_of_its_own) {
    const auto transport = at_pace(60, "big.example=6000 free.example=0", "");
    EXPECT_EQ(send(*transport, "big.example", 300).first, 300);
    EXPECT_EQ(send(*transport, "free.example", 2000).first, 2000);
    EXPECT_EQ(send(*transport, "home.example", 300).first, 11);
}

TEST_P(Paces, a_domain_gets_to_know_us_day_by_day_and_nobody_is_forgotten) {
    auto transport = at_pace(0, "", "2 3");
    const auto [went, due] = send(*transport, "home.example", 10);
    EXPECT_EQ(went, 2);
    const Seconds morning = 12 * 3600;
    // Three on the second day; from the third there is no limit.
    EXPECT_EQ(due, (std::vector<Seconds>{morning, morning, morning, morning + 86400, morning + 86400, morning + 86400, morning + 86400, morning + 86400}));
    transport = at_pace(0, "", "2 3");  // started again: the day's count holds
    EXPECT_EQ(send(*transport, "home.example", 1).first, 0);
    EXPECT_EQ(send(*transport, "new.example", 3).first, 2) << "each domain has its own first day";
    clock.advance(morning);
    EXPECT_EQ(send(*transport, "home.example", 9).first, 3);
    clock.advance(86400);
    EXPECT_EQ(send(*transport, "home.example", 500).first, 500);
}

TEST_P(Paces, what_is_held_back_counts_as_no_try) {
    EXPECT_EQ(held_until("held until 1790000000", 5), 1790000000);
    EXPECT_EQ(held_until(mail::domain_is_slow, 5), 65);
    for (const char* other : {"", "held until ", "held until 12x", "450 held until 12", "421 too busy"}) EXPECT_FALSE(held_until(other, 5)) << other;
}

// Through the post itself: the rows wait, their jobs are due when their turn is, and all go in the end.
TEST_P(Paces, a_campaign_leaves_at_its_pace_and_whole) {
    constexpr int people = 30;
    db->write([&](storage::Tx& tx) {
        for (int i = 0; i < people; ++i) {
            Customer one;
            one.external = std::to_string(i), one.email = "p" + std::to_string(i) + (i < 20 ? "@busy.example" : "@quiet" + std::to_string(i) + ".example"), one.locale = "en", one.source = "form";
            const auto id = keep_customer(tx, clock.now(), one);
            EXPECT_EQ(queue(tx, clock.now(), {Purpose::service, "k" + std::to_string(i), id, {}, {}, {}, {}, "receipt", R"({"SITE":"Nantes","REVIEW_URL":"https://r.example/1"})", {}}), Queued::queued);
        }
    });
    const auto renderer = render::Renderer::make();
    Sender sender;
    sender.from_email = "reviews@brand.example", sender.brand = "Brand", sender.base_url = "https://r.example";
    Post post(*db, clock, *renderer, at_pace(0, "", "5 8"), sender);
    jobs::Runner runner(*db, clock);
    post.handle(runner);
    const auto sent = [&] { return db->read([](storage::Tx& tx) { return post_counts(tx).sent; }); };
    runner.run_due();
    EXPECT_EQ(sent(), 5 + 10);
    EXPECT_EQ(runner.run_due(), 0) << "nobody asks again before the turn";
    clock.advance(12 * 3600);
    runner.run_due();
    EXPECT_EQ(sent(), 5 + 8 + 10);
    clock.advance(86400);
    runner.run_due();
    EXPECT_EQ(sent(), people);
    EXPECT_EQ(seen.size(), std::size_t{people}) << "each once";
}

INSTANTIATE_TEST_SUITE_P(Engines, Paces, intake::both_engines, intake::engine_name);

TEST(PaceSettings, are_read_or_explained) {
    EXPECT_TRUE(read_pace(0, "", "").value().unlimited());
    const auto pace = read_pace(30, " Example.COM=60  b.example=0 ", "50 100  200").value();
    EXPECT_EQ(pace.per_minute_of("example.com"), 60);
    EXPECT_EQ(pace.per_minute_of("b.example"), 0);
    EXPECT_EQ(pace.per_minute_of("c.example"), 30);
    EXPECT_THAT(pace.warm_up, ::testing::ElementsAre(50, 100, 200));
    for (const char* bad : {"example.com", "=5", "a.example=x", "a.example=-1"}) EXPECT_EQ(read_pace(0, bad, "").error().field, "mail.domains") << bad;
    for (const char* bad : {"0", "fifty", "50,100", "-3"}) EXPECT_EQ(read_pace(0, "", bad).error().field, "mail.warm_up") << bad;
}

}  // namespace
}  // namespace verbatim::contact
