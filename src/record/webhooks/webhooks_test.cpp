// A real receiver, a clock turned by hand: signed, at least once, cut by branch, tried for three days, switched off, played again.
#include "record/webhooks/webhooks.h"

#include <nlohmann/json.hpp>

#include "engine/intake/test_database.h"
#include "ground/base/calendar.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/text_codes.h"
#include "record/contact/contact.h"
#include "record/events/forget.h"
#include "record/events/test_shown.h"
#include "record/network/network.h"
#include "record/vault/vault.h"
#include "record/webhooks/signature.h"

namespace verbatim::webhooks {
namespace {

using nlohmann::json;
using storage::Tx;

// The example of the Standard Webhooks specification.
TEST(WebhookSignature, IsTheStandards) {
    const std::string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const auto fields = signed_fields("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})", {secret});
    ASSERT_EQ(fields.size(), 3u);
    EXPECT_EQ(fields[0].value, "msg_p5jXN8AQM9LWM0D4loKWxJek");
    EXPECT_EQ(fields[1].value, "1614265330");
    EXPECT_EQ(fields[2].value, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    const auto fresh = make_secret();
    EXPECT_EQ(from_base64(std::string_view(fresh).substr(6))->size(), 32u);
}

struct Received {
    std::string id, moment, signature, body;
};

class Receiver {
public:
    Receiver() {
        router.post("/hook", [this](const http::Request& request) {
            const std::lock_guard lock(mutex);
            got.push_back({std::string(request.field("webhook-id")), std::string(request.field("webhook-timestamp")), std::string(request.field("webhook-signature")), request.body});
            auto response = http::Response::text(words, status);
            if (status == 302) response.with("Location", "/elsewhere");
            return response;
        });
        router.post("/elsewhere", [this](const http::Request&) {
            ++elsewhere;
            return http::Response::text("here");
        });
        http::Options options;
        options.listen = "127.0.0.1:0";
        options.limits.posts_per_minute = 0;
        server = std::make_unique<http::Server>(options, router, nullptr);
        server->start();
        url = "http://" + server->address() + "/hook";
    }
    http::Router router;
    std::unique_ptr<http::Server> server;
    std::mutex mutex;
    std::vector<Received> got;
    std::atomic<int> elsewhere{0};
    int status = 200;
    std::string words = "thanks", url;
};

bool signed_with(const Received& one, std::string_view secret, std::size_t which = 0) {
    const auto key = from_base64(secret.substr(6));
    const auto expected = "v1," + to_base64(crypto::hmac_sha256(*key, one.id + "." + one.moment + "." + one.body));
    std::vector<std::string> given;
    for (std::size_t at = 0; at < one.signature.size();) {
        const auto end = std::min(one.signature.find(' ', at), one.signature.size());
        given.push_back(one.signature.substr(at, end - at));
        at = end + 1;
    }
    return which < given.size() && given[which] == expected;
}

class Hooks : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        std::vector<storage::Migration> all;
        for (const auto module : {jobs::migrations(), network::migrations(), vault::migrations(), contact::migrations(), events::migrations(), webhooks::migrations()})
            all.insert(all.end(), module.begin(), module.end());
        db->migrate(all);
        db->write([&](Tx& tx) {
            for (const auto& [branch, subject] : std::vector<std::pair<const char*, const char*>>{{"*", "site:A"}, {"*", "site:B"}, {"site:A", "site:A"}, {"site:B", "site:B"}})
                tx.exec("INSERT INTO branch_subject (branch, subject) VALUES ($1, $2)", branch, subject);
        });
        open({"Verbatim", true, true, 2, {}});
    }
    void open(const Options& options) {
        runner.reset();
        hooks = std::make_unique<Webhooks>(*db, clock, options);
        runner = std::make_unique<jobs::Runner>(*db, clock);
        hooks->handle(*runner);
    }
    void TearDown() override {
        runner.reset();
        hooks.reset();
        TestDatabase::TearDown();
    }
    Webhooks::Made make(const std::string& kinds = "", const std::string& branch = "") {
        Wish wish;
        wish.url = receiver.url;
        wish.kinds = kinds;
        wish.branch = branch;
        auto made = hooks->create(admin, wish);
        EXPECT_TRUE(made.ok());
        return *made;
    }
    void happen(std::string_view kind, std::string_view subject, std::string_view ref) {
        db->write([&](Tx& tx) { events::raise(tx, clock.now(), kind, subject, ref, {{"stars", 1}}); });
        events::wait_until_shown(*db);
    }
    // What is due now, and what that causes.
    void deliver() {
        events::wait_until_shown(*db);
        while (hooks->spread()) {}
        runner->run_due();
    }
    std::vector<std::string> refs() {
        std::vector<std::string> all;
        for (const auto& one : receiver.got) {
            const auto body = json::parse(one.body);
            all.push_back(body["data"]["ref"]);
        }
        std::sort(all.begin(), all.end());
        return all;
    }

