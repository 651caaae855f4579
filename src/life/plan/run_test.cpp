// The plan runs on a real database: each decision is a row, each message goes once, each rule holds back what it must.
// Norms: EML-4, EML-10, EML-11, GDP-5, INC-6
#include "life/plan/run.h"

#include <gmock/gmock.h>

#include "life/plan/test_run.h"
#include "record/contact/clicks.h"
#include "record/contact/topics.h"

namespace verbatim::plan {
namespace {

using storage::Tx;
using ::testing::ElementsAre;

constexpr std::string_view head = R"([plan]
name = "test"
version = "1"
languages = ["en"]
countries = ["FR", "DE"]
at = "10:00"
gap = "0 days"
[quiet]
from = "20:00"
to = "08:00"
days = ["sunday"]
[[cap]]
at_most = 1
within = "30 days"
purpose = ["marketing"]
[template.t]
en = "News for {first_name}"
[[campaign]]
id = "welcome"
name = "Welcome"
purpose = "marketing"
sender = "brand"
template = "t"
channel = ["mail"]
consent = ["yes", "soft_optin"]
trigger = { event = "order", after = "7 days" }
stop = ["sold", "complaint_open", "unsubscribed", "deceased"]
)";
constexpr std::string_view second = R"([[campaign]]
id = "accessories"
name = "Accessories"
purpose = "marketing"
sender = "brand"
template = "t"
channel = ["mail"]
consent = ["yes"]
trigger = { event = "order", after = "10 days" }
stop = ["sold", "unsubscribed", "deceased"]
)";

class Running : public RunningPlan {
protected:
    void SetUp() override {
        RunningPlan::SetUp();
        if (!db) return;
        Sources sources;
        sources.cases = [this](Tx&, std::string_view reviews, const std::function<void(const Sources::Case&)>& each) {
            if (reviews.find("\"R1\"") != std::string_view::npos) each({"R1", at("2027-01-05T10:00:00Z"), closed, "settled"});
        };
        run.emplace(*db, clock, sources, RunOptions{"Aurelle", "https://reviews.example", 2});
    }
    static Seconds at(std::string_view text) { return *parse_moment(text); }
    // A customer who ordered on 2027-01-04, a Monday.
    std::string ordered(const std::string& number, std::string_view marketing = "yes", const std::string& vin = {}, const std::string& day = "2027-01-04") {
        return db->write([&](Tx& tx) {
            contact::Customer one;
            one.external = number, one.first_name = "Claire", one.email = number + "@example.org", one.locale = "en-FR", one.country = "FR";
            const auto id = keep_person(tx, one, marketing);
            keep_experience(tx, "E" + number, id, "order", day, {}, vin);
            return id;
        });
    }
    void publish(std::string_view text) {
        const auto done = run->publish(Actor::system("test"), text, 0);
        ASSERT_TRUE(done) << done.error().message;
    }
    std::vector<std::string> told(const std::string& customer) {
        std::vector<std::string> all;
        for (const auto& one : db->read([&](Tx& tx) { return touchpoints_of_customer(tx, customer, 100); })) all.insert(all.begin(), format_moment(one.at) + " " + one.campaign + " " + one.outcome);
        return all;
    }
    // One look an hour, as a server that is not in a hurry.
    void live_until(std::string_view moment) {
        for (const auto end = at(moment); clock.now() < end; clock.advance(one_hour)) run->look();
        run->look();
    }

    Seconds closed = 0;
};

TEST_P(Running, what_is_due_goes_once_and_no_look_repeats_it) {
    publish(head);
    std::vector<std::string> customers;
    for (const char* number : {"1", "2", "3", "4", "5"}) customers.push_back(ordered(number));
    live_until("2027-01-13T12:00:00Z");
    for (const auto& customer : customers) EXPECT_THAT(told(customer), ElementsAre("2027-01-11T09:00:00Z welcome sent"));  // ten o'clock in Paris
    EXPECT_EQ(letters(), 5);
    EXPECT_EQ(run->look().people, 0);  // nobody is due
    // A killed look leaves a person marked: looking again changes nothing.
    db->write([](Tx& tx) { tx.exec("UPDATE plan_person SET next_at = 0"); });
    EXPECT_EQ(run->look().people, 5);
    EXPECT_EQ(letters(), 5);
}

