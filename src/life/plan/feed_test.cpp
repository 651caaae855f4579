// What is told a data platform: of whom, of what, once, and what is told when somebody takes it back.
// Norms: EML-11, GDP-1, GDP-3, GDP-6
#include "life/plan/feed.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "life/plan/test_run.h"
#include "record/contact/agreed.h"
#include "record/contact/clicks.h"
#include "record/contact/topics.h"
#include "record/contact/wishes.h"
#include "record/events/test_shown.h"

namespace verbatim::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using storage::Tx;

constexpr std::string_view file = R"([plan]
name = "feed"
version = "1"
languages = ["en"]
countries = ["FR"]
at = "09:00"
gap = "0 days"
[template.tyres]
en = "{first_name}, winter is coming"
[[campaign]]
id = "tyres"
name = "Tyres"
purpose = "marketing"
sender = "brand"
channel = ["mail"]
consent = ["yes"]
template = "tyres"
trigger = { event = "order", after = "2 days" }
stop = ["sold", "unsubscribed", "deceased"]
)";

class Feed : public RunningPlan {
protected:
    void SetUp() override {
        RunningPlan::SetUp();
        if (!db) return;
        run.emplace(*db, clock, Sources{}, RunOptions{"Aurelle", "https://reviews.example"});
        ASSERT_TRUE(run->publish(Actor::system("test"), file, 0));
    }
    std::string customer(const std::string& number, const std::string& email, std::string_view platform) {
        return db->write([&](Tx& tx) {
            contact::Customer one;
            one.external = number, one.first_name = "Ada" + number, one.email = email, one.locale = "en-FR", one.country = "FR";
            const auto id = keep_person(tx, one);
            if (!platform.empty()) say(tx, id, platform, "import");
            return id;
        });
    }
    void say(Tx& tx, const std::string& id, std::string_view basis, std::string_view source) {
        const contact::Consent said{id, std::string(contact::data_platform), std::string(basis), "1", std::string(source), {}, clock.now()};
        contact::note_consents(tx, {&said, 1});
    }
    void says(const std::string& id, std::string_view basis, std::string_view source = "preference_page") {
        db->write([&](Tx& tx) { say(tx, id, basis, source); });
    }
    void lives(const std::string& id, const std::string& customer, std::string_view kind) {
        db->write([&](Tx& tx) { keep_experience(tx, id, customer, kind, format_date(clock.now() / one_day * one_day), "VIRELAI", "VF1CCCC0000000" + id); });
    }
    void days(int many) { clock.advance(many * one_day), run->look(); }
    // "event person ..." of all that is behind the last question, the person by the name it has here.
    std::vector<std::string> told(const std::map<std::string, std::string>& names) {
        events::wait_until_shown(*db);
        std::vector<std::string> all;
        for (bool more = true; more;) {
            const auto page = db->read([&](Tx& tx) { return read_feed(tx, place, 2); });
            for (const auto& event : page.events) {
                const auto line = nlohmann::json::parse(feed_line(event));
                text += line.dump() + "\n";
                std::string who = "somebody";
                for (const auto& [id, name] : names)
                    if (pseudonym(id) == line["person"]) who = name;
                all.push_back(line["event"].get<std::string>() + " " + who);
            }
            place = page.next, more = page.more;
        }
        return all;
    }
    std::string letter_of(const std::string& id) {
        return db->write([&](Tx& tx) {
            tx.exec("UPDATE message SET state = 'sent', sent_at = $2 WHERE customer = $1", id, clock.now());
            return tx.value<std::string>("SELECT id FROM message WHERE customer = $1", id);
        });
    }
    void click(const std::string& message, const std::string& target) {
        const auto path = contact::click_path(message, target);
        ASSERT_TRUE(run->follow(path.substr(3, path.find('?') - 3), target, false));
    }

    events::Place place;
    std::string text;
};

TEST_P(Feed, EML_11_GDP_6_only_who_agreed_is_told_of_and_under_a_pseudonym) {
    const auto yes = customer("71", "ada71@example.org", "yes"), nothing = customer("72", "ada72@example.org", ""), no = customer("73", "ada73@example.org", "no"),
               interest = customer("74", "ada74@example.org", "legitimate_interest");
    for (const auto& [id, who] : std::map<std::string, std::string>{{"1", yes}, {"2", nothing}, {"3", no}, {"4", interest}}) lives(id, who, "order");
    days(0);
    days(3);
    EXPECT_EQ(letters(), 4);
    lives("5", yes, "workshop"), lives("6", no, "workshop");
    days(0);
    EXPECT_THAT(told({{yes, "yes"}}), ElementsAre("ordered yes", "sent yes", "visited yes"));
    for (const auto& not_there : {std::string("ada7"), std::string("Ada7"), std::string("VF1"), yes, std::string("\"71\"")}) EXPECT_EQ(text.find(not_there), std::string::npos) << not_there << text;
    EXPECT_NE(text.find("\"campaign\":\"tyres\""), std::string::npos);
    // However often it is looked at again.
    days(1), days(0);
    EXPECT_THAT(told({}), IsEmpty());
}

TEST_P(Feed, GDP_1_what_was_before_the_agreement_is_not_told_though_it_is_looked_at_again) {
    const auto one = customer("75", "ada75@example.org", ""), other = customer("76", "ada76@example.org", "yes");
    lives("1", one, "order"), lives("2", other, "order");
    clock.advance(20);
    says(one, "yes"), says(other, "yes", "import");
    lives("3", one, "workshop"), lives("4", other, "workshop");
    clock.advance(20);
    run->look();
    auto all = told({{one, "one"}, {other, "other"}});
    std::sort(all.begin(), all.end());
    EXPECT_THAT(all, ElementsAre("ordered other", "visited one", "visited other"));
}

