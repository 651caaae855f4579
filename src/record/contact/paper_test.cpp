// Letters on paper: the gate, the frozen run, what comes back. Norms: EML-4, EML-10, GDP-2, GDP-3, GDP-5
#include "record/contact/paper.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "record/contact/channels.h"
#include "record/contact/postal.h"
#include "record/contact/reach.h"
#include "record/contact/test_contact.h"
#include "record/contact/topics.h"
#include "record/vault/vault.h"

namespace verbatim::contact {
namespace {

using nlohmann::json;
using storage::Tx;
using ::testing::HasSubstr;
using ::testing::Not;

class Paper : public ContactDatabase {
protected:
    void SetUp() override {
        ContactDatabase::SetUp();
        if (!db) return;
        sender.brand = "Nordhaven", sender.operator_name = "Nordhaven AG", sender.base_url = "https://r.example";
    }
    std::string person(const std::string& number, const PostalAddress& address, const std::string& source = "form", const std::string& country = "DE") {
        Customer one;
        one.external = number, one.first_name = number, one.last_name = "Brandt", one.locale = "de", one.source = source, one.country = country, one.source_site = "LAKE";
        return db->write([&](Tx& tx) {
            const auto id = keep_customer(tx, now, one);
            keep_postal(tx, now, id, address);
            return id;
        });
    }
    Queued write(const std::string& to, const std::string& key, const std::string& topic = "marketing") {
        Message message;
        message.key = key, message.customer = to, message.about = "plan:tyres", message.mail_template = "letter_offer";
        message.data = json{{"LETTER", "winter_tyres"}, {"FAMILY", "offer"}, {"BUTTON", "dealer"}, {"PURPOSE", topic}, {"SUBJECT", "Der Winter kommt"}, {"LANG", "de"}, {"MODEL", "Brisa"},
                            {"DEALER", "Autohaus am See"}, {"SAME", false}, {"YEAR", 0}, {"PHONE", ""}, {"FACTS", false}, {"TARGET", "/sites/LAKE"}}.dump();
        return db->write([&](Tx& tx) { return queue_paper(tx, now, message, topic); });
    }
    std::optional<PrintRun> run() {
        return db->write([&](Tx& tx) { return begin_print_run(tx, now, sender, "system:test"); });
    }
    std::vector<PaperLetter> letters(std::int64_t number) {
        return db->read([&](Tx& tx) {
            std::vector<PaperLetter> all;
            letters_of_run(tx, number, [&](PaperLetter&& one) { all.push_back(std::move(one)); });
            return all;
        });
    }
    std::string state(const std::string& key) {
        return db->read([&](Tx& tx) { return state_of(tx, key); });
    }
    bool reached(const std::string& customer) {
        bool yes = false;
        db->read([&](Tx& tx) { reach_of(tx, json::array({customer}).dump(), [&](const Reach& one) { yes = one.postal; }); });
        return yes;
    }
    PaperReturn back(const std::string& reference) {
        return db->write([&](Tx& tx) { return take_paper_return(tx, now, reference, "moved"); });
    }
    Seconds now = 1'795'000'000;
    Sender sender;
    const PostalAddress lake{"Seestraße 4", "24103", "Kiel"}, hill{"Am Hang 12", "20095", "Hamburg"};
};

TEST_P(Paper, a_run_freezes_what_waits_sorted_as_the_post_does_and_nothing_twice) {
    const auto a = person("Anton", lake), b = person("Berta", hill);
    EXPECT_EQ(write(a, "k1"), Queued::queued);
    EXPECT_EQ(write(a, "k1"), Queued::already_there);
    EXPECT_EQ(write(b, "k2"), Queued::queued);
    const auto one = run();
    ASSERT_TRUE(one);
    EXPECT_EQ(one->letters, 2);
    EXPECT_FALSE(run()) << "nothing waits any more";
    const auto all = letters(one->number);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].name, "Berta Brandt") << "20095 before 24103";
    EXPECT_EQ(all[1].street, "Seestraße 4");
    EXPECT_EQ(all[1].reference, std::to_string(one->number) + "-00002");
    EXPECT_EQ(all[1].subject, "Der Winter kommt");
    EXPECT_THAT(all[1].body, HasSubstr("https://r.example/sites/LAKE"));
    EXPECT_THAT(all[1].body, HasSubstr("https://r.example/u/")) << "a way out in print";
    EXPECT_EQ(state("k1"), "waiting") << "not sent before the files are whole";
    db->write([&](Tx& tx) {
        ASSERT_EQ(open_print_runs(tx).size(), 1u);
        print_run_written(tx, now + 5, one->number);
        EXPECT_TRUE(open_print_runs(tx).empty());
    });
    EXPECT_EQ(state("k1"), "sent");
    EXPECT_EQ(letters(one->number).size(), 2u) << "may be made again";
    db->write([&](Tx& tx) { EXPECT_EQ(thaw_prints(tx, now + 6, 100), 2); });
    EXPECT_TRUE(letters(one->number).empty()) << "names and addresses are gone thirty days later";
}