TEST_P(Running, a_new_version_is_decided_about_everybody_once_and_a_killed_look_goes_on) {
    publish(head);
    for (const char* number : {"1", "2", "3", "4", "5"}) ordered(number);
    live_until("2027-01-04T13:00:00Z");
    const auto looked = [&] { return db->read([](Tx& tx) { return tx.rows<std::int64_t>("SELECT looked_at FROM plan_person ORDER BY number"); }); };
    const auto before = looked();
    clock.advance(one_hour);
    EXPECT_EQ(run->look().people, 0);
    publish(head);
    EXPECT_EQ(run->look().people, 5);
    EXPECT_EQ(looked(), before);  // for nobody anything changes, so nothing is written
    EXPECT_EQ(run->look().people, 0);
    // Killed behind the second person: the others are decided about, the first two are not again.
    publish(std::string(head) + std::string(second));
    db->write([](Tx& tx) {
        tx.exec("UPDATE plan_cursor SET at = (SELECT MAX(number) FROM plan_version) WHERE name = 'decided_version'");
        tx.exec("UPDATE plan_cursor SET at = (SELECT MIN(number) + 1 FROM plan_person) WHERE name = 'decided_to'");
    });
    EXPECT_EQ(run->look().people, 3);
    // Under the second version somebody is due at another moment: that is written, and nothing is lost.
    publish(std::string(head) + std::string(second));
    live_until("2027-02-01T12:00:00Z");
    EXPECT_EQ(letters(), 5);
}

TEST_P(Running, an_earlier_version_that_holds_again_is_decided_about_everybody) {
    publish(head);
    ordered("1"), ordered("2"), ordered("3");
    live_until("2027-01-04T13:00:00Z");
    ASSERT_TRUE(run->publish(Actor::system("test"), std::string(head) + std::string(second), clock.now() + one_day));
    EXPECT_EQ(run->look().people, 0);
    clock.advance(one_day);
    EXPECT_EQ(run->look().people, 3);
    clock.advance(-one_hour);  // a clock that was put right
    EXPECT_EQ(run->look().people, 3);
    clock.advance(one_hour);
    EXPECT_EQ(run->look().people, 3);
    EXPECT_EQ(run->look().people, 0);
}

TEST_P(Running, a_cap_lets_the_second_wait_and_gives_it_up) {
    publish(std::string(head) + std::string(second));
    const auto customer = ordered("1");
    live_until("2027-02-01T12:00:00Z");
    EXPECT_THAT(told(customer), ElementsAre("2027-01-11T09:00:00Z welcome sent", "2027-01-29T09:00:00Z accessories capped"));
}

TEST_P(Running, quiet_hours_are_on_the_persons_clock) {
    publish(head);
    const auto customer = ordered("1", "yes", {}, "2027-01-03");  // seven days later is a Sunday
    clock.set(at("2027-01-10T09:30:00Z"));
    run->look();
    EXPECT_TRUE(told(customer).empty());
    clock.set(at("2027-01-11T06:59:00Z"));  // Monday, a minute before eight in Paris
    run->look();
    EXPECT_TRUE(told(customer).empty());
    clock.set(at("2027-01-11T19:30:00Z"));  // Monday, half past eight in the evening
    run->look();
    EXPECT_TRUE(told(customer).empty());
    clock.set(at("2027-01-12T09:00:00Z"));
    run->look();
    EXPECT_THAT(told(customer), ElementsAre("2027-01-12T09:00:00Z welcome sent"));
}

TEST_P(Running, sold_dead_and_unwilling_are_left_in_peace) {
    publish(head);
    const auto sold = ordered("1", "yes", "VF1AAAA0000000001"), dead = ordered("2"), unwilling = ordered("3", "no"), nothing = ordered("4", "contract");
    ASSERT_TRUE(run->tell(Actor::system("test"), sold, "VF1AAAA0000000001", "sold", at("2027-01-08T00:00:00Z") / one_day));
    ASSERT_TRUE(run->tell(Actor::system("test"), dead, "", "deceased", at("2027-01-08T00:00:00Z") / one_day));
    EXPECT_EQ(run->tell(Actor::system("test"), dead, "", "moved", 1).error().code, "what_unknown");
    live_until("2027-01-12T12:00:00Z");
    EXPECT_THAT(told(sold), ElementsAre("2027-01-11T09:00:00Z welcome sold"));
    EXPECT_THAT(told(dead), ElementsAre("2027-01-11T09:00:00Z welcome deceased"));
    EXPECT_THAT(told(unwilling), ElementsAre("2027-01-11T09:00:00Z welcome unsubscribed"));
    EXPECT_THAT(told(nothing), ElementsAre("2027-01-11T09:00:00Z welcome no_basis"));
    EXPECT_EQ(letters(), 0);
}