TEST_P(Feed, a_click_is_told_when_no_program_can_have_made_it) {
    const auto person = customer("81", "ada81@example.org", "yes"), burst = customer("82", "ada82@example.org", "yes");
    lives("1", person, "order"), lives("2", burst, "order");
    days(3);
    told({});
    const auto to_person = letter_of(person), to_burst = letter_of(burst);
    clock.advance(2);
    click(to_person, "/sites/LAKE?n=1");  // seconds after it was delivered
    clock.advance(one_hour);
    click(to_person, "/sites/LAKE");
    for (const char* target : {"/review/LAKE?n=1", "/review/LAKE?n=2", "/review/LAKE?n=3"}) click(to_burst, target);
    run->look();
    EXPECT_THAT(told({}), IsEmpty());  // who knows what still comes
    clock.advance(one_minute);
    run->look();
    run->look();
    EXPECT_THAT(told({{person, "person"}}), ElementsAre("clicked person"));
}

TEST_P(Feed, GDP_1_who_takes_it_back_is_forgotten_and_no_import_brings_it_back) {
    const auto one = customer("91", "home@example.org", "yes"), other = customer("92", "home@example.org", "yes"), third = customer("93", "ada93@example.org", "yes");
    lives("1", one, "order");
    days(1);
    const std::map<std::string, std::string> names{{one, "one"}, {other, "other"}, {third, "third"}};
    EXPECT_THAT(told(names), ElementsAre("ordered one"));
    // As the page does it: the mailbox is closed, and so it ends for whoever shares it.
    db->write([&](Tx& tx) {
        contact::suppress_as(tx, clock.now(), "home@example.org", contact::data_platform, "unsubscribed");
        say(tx, one, "no", "preference_page");
    });
    run->look();
    auto after = told(names);
    std::sort(after.begin(), after.end());
    EXPECT_THAT(after, ElementsAre("forgotten one", "forgotten other"));
    says(one, "yes", "import"), says(other, "yes", "import");
    lives("2", one, "workshop"), lives("3", other, "workshop");
    days(1), days(0);
    EXPECT_THAT(told(names), IsEmpty());
    // A dealer's "no" is about one person; a person's own yes holds again.
    says(third, "no", "import");
    run->look();
    EXPECT_THAT(told(names), ElementsAre("forgotten third"));
    says(third, "yes");
    lives("4", third, "workshop");
    days(1);
    EXPECT_THAT(told(names), ElementsAre("visited third"));
}

TEST_P(Feed, leaving_a_topic_is_told_of_those_who_agreed) {
    const auto yes = customer("51", "ada51@example.org", "yes"), no = customer("52", "ada52@example.org", "");
    days(0);
    db->write([&](Tx& tx) {
        for (const auto& id : {yes, no})
            for (const char* purpose : {"marketing", "channel_call"}) {
                const contact::Consent said{id, purpose, "no", "1", "preference_page", {}, clock.now()};
                contact::note_consents(tx, {&said, 1});
            }
    });
    clock.advance(30);
    run->look();
    run->look();
    EXPECT_THAT(told({{yes, "yes"}}), ElementsAre("unsubscribed yes", "unsubscribed yes"));
    EXPECT_NE(text.find("\"topic\":\"marketing\""), std::string::npos);
    EXPECT_NE(text.find("\"channel\":\"call\""), std::string::npos);
}

TEST_P(Feed, GDP_3_who_is_erased_is_told_of_as_forgotten_and_who_never_agreed_is_not) {
    const auto yes = customer("61", "ada61@example.org", "yes"), never_agreed = customer("62", "ada62@example.org", "no");
    lives("1", yes, "order"), lives("2", never_agreed, "order");
    days(1);
    told({});
    db->write([&](Tx& tx) {
        for (const auto& id : {yes, never_agreed}) {
            forget_person(tx, clock.now(), id);
            experiences::forget_customer(tx, id);
            contact::erase_customer(tx, id);
        }
    });
    days(1);
    EXPECT_THAT(told({{yes, "yes"}}), ElementsAre("forgotten yes"));
    EXPECT_NE(text.find("\"why\":\"erased\""), std::string::npos);
    // Who reads from the beginning later is told no more of that person, and all of the others.
    const auto other = customer("63", "ada63@example.org", "yes");
    lives("3", other, "workshop");
    days(1);
    place = {};
    EXPECT_THAT(told({{yes, "yes"}, {other, "other"}}), ElementsAre("forgotten yes", "visited other"));
}

TEST_P(Feed, a_receiver_moves_only_from_where_it_stood) {
    db->write([&](Tx& tx) {
        EXPECT_EQ(feed_cursor(tx, "kafka"), events::Place{});
        EXPECT_TRUE(move_feed_cursor(tx, "kafka", {}, {0, 7}));
        EXPECT_FALSE(move_feed_cursor(tx, "kafka", {}, {0, 9}));
        EXPECT_EQ(feed_cursor(tx, "kafka"), (events::Place{0, 7}));
        EXPECT_TRUE(move_feed_cursor(tx, "kafka", {0, 7}, {0, 9}));
    });
}

INSTANTIATE_TEST_SUITE_P(Both, Feed, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::plan
