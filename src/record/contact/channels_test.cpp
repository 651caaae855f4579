// SMS over a real HTTP gateway of this test: the same gate as for mail, one message a row, tried again or refused by what is answered.
// Norms: EML-4, EML-10, GDP-2
#include "record/contact/channels.h"

#include <gmock/gmock.h>

#include <mutex>
#include <nlohmann/json.hpp>

#include "engine/http/http.h"
#include "record/contact/reach.h"
#include "record/contact/test_contact.h"
#include "record/contact/topics.h"

namespace verbatim::contact {
namespace {

using nlohmann::json;
using storage::Tx;

constexpr Seconds now = 1'795'000'000;

class Gateway {
public:
    Gateway() {
        router_.post("/v1/send", [this](const http::Request& request) {
            const std::scoped_lock lock(mutex_);
            bodies_.push_back(json::parse(request.body));
            tokens_.emplace_back(request.field("Authorization"));
            http::Response response;
            response.status = status_;
            return response;
        });
        http::Options options;
        options.listen = "127.0.0.1:0";
        server_.emplace(options, router_, http::Window{});
        server_->start();
    }
    ~Gateway() { server_->stop(); }
    std::string url() const { return "http://" + server_->address() + "/v1/send"; }
    void answer(int status) {
        const std::scoped_lock lock(mutex_);
        status_ = status;
    }
    std::vector<json> bodies() const {
        const std::scoped_lock lock(mutex_);
        return bodies_;
    }
    std::vector<std::string> tokens() const {
        const std::scoped_lock lock(mutex_);
        return tokens_;
    }

private:
    mutable std::mutex mutex_;
    int status_ = 202;
    std::vector<json> bodies_;
    std::vector<std::string> tokens_;
    http::Router router_;
    std::optional<http::Server> server_;
};

class Sms : public ContactDatabase {
protected:
    void SetUp() override {
        ContactDatabase::SetUp();
        if (!db) return;
        runner.emplace(*db, clock);
        post.emplace(*db, clock, SmsGateway{gateway.url(), "s3cret", R"({"messages":[{"to":"{to}","content":"{text}"}],"ref":"{id}"})", {}, 5});
        post->handle(*runner);
        customer = person("Ines", "+351 912-345-678");
    }
    std::string person(const std::string& number, const std::string& phone, const std::string& source = "form", const std::string& email = {}) {
        Customer one;
        one.external = number, one.phone = phone, one.locale = "pt", one.source = source, one.email = email;
        return db->write([&](Tx& tx) { return keep_customer(tx, clock.now(), one); });
    }
    Queued text(const std::string& to, const std::string& key, const std::string& topic = "marketing") {
        Message message;
        message.key = key, message.customer = to, message.about = "plan:tyres", message.data = "Nordhaven: \"winter\" tyres {to} \\ é";
        return db->write([&](Tx& tx) { return queue_sms(tx, clock.now(), message, topic, "https://r.example"); });
    }
    std::string state(const std::string& key) {
        return db->read([&](Tx& tx) { return state_of(tx, key); });
    }
    ManualClock clock{now};
    Gateway gateway;
    std::optional<jobs::Runner> runner;
    std::optional<SmsPost> post;
    std::string customer;
};

TEST_P(Sms, goes_once_with_the_words_as_they_are_and_a_way_out) {
    EXPECT_EQ(text(customer, "k1"), Queued::queued);
    EXPECT_EQ(text(customer, "k1"), Queued::already_there);
    runner->run_due();
    const auto bodies = gateway.bodies();
    ASSERT_EQ(bodies.size(), 1u);
    const auto& message = bodies[0].at("messages").at(0);
    EXPECT_EQ(message.at("to"), "+351912345678");
    EXPECT_THAT(message.at("content").get<std::string>(), ::testing::StartsWith("Nordhaven: \"winter\" tyres {to} \\ é Stop: https://r.example/u/")) << "what the words hold is no place to fill";
    EXPECT_EQ(bodies[0].at("ref").get<std::string>().size(), 20u);
    EXPECT_THAT(gateway.tokens(), ::testing::ElementsAre("Bearer s3cret"));
    EXPECT_EQ(state("k1"), "sent");
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM message WHERE sealed IS NOT NULL"); }), 0) << "number and words are gone once sent";
    EXPECT_EQ(text(customer, "service", "service"), Queued::queued);
    runner->run_due();
    EXPECT_THAT(gateway.bodies().at(1).dump(), ::testing::Not(::testing::HasSubstr("Stop:")));
}

TEST_P(Sms, a_gateway_in_trouble_is_asked_again_with_the_same_id_and_a_refusal_is_final) {
    gateway.answer(503);
    text(customer, "k1");
    runner->run_due();
    EXPECT_EQ(state("k1"), "waiting");
    gateway.answer(200);
    clock.advance(60);
    runner->run_due();
    EXPECT_EQ(state("k1"), "sent");
    EXPECT_EQ(gateway.bodies().at(0).at("ref"), gateway.bodies().at(1).at("ref"));
    gateway.answer(400);
    text(customer, "k2");
    runner->run_due();
    EXPECT_EQ(state("k2"), "refused");
    clock.advance(86400);
    EXPECT_EQ(runner->run_due(), 0);
}

TEST_P(Sms, EML_4_who_leaves_by_its_link_leaves_at_once_and_for_mail_too) {
    const auto both = person("Both", "0049 431 5060708", "form", "both@example.org");
    text(both, "k1");
    runner->run_due();
    text(both, "waits");
    const auto words = gateway.bodies().at(0).at("messages").at(0).at("content").get<std::string>();
    const auto token = words.substr(words.rfind('/') + 1);
    db->write([&](Tx& tx) { EXPECT_TRUE(set_preferences(tx, clock.now(), token, false)); });
    runner->run_due();
    EXPECT_EQ(state("waits"), "cancelled");
    EXPECT_EQ(gateway.bodies().size(), 1u);
    EXPECT_EQ(text(both, "k2"), Queued::opted_out);
    EXPECT_EQ(text(both, "k3", "service"), Queued::queued);
    db->read([&](Tx& tx) {
        EXPECT_TRUE(suppressed_as(tx, "both@example.org", "marketing"));
        EXPECT_TRUE(suppressed_as(tx, "+494315060708", "survey"));
    });
}

TEST_P(Sms, GDP_2_no_number_or_nobody_told_whence_we_have_it) {
    EXPECT_EQ(text(person("None", ""), "k1"), Queued::no_address);
    EXPECT_EQ(text(person("Local", "06 12 34 56 78"), "k2"), Queued::no_address) << "no country, no guess";
    EXPECT_EQ(text(person("Dealer", "+33612345678", "dealer"), "k3"), Queued::no_address) << "the notice under GDPR 14 is a mail's";
    EXPECT_EQ(text("nobody", "k4"), Queued::no_address);
}

TEST_P(Sms, reach_tells_who_has_a_number_without_opening_the_vault) {
    const auto none = person("None", "ring me");
    std::map<std::string, bool> reached;
    db->read([&](Tx& tx) { reach_of(tx, json::array({customer, none}).dump(), [&](const Reach& one) { reached[std::string(one.customer)] = one.phone; }); });
    EXPECT_EQ(reached, (std::map<std::string, bool>{{customer, true}, {none, false}}));
    person("Ines", "");
    db->read([&](Tx& tx) { reach_of(tx, json::array({customer}).dump(), [&](const Reach& one) { EXPECT_FALSE(one.phone); }); });
}

INSTANTIATE_TEST_SUITE_P(Engines, Sms, intake::both_engines, intake::engine_name);

TEST(SmsGateways, are_understood_or_explained) {
    const SmsGateway good{"https://g.example/v1", {}, R"({"to":"{to}","text":"{text}"})", {}, 5};
    EXPECT_TRUE(check_gateway(good).ok());
    for (const char* body : {"", "to={to}&text={text}", R"({"to":"{to}"})", R"(["{to}","{text}"])"}) {
        auto bad = good;
        bad.body = body;
        EXPECT_EQ(check_gateway(bad).error().code, "sms_gateway") << body;
    }
    auto bad = good;
    bad.url = "gateway.example";
    EXPECT_FALSE(check_gateway(bad).ok());
    EXPECT_EQ(normal_phone(" +49 (431) 506-07.08 "), "+494315060708");
    for (const char* no : {"", "+", "+123", "+0123456789", "12345678", "+1234567890123456", "+49 431 ext 5", "+49+431123456"}) EXPECT_EQ(normal_phone(no), "") << no;
}

}  // namespace
}  // namespace verbatim::contact