TEST_P(Running, an_address_that_was_suppressed_stays_so_after_an_import) {  // norm EML-10
    publish(head);
    db->write([&](Tx& tx) { contact::suppress_as(tx, clock.now(), "1@example.org", "marketing", "unsubscribed"); });
    const auto customer = ordered("1");
    live_until("2027-01-12T12:00:00Z");
    EXPECT_THAT(told(customer), ElementsAre("2027-01-11T09:00:00Z welcome unsubscribed"));
    EXPECT_EQ(letters(), 0);
}

TEST_P(Running, unsubscribing_by_its_link_ends_every_topic_but_service) {  // norms EML-4, EML-10
    publish(head);
    const auto customer = ordered("1");
    live_until("2027-01-12T12:00:00Z");
    const auto letter = db->read([](Tx& tx) { return contact::waiting_letters(tx); });
    ASSERT_EQ(letter.size(), 1u);
    EXPECT_NE(letter.front().data.find("News for Claire"), std::string::npos);
    const auto start = letter.front().data.find("unsubscribe_token\":\"") + 20;
    const auto token = letter.front().data.substr(start, 22);
    EXPECT_TRUE(db->write([&](Tx& tx) { return contact::set_preferences(tx, clock.now(), token, false); }));
    db->read([&](Tx& tx) {
        for (const char* topic : {"marketing", "survey", "invitation"}) EXPECT_TRUE(contact::suppressed_as(tx, "1@example.org", topic)) << topic;
        EXPECT_FALSE(contact::suppressed_as(tx, "1@example.org", "service"));
    });
}

TEST_P(Running, an_open_complaint_holds_back_and_its_end_lets_go) {
    publish(head);
    const auto customer = ordered("1");
    db->write([&](Tx& tx) {
        tx.exec("INSERT INTO review (id, subject, service, origin, customer, state, version, rating, contact_me, submitted_at) VALUES ('R1', 'site:LAKE', 'new_car', 'invited', $1, 'published', 1, 1, 1, $2)", customer,
                at("2027-01-05T09:00:00Z"));
    });
    live_until("2027-01-14T12:00:00Z");
    EXPECT_TRUE(told(customer).empty());
    closed = at("2027-01-14T15:00:00Z");
    live_until("2027-01-15T12:00:00Z");
    EXPECT_THAT(told(customer), ElementsAre("2027-01-15T09:00:00Z welcome sent"));
}

TEST_P(Running, a_plan_edited_while_it_runs_never_repeats_and_decides_what_is_open) {
    publish(head);
    const auto customer = ordered("1");
    live_until("2027-01-12T12:00:00Z");
    std::string edited(head);
    edited.replace(edited.find("7 days"), 6, "8 days");  // another day would be another occurrence: the id is kept, the rule moves
    edited.replace(edited.find("at_most = 1"), 11, "at_most = 9");
    edited.replace(edited.find("version = \"1\""), 13, "version = \"2\"");
    const auto late = ordered("2");
    publish(edited + std::string(second));
    live_until("2027-01-18T12:00:00Z");
    EXPECT_THAT(told(late), ElementsAre("2027-01-12T12:00:00Z welcome sent", "2027-01-14T09:00:00Z accessories sent"));
    EXPECT_EQ(db->read([&](Tx& tx) { return versions(tx, 9); }).size(), 2u);
    const auto all = db->read([&](Tx& tx) { return touchpoints_of_customer(tx, customer, 9); });
    EXPECT_EQ(all.front().campaign, "accessories");
    EXPECT_EQ(all.front().version, "2");
    EXPECT_EQ(all.back().version, "1");
}

TEST_P(Running, a_clock_that_jumps_repeats_nothing_and_forgets_nobody) {
    publish(head);
    const auto customer = ordered("1");
    live_until("2027-01-12T12:00:00Z");
    clock.set(at("2027-01-05T00:00:00Z"));
    run->look();
    const auto later = ordered("2");  // came in by the clock that was put back
    live_until("2027-01-13T12:00:00Z");
    EXPECT_EQ(told(customer).size(), 1u);
    EXPECT_THAT(told(later), ElementsAre("2027-01-11T09:00:00Z welcome sent"));
    EXPECT_EQ(letters(), 2);
}