    Actor admin{ActorKind::staff, "ann@example.org", "admin", "*"};
    Actor other{ActorKind::staff, "bob@example.org", "site", "B"};
    ManualClock clock{1'790'000'000};
    Receiver receiver;
    std::unique_ptr<Webhooks> hooks;
    std::unique_ptr<jobs::Runner> runner;
};

using Refs = std::vector<std::string>;

TEST_P(Hooks, SignedAndCutByBranchAndKind) {
    happen("review.collected", "site:A", "before");  // nobody listened
    const auto made = make("review.*", "site:A");
    happen("review.collected", "site:A", "r1");
    happen("review.collected", "site:B", "r2");
    happen("case.opened", "site:A", "c1");
    happen("setting.changed", "", "brand.name");
    deliver();
    EXPECT_EQ(refs(), Refs{"r1"});
    const auto& one = receiver.got.at(0);
    EXPECT_TRUE(signed_with(one, made.secret));
    EXPECT_EQ(one.moment, std::to_string(clock.now()));
    EXPECT_TRUE(one.id.starts_with("evt_"));
    const auto body = json::parse(one.body);
    EXPECT_EQ(body["type"], "review.collected");
    EXPECT_EQ(body["timestamp"], format_moment(clock.now()));
    EXPECT_EQ(body["data"], (json{{"stars", 1}, {"subject", "site:A"}, {"ref", "r1"}}));
    deliver();
    EXPECT_EQ(receiver.got.size(), 1u);
    const auto seen = hooks->deliveries(admin, made.webhook.id, "", std::nullopt, 10);
    ASSERT_EQ(seen->size(), 1u);
    EXPECT_EQ(seen->front().state, "delivered");
    EXPECT_EQ(seen->front().status, 200);
    const auto whole = hooks->find_delivery(admin, made.webhook.id, seen->front().event);
    ASSERT_EQ(whole->tried.size(), 1u);
    EXPECT_EQ(whole->tried[0].answer, "thanks");
    // Beside his branch it does not exist.
    EXPECT_FALSE(hooks->find(other, made.webhook.id));
    EXPECT_EQ(hooks->deliveries(other, made.webhook.id, "", std::nullopt, 10).error().kind, ErrorKind::not_found);
    EXPECT_EQ(hooks->replay(other, made.webhook.id, seen->front().event).error().kind, ErrorKind::not_found);
    EXPECT_TRUE(hooks->list(other).empty());
    Wish wish;
    wish.url = receiver.url;
    wish.branch = "site:A";
    EXPECT_EQ(hooks->create(other, wish).error().code, "branch_unknown");
}

TEST_P(Hooks, TriedAgainUntilItIsThere) {
    const auto made = make("review.*");
    receiver.status = 500;
    receiver.words = std::string(5000, 'x');
    happen("review.collected", "site:A", "r1");
    deliver();
    EXPECT_EQ(receiver.got.size(), 1u);
    deliver();
    EXPECT_EQ(receiver.got.size(), 1u);  // not before its time
    clock.advance(6);
    deliver();
    EXPECT_EQ(receiver.got.size(), 2u);
    receiver.status = 204;
    clock.advance(70);
    deliver();
    ASSERT_EQ(receiver.got.size(), 3u);
    EXPECT_EQ(receiver.got[0].id, receiver.got[2].id);
    EXPECT_NE(receiver.got[0].moment, receiver.got[2].moment);
    const auto seen = hooks->deliveries(admin, made.webhook.id, "delivered", std::nullopt, 10);
    ASSERT_EQ(seen->size(), 1u);
    EXPECT_EQ(seen->front().attempts, 3);
    const auto whole = hooks->find_delivery(admin, made.webhook.id, seen->front().event);
    ASSERT_EQ(whole->tried.size(), 3u);
    EXPECT_EQ(whole->tried[2].answer.size(), 1024u);
    EXPECT_EQ(hooks->find(admin, made.webhook.id)->failing_since, 0);
}

TEST_P(Hooks, GoneIsGoneAndItsOwnerIsTold) {
    const auto made = make("review.*");
    receiver.status = 410;
    happen("review.collected", "site:A", "r1");
    happen("review.collected", "site:A", "r2");
    deliver();
    EXPECT_EQ(receiver.got.size(), 1u);
    const auto now_off = hooks->find(admin, made.webhook.id);
    EXPECT_EQ(now_off->state, "disabled");
    EXPECT_EQ(now_off->why, "gone");
    const auto letters = db->read([](Tx& tx) { return contact::waiting_letters(tx); });
    ASSERT_EQ(letters.size(), 1u);
    EXPECT_EQ(letters[0].mail_template, "webhook_disabled");
    EXPECT_EQ(letters[0].email, "ann@example.org");
    happen("review.collected", "site:A", "r3");
    clock.advance(4 * one_day);
    deliver();
    EXPECT_EQ(receiver.got.size(), 1u);
    EXPECT_EQ(hooks->replay(admin, made.webhook.id, {0, 1}).error().code, "webhook_off");
    // On again by hand, and what failed is asked for again: r3 happened while it was off, and comes with the range.
    receiver.status = 200;
    Wish on;
    on.on = true;
    ASSERT_TRUE(hooks->change(admin, made.webhook.id, on, 0).ok());
    EXPECT_EQ(*hooks->replay_range(admin, made.webhook.id, 1, clock.now() + 1, true), 2);
    deliver();
    EXPECT_EQ(refs(), (Refs{"r1", "r1", "r2"}));
    EXPECT_EQ(*hooks->replay_range(admin, made.webhook.id, 1'790'000'000, clock.now() - one_day, false), 3);
    deliver();
    EXPECT_EQ(refs(), (Refs{"r1", "r1", "r1", "r2", "r2", "r3"}));
}

TEST_P(Hooks, ThreeDaysOfFailureSwitchItOff) {
    const auto made = make("review.*");
    receiver.status = 503;
    for (int i = 0; i < 20; ++i) happen("review.collected", "site:A", "r" + std::to_string(i));
    deliver();
    EXPECT_EQ(receiver.got.size(), 5u);  // then it is asked seldom, however much waits
    for (int hour = 0; hour < 24 * 5 && hooks->find(admin, made.webhook.id)->state == "on"; ++hour) {
        clock.advance(3600);
        deliver();
    }
    const auto ended = hooks->find(admin, made.webhook.id);
    EXPECT_EQ(ended->state, "disabled");
    EXPECT_EQ(ended->why, "failing");
    EXPECT_GE(clock.now() - 1'790'000'000, 3 * one_day);
    EXPECT_LE(clock.now() - 1'790'000'000, 3 * one_day + 12 * 3600);
    EXPECT_LT(receiver.got.size(), 400u);
    events::wait_until_shown(*db);
    const auto events = db->read([](Tx& tx) { return events::all_after(tx, {}, 1000); });
    ASSERT_FALSE(events.events.empty());
    EXPECT_EQ(events.events.back().kind, "webhook.disabled");
}

TEST_P(Hooks, TwoSecretsWhileTheyAreChanged) {
    const auto made = make("review.*");
    const auto second = hooks->rotate(admin, made.webhook.id);
    ASSERT_TRUE(second.ok());
    EXPECT_NE(second->secret, made.secret);
    happen("review.collected", "site:A", "r1");
    deliver();
    EXPECT_TRUE(signed_with(receiver.got.at(0), second->secret, 0));
    EXPECT_TRUE(signed_with(receiver.got.at(0), made.secret, 1));
    clock.advance(one_day + 1);
    happen("review.collected", "site:A", "r2");
    deliver();
    EXPECT_TRUE(signed_with(receiver.got.at(1), second->secret, 0));
    EXPECT_EQ(receiver.got.at(1).signature.find(' '), std::string::npos);
    const auto stored = db->read([&](Tx& tx) { return tx.value<storage::Blob>("SELECT secret FROM webhook WHERE id = $1", made.webhook.id).bytes; });
    EXPECT_EQ(stored.find("whsec_"), std::string::npos);
}

TEST_P(Hooks, NoPrivateAddressesNoPlainHttpNoRedirects) {
    const auto made = make("review.*");
    receiver.status = 302;
    happen("review.collected", "site:A", "r1");
    deliver();
    EXPECT_EQ(receiver.got.size(), 1u);
    EXPECT_EQ(receiver.elsewhere, 0);
    EXPECT_EQ(hooks->deliveries(admin, made.webhook.id, "waiting", std::nullopt, 10)->front().status, 302);
    receiver.status = 200;
    open({"Verbatim", false, false, 2, {}});
    Wish wish;
    for (const char* url : {"http://example.org/hook", "https://", "https://user@example.org/", "https://example.org/a b", "ftp://example.org/", "https://example.org/#x", "https:///x", ""}) {
        wish.url = url;
        const auto refused = hooks->create(admin, wish);
        ASSERT_FALSE(refused.ok()) << url;
        EXPECT_EQ(refused.error().code, "url");
    }
    clock.advance(10);
    deliver();  // the one made before: its address is private
    EXPECT_EQ(receiver.got.size(), 1u);
    const auto whole = hooks->find_delivery(admin, made.webhook.id, hooks->deliveries(admin, made.webhook.id, "", std::nullopt, 1)->front().event);
    EXPECT_NE(whole->tried.at(0).fault.find("is not allowed"), std::string::npos) << whole->tried.at(0).fault;
}

TEST_P(Hooks, PlayedAgainAndTested) {
    const auto made = make("review.*");
    ASSERT_TRUE(hooks->test(admin, made.webhook.id).ok());
    happen("review.collected", "site:A", "r1");
    clock.advance(100);
    happen("review.collected", "site:A", "r2");
    deliver();
    Refs expected{made.webhook.id, "r1", "r2"};
    std::sort(expected.begin(), expected.end());  // the webhook's id is a random word
    EXPECT_EQ(refs(), expected);
    EXPECT_EQ(*hooks->replay_range(admin, made.webhook.id, 1'790'000'000, 1'790'000'050, false), 1);
    deliver();
    EXPECT_EQ(receiver.got.size(), 4u);
    const auto first = hooks->deliveries(admin, made.webhook.id, "", std::nullopt, 1)->front();
    EXPECT_EQ(first.ref, "r2");
    ASSERT_TRUE(hooks->replay(admin, made.webhook.id, first.event).ok());
    deliver();
    EXPECT_EQ(receiver.got.size(), 5u);
    EXPECT_EQ(receiver.got[4].id, "evt_" + events::to_text(first.event));
    EXPECT_EQ(hooks->change(admin, made.webhook.id, {}, 7).error().code, "changed_meanwhile");
    EXPECT_EQ(db->read([&](Tx& tx) { return Webhooks::older_than(tx, clock.now() + 1); }), 3);
    EXPECT_EQ(db->write([&](Tx& tx) { return Webhooks::purge_old(tx, clock.now() + 1, 100); }), 3);
    ASSERT_TRUE(hooks->remove(admin, made.webhook.id).ok());
    EXPECT_TRUE(hooks->list(admin).empty());
}

TEST_P(Hooks, JourneysOfPeopleGoToWhoNamesThemAndReachesTheWhole) {
    make("");
    make("journey.*", "site:A");
    const auto times = [&](const char* ref) {
        const auto all = refs();
        return std::count(all.begin(), all.end(), ref);
    };
    happen("journey.sent", "", "p1");
    happen("review.collected", "site:A", "r1");
    deliver();
    EXPECT_EQ(times("r1"), 1);
    EXPECT_EQ(times("p1"), 0);
    const auto own = make("journey.*");
    happen("journey.sent", "", "p2");
    deliver();
    EXPECT_EQ(times("p2"), 1);
    EXPECT_EQ(*hooks->replay_range(admin, own.webhook.id, 1, clock.now() + 1, false), 2);
    deliver();
    EXPECT_EQ(times("p1"), 1);
    EXPECT_EQ(times("p2"), 2);
    EXPECT_FALSE(events::Filter::parse("")->takes("journey.sent"));
    EXPECT_TRUE(events::Filter::parse("journey.*")->takes("journey.sent"));
    const auto read = [&](const char* kinds) { return db->read([&](Tx& tx) { return events::after(tx, "*", {}, 50, *events::Filter::parse(kinds)).events.size(); }); };
    EXPECT_EQ(read("journey.*"), 2u);
    EXPECT_EQ(read(""), read("review.*") + read("webhook.*"));
}

TEST_P(Hooks, GDP_3_WhatStillWaitsAboutSomebodyForgottenIsNotTold) {
    const auto made = make("journey.*");
    receiver.status = 503;
    happen("journey.sent", "", "p1");
    happen("journey.sent", "", "p2");
    deliver();
    ASSERT_EQ(receiver.got.size(), 2u);  // both will be tried again
    receiver.got.clear();
    db->write([&](Tx& tx) {
        events::raise(tx, clock.now(), "journey.forgotten", "", "p1");
        EXPECT_EQ(events::forget_journey(tx, "p1"), 1);
    });
    receiver.status = 200;
    clock.advance(60);
    deliver();
    std::vector<std::string> told;
    for (const auto& one : receiver.got) {
        const auto body = json::parse(one.body);
        told.push_back(body["type"].get<std::string>() + " " + body["data"]["ref"].get<std::string>());
    }
    std::sort(told.begin(), told.end());
    EXPECT_EQ(told, (Refs{"journey.forgotten p1", "journey.sent p2"}));
    EXPECT_TRUE(hooks->deliveries(admin, made.webhook.id, "waiting", std::nullopt, 10)->empty());
}

INSTANTIATE_TEST_SUITE_P(Engines, Hooks, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::webhooks
