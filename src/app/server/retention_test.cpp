// GDP-5, MOD-16, PUB-8 with a clock that is moved: after a purge no row is past its limit, what is younger stays, and the log is
// whole. GDP-6, GDP-3: which tables may say who a customer is, and which the export covers.
#include "app/server/retention.h"

#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "app/server/export.h"
#include "app/server/test_platform.h"
#include "app/verify/verify.h"
#include "ground/base/calendar.h"
#include "record/contact/consents.h"

namespace verbatim::server {
namespace {

using storage::Tx;

constexpr Seconds start = 1'450'000'000;  // so long ago that the end of the test is past: the export shows what stands today

class Platform : public TestPlatform {
protected:
    Platform() : TestPlatform(start) {}
    void SetUp() override {
        TestPlatform::SetUp();
        if (IsSkipped()) return;
        house->compose("https://reviews.example");
    }
    std::string customer(const std::string& number) {
        return house->db->write([&](Tx& tx) {
            contact::Customer one;
            one.external = number;
            one.first_name = "Claire";
            one.last_name = "Durand";
            one.email = number + "@example.org";
            const auto id = contact::keep_customer(tx, clock.now(), one);
            const contact::Consent said{id, "invitation", "yes", "dealer", "import", "FR-NAN", clock.now()};
            contact::note_consents(tx, {&said, 1});
            contact::Message message;
            message.key = "receipt:" + number;
            message.customer = id;
            message.mail_template = "receipt";
            message.data = "{}";
            contact::queue(tx, clock.now(), message);
            tx.exec("UPDATE message SET state = 'sent', sealed = NULL WHERE customer = $1", id);
            return id;
        });
    }
    std::string review(const std::string& author, bool refused) {
        return house->db->write([&](Tx& tx) {
            reviews::Submission words;
            words.content.subject = "site:FR-NAN";
            words.content.service = "workshop";
            words.content.rating = 4;
            words.content.body = "Zwei Stunden.";
            words.content.lang = "de";
            words.content.experience_on = "2026-10-01";
            words.origin = "spontaneous";  // nobody asked, so no batch must account for it
            words.customer = author;
            const auto collected = reviews::collect(tx, Actor::customer(author), clock.now(), words);
            reviews::Grounds grounds;
            grounds.reason = "spam";
            grounds.policy = "rules";
            grounds.explanation = "why";
            if (refused) EXPECT_TRUE(reviews::refuse(tx, {ActorKind::staff, "m@example.org", "moderator", "*"}, clock.now(), collected->id, grounds).ok());
            else EXPECT_TRUE(reviews::publish(tx, Actor::system("test"), clock.now(), collected->id).ok());
            return collected->id;
        });
    }
    std::string state(const std::string& id) {
        return house->db->read([&](Tx& tx) { return std::string(reviews::to_word(reviews::find(tx, id)->state)); });
    }
    void run() { purge(*house->db, clock, kept(network::Retention::from(house->settings), clock)); }
    std::int64_t count(const char* what) {
        return house->db->read([&](Tx& tx) {
            const std::string_view table = what;
            return table == "identities" ? tx.value<std::int64_t>("SELECT COUNT(*) FROM customer_identity")
                   : table == "messages" ? tx.value<std::int64_t>("SELECT COUNT(*) FROM message")
                   : table == "consents" ? tx.value<std::int64_t>("SELECT COUNT(*) FROM consent")
                                         : tx.value<std::int64_t>("SELECT COUNT(*) FROM purge_run");
        });
    }
};

INSTANTIATE_TEST_SUITE_P(Both, Platform, ::testing::Values(storage::Engine::sqlite, storage::Engine::postgresql),
                         [](const auto& given) { return given.param == storage::Engine::sqlite ? "sqlite" : "postgresql"; });

TEST_P(Platform, GDP_5_MOD_16_PUB_8_rows_past_their_limit_are_none_and_the_log_stays_whole) {
    std::vector<std::string> old_people;
    for (int i = 0; i < 3; ++i) old_people.push_back(customer("old" + std::to_string(i)));
    const auto published = review(old_people[0], false);
    const auto refused = review(old_people[1], true);
    run();
    EXPECT_EQ(state(published), "published");
    EXPECT_EQ(state(refused), "refused");
    EXPECT_EQ(count("identities"), 3);

    clock.advance(13 * 31 * one_day);  // thirteen months: refused words and messages are over
    const auto young = customer("young");
    const auto young_review = review(young, false);
    run();
    EXPECT_EQ(state(refused), "erased");
    EXPECT_EQ(state(published), "published");
    EXPECT_EQ(count("messages"), 1);
    EXPECT_EQ(count("identities"), 4);

    clock.advance(25 * 31 * one_day);  // more than thirty-six since the first contact
    run();
    EXPECT_EQ(count("identities"), 1);
    EXPECT_EQ(state(published), "published");  // the review outlives the name
    EXPECT_TRUE(house->db->read([&](Tx& tx) { return contact::find_customer(tx, young).has_value(); }));
    EXPECT_EQ(count("consents"), 4);

    clock.advance(25 * 31 * one_day);  // sixty and more: proofs of consent whose person is gone
    run();
    EXPECT_EQ(count("consents"), 1);

    clock.advance(62 * 31 * one_day);  // beyond one hundred and twenty
    run();
    EXPECT_EQ(state(published), "erased");
    EXPECT_EQ(state(young_review), "published");  // a year younger

    house->db->read([&](Tx& tx) {
        for (const auto& one : overdue(tx, clock.now(), kept(network::Retention::from(house->settings), clock))) EXPECT_EQ(one.rows, 0) << one.category;
    });
    EXPECT_EQ(count("runs"), 5 * static_cast<std::int64_t>(kept(network::Retention::from(house->settings), clock).size()));

    house->ledger->sequence();
    house->compose("https://reviews.example");
    ASSERT_TRUE(house->ledger->checkpoint());
    const auto place = house->place;
    house.reset();
    ExportWish wish;
    wish.what = "log";
    wish.out = (folder / "log").string();
    ASSERT_EQ(export_data(place, wish), 0);
    auto source = verify::folder_source(wish.out);
    ASSERT_TRUE(source) << source.error().message;
    std::ostringstream said;
    verify::Options options;
    EXPECT_EQ(verify::run(*source, options, clock.now(), said), 0) << said.str();
}

// The question a purge must answer with 0 can answer something else.
TEST_P(Platform, GDP_5_overdue_rows_are_seen_before_the_purge) {
    customer("old");
    clock.advance(40 * 31 * one_day);
    const auto before = house->db->read([&](Tx& tx) { return overdue(tx, clock.now(), kept(network::Retention::from(house->settings), clock)); });
    std::set<std::string_view> late;
    for (const auto& one : before) {
        if (one.rows != 0) late.insert(one.category);
    }
    EXPECT_EQ(late, (std::set<std::string_view>{"identity", "message"}));
}

// Every table is looked at by a human once: does it hold what names a customer, and does the export or the erasure reach it? A new
// table fails here until its line is written.
TEST_P(Platform, GDP_3_GDP_6_every_table_is_known_for_what_it_says_of_a_customer) {
    if (house->db->engine() != storage::Engine::sqlite) GTEST_SKIP() << "the schema is the same";
    const std::set<std::string> names_customers = {"customer_identity", "message", "postal_address", "print_item"};  // sealed columns, and no others
    std::set<std::string> columns;
    house->db->read([&](Tx& tx) {
        tx.each("SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' ORDER BY 1, 2",
                [&](const storage::Row& row) { columns.insert(std::string(row.text(0)) + "." + std::string(row.text(1))); });
    });
    for (const auto& column : columns) {
        const auto table = column.substr(0, column.find('.')), name = column.substr(column.find('.') + 1);
        // Staff, sites and whoever sent a notice are no customers; contact_secret and setting are the house's.
        const std::set<std::string> of_the_house = {"site", "person", "product", "setting", "suppression", "recovery_case", "job", "job_schedule",
                                                     "account", "api_key", "finding_recipient"};
        if (of_the_house.contains(table)) continue;
        for (const char* word : {"email", "e_mail", "phone", "first_name", "last_name", "salutation", "surname", "external"}) {
            const bool hashed = name.size() > 5 && name.substr(name.size() - 5) == "_hash";
            // The number of words gathered elsewhere; and a mere yes or no.
            const bool elsewhere = column == "review.external_id" || column == "customer_identity.has_phone";
            EXPECT_TRUE(name.find(word) == std::string::npos || hashed || elsewhere) << column << " would hold who a customer is, outside the vault";
        }
    }
    for (const auto& table : names_customers) EXPECT_TRUE(columns.contains(table + ".sealed")) << table;
    EXPECT_FALSE(columns.contains("customer_plain.email"));
    EXPECT_FALSE(columns.contains("message_plain.data"));
}

}  // namespace
}  // namespace verbatim::server