TEST_P(Running, through_the_change_of_the_clocks_ten_is_ten) {
    clock.set(at("2027-03-22T12:00:00Z"));
    publish(head);
    const auto customer = ordered("1", "yes", {}, "2027-03-22");  // a week later summer time has begun
    live_until("2027-03-30T12:00:00Z");
    EXPECT_THAT(told(customer), ElementsAre("2027-03-29T08:00:00Z welcome sent"));
}

TEST_P(Running, erased_is_erased) {  // norm GDP-5
    publish(head);
    const auto customer = ordered("1", "yes", "VF1AAAA0000000001");
    live_until("2027-01-12T12:00:00Z");
    ASSERT_EQ(told(customer).size(), 1u);
    db->write([&](Tx& tx) {
        forget_person(tx, clock.now(), customer);
        experiences::forget_customer(tx, customer);
        contact::erase_customer(tx, customer);
    });
    for (const auto sql : {"plan_touch", "plan_vehicle", "plan_fact", "plan_person"}) {
        const auto count = db->read([&](Tx& tx) {
            return std::string_view(sql) == "plan_touch" ? tx.value<std::int64_t>("SELECT COUNT(*) FROM plan_touch") : std::string_view(sql) == "plan_vehicle" ? tx.value<std::int64_t>("SELECT COUNT(*) FROM plan_vehicle")
                 : std::string_view(sql) == "plan_fact"                                                                ? tx.value<std::int64_t>("SELECT COUNT(*) FROM plan_fact")
                                                                                                                       : tx.value<std::int64_t>("SELECT COUNT(*) FROM plan_person");
        });
        EXPECT_EQ(count, 0) << sql;
    }
    live_until("2027-01-13T12:00:00Z");
    EXPECT_TRUE(told(customer).empty());
}

TEST_P(Running, figures_count_what_was_decided) {
    publish(head);
    ordered("1"), ordered("2"), ordered("3", "no");
    live_until("2027-01-12T12:00:00Z");
    std::map<std::string, std::int64_t> counts;
    const auto figures = run->figures(Actor::system("test"), at("2027-01-01T00:00:00Z"), at("2027-02-01T00:00:00Z"));
    ASSERT_TRUE(figures);
    for (const auto& one : *figures) counts[one.campaign + " " + one.month + " " + one.country + " " + one.outcome] += one.count;
    EXPECT_EQ(counts, (std::map<std::string, std::int64_t>{{"welcome 2027-01 FR sent", 2}, {"welcome 2027-01 FR unsubscribed", 1}}));
}

TEST_P(Running, only_a_good_plan_is_published_and_never_for_the_past) {
    EXPECT_EQ(run->publish(Actor::system("test"), "[plan]\n", 0).error().code, "plan_faults");
    EXPECT_EQ(run->publish(Actor::system("test"), head, clock.now() - one_day).error().code, "from_past");
    EXPECT_EQ(run->publish({ActorKind::staff, "cora@example.org", "crm", "FR"}, head, 0).error().code, "whole_brand");
    EXPECT_TRUE(run->publish({ActorKind::staff, "cora@example.org", "crm", "*"}, head, clock.now() + one_day));
    EXPECT_FALSE(run->current());
}

INSTANTIATE_TEST_SUITE_P(Both, Running, intake::both_engines, intake::engine_name);

// Clicks: whose, and what followed.
class Clicks : public Running {
protected:
    // The letter of this customer, marked as sent now.
    std::string sent_letter(const std::string& customer) {
        return db->write([&](Tx& tx) {
            const auto id = tx.value<std::string>("SELECT id FROM message WHERE customer = $1", customer);
            tx.exec("UPDATE message SET state = 'sent', sent_at = $2 WHERE id = $1", id, clock.now());
            return id;
        });
    }
    bool click(const std::string& message, const std::string& target, bool robot = false) {
        const auto path = contact::click_path(message, target);
        return run->follow(path.substr(3, path.find('?') - 3), target, robot).has_value();
    }
    Effect effect() {
        const auto all = run->effects(Actor::system("test"), at("2027-01-01T00:00:00Z"), at("2027-06-01T00:00:00Z"), 90, By::country);
        EXPECT_TRUE(all && all->size() == 1);
        return all && !all->empty() ? all->front() : Effect{};
    }
};