TEST_P(Paper, what_was_frozen_stays_as_it_was_whatever_changes_after) {
    const auto a = person("Anton", lake);
    write(a, "k1");
    const auto before = letters(run()->number);
    db->write([&](Tx& tx) { keep_postal(tx, now, a, hill); });
    sender.brand = "Another";
    const auto after = letters(1);
    ASSERT_EQ(after.size(), 1u);
    EXPECT_EQ(after[0].street, before[0].street);
    EXPECT_EQ(after[0].body, before[0].body);
}

TEST_P(Paper, EML_4_who_leaves_while_the_letter_waits_gets_none) {
    const auto a = person("Anton", lake);
    write(a, "k1"), write(a, "k2", "service");
    db->write([&](Tx& tx) { suppress_as(tx, now, postal_line(lake, "DE"), "marketing", "unsubscribed"); });
    EXPECT_EQ(write(a, "k3"), Queued::opted_out);
    const auto one = run();
    ASSERT_TRUE(one);
    EXPECT_EQ(one->letters, 1) << "what is owed goes";
    EXPECT_EQ(state("k1"), "cancelled");
    db->write([&](Tx& tx) { suppress_as(tx, now, postal_line(lake, "DE"), closed_channel("paper"), "unsubscribed"); });
    EXPECT_EQ(write(a, "k4", "service"), Queued::opted_out) << "no paper at all, and mail is left";
}

TEST_P(Paper, EML_10_what_came_back_closes_the_address_for_whoever_is_imported_under_it) {
    const auto a = person("Anton", lake);
    write(a, "k1");
    const auto one = run();
    db->write([&](Tx& tx) { keep_postal(tx, now, a, hill); });  // moved, and told us before the post did
    const auto reference = letters(one->number).at(0).reference;
    EXPECT_EQ(back(reference), PaperReturn::taken);
    EXPECT_EQ(back(reference), PaperReturn::already);
    for (const char* no : {"", "1", "-", "1-", "9-00001", "1-00009", "1-00001x", "x-1", "99999999999999999999-1"}) EXPECT_EQ(back(no), PaperReturn::unknown) << no;
    EXPECT_TRUE(reached(a)) << "the new address is good";
    EXPECT_EQ(write(a, "k2"), Queued::queued);
    db->write([&](Tx& tx) { keep_postal(tx, now, a, lake); });
    EXPECT_FALSE(reached(a));
    EXPECT_EQ(write(a, "k3"), Queued::no_address);
    const auto same = person("Dora", {"Seestraße 4.", "24103", "Kiel"});
    EXPECT_FALSE(reached(same)) << "the same address, written another way";
    EXPECT_TRUE(reached(person("Emil", hill)));
}

TEST_P(Paper, GDP_2_whom_a_dealer_named_is_told_in_the_letter_and_then_by_it) {
    const auto a = person("Anton", lake, "dealer");
    write(a, "k1"), write(a, "k2");
    const auto one = run();
    EXPECT_THAT(letters(one->number).at(0).body, HasSubstr("https://r.example/de/privacy"));
    EXPECT_FALSE(db->read([&](Tx& tx) { return notice_given(tx, a); }));
    db->write([&](Tx& tx) { print_run_written(tx, now, one->number); });
    EXPECT_TRUE(db->read([&](Tx& tx) { return notice_given(tx, a); }));
    write(a, "k3");
    EXPECT_THAT(letters(run()->number).at(0).body, Not(HasSubstr("/privacy")));
}

TEST_P(Paper, GDP_3_GDP_5_erased_is_erased_from_the_address_the_queue_and_the_run) {
    const auto a = person("Anton", lake), b = person("Berta", hill);
    write(a, "k1"), write(b, "k2");
    const auto one = run();
    write(a, "k3");
    db->write([&](Tx& tx) { erase_customer(tx, a); });
    EXPECT_EQ(letters(one->number).size(), 1u);
    EXPECT_FALSE(run());
    db->write([&](Tx& tx) {
        EXPECT_FALSE(postal_of(tx, a));
        purge_identities(tx, now + 1, 100);
        EXPECT_EQ(tx.value<std::int64_t>("SELECT COUNT(*) FROM postal_address"), 0);
    });
}

TEST_P(Paper, a_new_key_seals_addresses_and_runs_too) {
    const auto a = person("Anton", lake);
    write(a, "k1");
    const auto one = run();
    vault::add_key(*db, now);
    seal_again(*db);
    vault::drop_old(*db);
    EXPECT_EQ(letters(one->number).at(0).city, "Kiel");
    EXPECT_EQ(db->read([&](Tx& tx) { return postal_of(tx, a)->city; }), "Kiel");
}

INSTANTIATE_TEST_SUITE_P(Engines, Paper, intake::both_engines, intake::engine_name);

TEST(Postal, addresses_are_whole_or_not_there) {
    EXPECT_TRUE(check_postal({}).ok());
    EXPECT_TRUE(check_postal({"a", "b", "c"}).ok());
    EXPECT_EQ(check_postal({"a", "", "c"}).error().field, "postcode");
    EXPECT_EQ(check_postal({"a\nb", "1", "c"}).error().field, "street");
    EXPECT_EQ(check_postal({std::string(121, 'x'), "1", "c"}).error().field, "street");
    EXPECT_EQ(postal_line({"7, Rue des Lilas", "44000", "NANTES"}, "FR"), postal_line({"7 rue des lilas", "44 000", "Nantes"}, "FR"));
}

}  // namespace
}  // namespace verbatim::contact