TEST_P(Clicks, a_person_and_a_program_are_told_apart) {
    publish(head);
    const auto person = ordered("1"), scanner = ordered("2"), both = ordered("3"), nobody = ordered("4"), burst = ordered("5");
    live_until("2027-01-12T12:00:00Z");
    const auto to_person = sent_letter(person), to_scanner = sent_letter(scanner), to_both = sent_letter(both), to_burst = sent_letter(burst);
    sent_letter(nobody);
    clock.advance(3);
    EXPECT_TRUE(click(to_scanner, "/sites/LAKE"));  // within seconds of delivery
    EXPECT_TRUE(click(to_both, "/sites/LAKE"));
    clock.advance(one_hour);
    EXPECT_TRUE(click(to_scanner, "/sites/LAKE", true));  // names itself a robot
    for (const char* target : {"/review/LAKE?n=1", "/review/LAKE?n=2", "/review/LAKE?n=3"}) EXPECT_TRUE(click(to_burst, target));
    EXPECT_TRUE(click(to_both, "/sites/LAKE"));
    EXPECT_TRUE(click(to_person, "/sites/LAKE"));
    EXPECT_TRUE(click(to_person, "/sites/LAKE"));  // twice is one letter
    const auto one = effect();
    EXPECT_EQ(one.campaign, "welcome");
    EXPECT_EQ(one.of, "FR");
    EXPECT_EQ(one.sent, 5);
    EXPECT_EQ(one.clicked, 2);
    EXPECT_EQ(one.clicked_by_programs, 2);
}

TEST_P(Clicks, a_link_of_ours_leads_on_and_no_other) {
    publish(head);
    const auto customer = ordered("1");
    live_until("2027-01-12T12:00:00Z");
    const auto message = sent_letter(customer);
    const auto path = contact::click_path(message, "/sites/LAKE");
    const auto token = path.substr(3, path.find('?') - 3);
    EXPECT_EQ(run->follow(token, "/sites/LAKE", false), "/sites/LAKE");
    EXPECT_FALSE(run->follow(token, "https://elsewhere.example/", false));  // no open redirect
    EXPECT_FALSE(run->follow(token, "/sites/OTHER", false));
    EXPECT_FALSE(run->follow(token.substr(0, token.size() - 1), "/sites/LAKE", false));
    for (const char* junk : {"", "-", "a-", "-0123456789abcdef", "x"}) EXPECT_FALSE(run->follow(junk, "/sites/LAKE", false)) << junk;
    EXPECT_TRUE(click("aaaaaaaaaaaaaaaaaaaa", "/sites/LAKE"));  // ours, of a letter that is gone: the way goes on, nothing is kept
}

TEST_P(Clicks, EML_11_GDP_5_who_does_not_want_to_be_followed_and_who_is_gone_leave_no_trace) {
    publish(head);
    const auto unwilling = ordered("1"), gone = ordered("2");
    live_until("2027-01-12T12:00:00Z");
    const auto to_unwilling = sent_letter(unwilling), to_gone = sent_letter(gone);
    db->write([&](Tx& tx) {
        const contact::Consent said{unwilling, "tracking", "no", "1", "form", {}, clock.now()};
        contact::note_consents(tx, {&said, 1});
    });
    clock.advance(one_hour);
    EXPECT_TRUE(click(to_unwilling, "/sites/LAKE"));
    EXPECT_TRUE(click(to_gone, "/sites/LAKE"));
    const auto clicks = [&] { return db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM plan_click"); }); };
    EXPECT_EQ(clicks(), 1);
    db->write([&](Tx& tx) { forget_person(tx, clock.now(), gone); });
    EXPECT_EQ(clicks(), 0);
}

TEST_P(Clicks, what_followed_is_counted_within_its_days) {
    publish(head);
    const auto soon = ordered("1"), late = ordered("2");
    live_until("2027-01-12T12:00:00Z");
    const auto visit = [&](const std::string& customer, const std::string& day) {
        db->write([&](Tx& tx) {
            experiences::Experience e;
            e.id = "V" + customer, e.kind = "workshop", e.occurred_on = day, e.site = "LAKE", e.customer = customer, e.country = "FR", e.imported_at = clock.now();
            experiences::keep(tx, e);
        });
    };
    visit(soon, "2027-02-01"), visit(late, "2027-05-01");
    const auto one = effect();
    EXPECT_EQ(one.sent, 2);
    EXPECT_EQ(one.visits, 1);
    EXPECT_EQ(one.orders, 0);  // that of 4 January was before the letter
}

// Opens: a picture in letters to those who agreed, asked for by people and by programs.
class Opens : public Clicks {
protected:
    static std::string measured() { return std::string(head) + "opens = true\nwhen.consent.tracking = \"yes\"\n"; }
    void say(const std::string& customer, const std::string& basis) {
        db->write([&](Tx& tx) {
            const contact::Consent said{customer, "tracking", basis, "1", "preference_page", {}, clock.now()};
            contact::note_consents(tx, {&said, 1});
        });
    }
    void open(const std::string& message, bool robot = false) { run->opened(std::string_view(contact::open_path(message)).substr(3), robot); }
};

TEST_P(Opens, EML_11_are_known_of_those_alone_who_agreed_and_told_from_programs) {
    publish(measured());
    const auto reader = ordered("1"), prefetched = ordered("2"), both = ordered("3"), unopened = ordered("4"), never_asked = ordered("5"), unwilling = ordered("6");
    for (const auto& one : {reader, prefetched, both, unopened}) say(one, "yes");
    say(unwilling, "no");
    live_until("2027-01-12T12:00:00Z");
    EXPECT_EQ(letters(), 4);
    EXPECT_TRUE(told(never_asked).empty() || told(never_asked).front().find("sent") == std::string::npos);
    const auto to_reader = sent_letter(reader), to_prefetched = sent_letter(prefetched), to_both = sent_letter(both);
    sent_letter(unopened);
    EXPECT_EQ(effect().measured, 4);
    EXPECT_EQ(effect().opened, 0);
    clock.advance(3);
    open(to_prefetched), open(to_both);  // within seconds of delivery
    clock.advance(one_hour);
    open(to_prefetched, true);
    EXPECT_EQ(effect().opened_by_programs, 2);
    open(to_reader), open(to_reader), open(to_both);
    const auto one = effect();
    EXPECT_EQ(one.measured, 4);
    EXPECT_EQ(one.opened, 2);
    EXPECT_EQ(one.opened_by_programs, 1);
    EXPECT_EQ(one.clicked + one.clicked_by_programs, 0);
    // A row a letter, however often it is opened; the first time stays.
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM plan_open"); }), 4);
    const auto kept = db->read([&](Tx& tx) { return touchpoints_of_customer(tx, reader, 1); });
    const auto first = clock.now();
    clock.advance(one_day);
    open(to_reader);
    EXPECT_EQ(kept.at(0).opened_at, first);
    EXPECT_EQ(db->read([&](Tx& tx) { return touchpoints_of_customer(tx, reader, 1); }).at(0).opened_at, first);
    EXPECT_EQ(db->read([&](Tx& tx) { return touchpoints_of_customer(tx, prefetched, 1); }).at(0).opened_at, 0);
}

TEST_P(Opens, EML_11_GDP_1_taken_back_or_forged_or_gone_they_leave_no_trace) {
    publish(measured());
    const auto left = ordered("1"), gone = ordered("2"), there = ordered("3");
    for (const auto& one : {left, gone, there}) say(one, "yes");
    live_until("2027-01-12T12:00:00Z");
    const auto to_left = sent_letter(left), to_gone = sent_letter(gone), to_there = sent_letter(there);
    clock.advance(one_hour);
    say(left, "no");  // the letter lies in the mailbox already
    open(to_left);
    EXPECT_EQ(effect().opened, 0);
    for (const auto& junk : {std::string(), std::string("-"), to_there, to_there + "-0123456789abcdef", std::string("aaaaaaaaaaaaaaaaaaaa") + contact::open_path(to_there).substr(3 + to_there.size())}) run->opened(junk, false);
    // A link's signature opens nothing, and a picture's leads nowhere.
    const auto link = contact::click_path(to_there, "/");
    run->opened(std::string_view(link).substr(3, link.find('?') - 3), false);
    EXPECT_FALSE(run->follow(std::string_view(contact::open_path(to_there)).substr(3), "/", false));
    EXPECT_FALSE(run->follow(std::string_view(contact::open_path(to_there)).substr(3), "", false));
    EXPECT_EQ(effect().opened + effect().opened_by_programs, 0);
    open(to_gone);
    EXPECT_EQ(effect().opened, 1);
    db->write([&](Tx& tx) { forget_person(tx, clock.now(), gone); });
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM plan_open"); }), 2);
}

TEST(Prefetch, IsToldByItsName) {
    EXPECT_TRUE(is_prefetch(false, "Mozilla/5.0"));
    EXPECT_TRUE(is_prefetch(true, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)"));
    EXPECT_TRUE(is_prefetch(false, ""));
    EXPECT_FALSE(is_prefetch(false, "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"));
    EXPECT_FALSE(is_prefetch(false, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"));
}

INSTANTIATE_TEST_SUITE_P(Both, Opens, intake::both_engines, intake::engine_name);
INSTANTIATE_TEST_SUITE_P(Both, Clicks, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::plan
