// GDP-6: who a customer is lies sealed, is found by hash, survives the move from an older version's clear columns, and turns keys.
#include <nlohmann/json.hpp>

#include "engine/intake/test_database.h"
#include "record/contact/contact.h"
#include "record/links/links.h"
#include "record/vault/vault.h"

namespace verbatim::contact {
namespace {

using storage::Tx;

class Identity : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        migrate({jobs::migrations(), links::migrations(), vault::migrations(), migrations().first(2)});
    }
    void upgrade() {
        migrate({jobs::migrations(), links::migrations(), vault::migrations(), migrations()});
        vault::open(*db, 1, (folder / "vault.key").string());
        settle(*db);
    }
    bool on_disk(const std::string& text) {
        db->checkpoint();
        std::string all;
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            if (entry.is_regular_file() && entry.path().filename().string().find(".before-") == std::string::npos) all += read_file(entry.path().string());
        }
        return all.find(text) != std::string::npos;
    }
    Customer claire() const {
        Customer one;
        one.external = "K-4711";
        one.first_name = "Claire";
        one.last_name = "Quatrelivres";
        one.email = "Claire.Q@Example.org";
        one.phone = "+33 6 00";
        one.locale = "fr-FR";
        one.country = "FR";
        return one;
    }
};

TEST_P(Identity, GDP_6_is_sealed_and_found_by_number_and_address) {
    upgrade();
    const auto id = db->write([&](Tx& tx) { return keep_customer(tx, 5, claire()); });
    EXPECT_EQ(db->write([&](Tx& tx) { return keep_customer(tx, 6, claire()); }), id);
    db->read([&](Tx& tx) {
        const auto found = find_customer(tx, id);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->external, "K-4711");
        EXPECT_EQ(found->last_name, "Quatrelivres");
        EXPECT_EQ(found->email, "claire.q@example.org");
        EXPECT_EQ(found->phone, "+33 6 00");
        EXPECT_EQ(found->source, "dealer");
        EXPECT_EQ(customers_by_email(tx, "CLAIRE.Q@example.org"), std::vector<std::string>{id});
        EXPECT_TRUE(customers_by_email(tx, "").empty());
    });
    if (GetParam() == storage::Engine::sqlite) {
        for (const char* canary : {"Quatrelivres", "claire.q@example.org", "+33 6 00", "K-4711"}) EXPECT_FALSE(on_disk(canary)) << canary;
    }
    db->write([&](Tx& tx) { erase_customer(tx, id); });
    EXPECT_FALSE(db->read([&](Tx& tx) { return find_customer(tx, id); }));
    EXPECT_TRUE(db->read([&](Tx& tx) { return customers_by_email(tx, "claire.q@example.org"); }).empty());
}

TEST_P(Identity, GDP_6_clear_rows_of_an_older_version_are_sealed) {
    db->write([&](Tx& tx) {
        tx.exec("INSERT INTO contact_secret (id, value) VALUES (1, $1)", storage::Blob{std::string(32, 's')});
        for (int i = 0; i < 1203; ++i) {
            tx.exec("INSERT INTO customer (id, external, last_name, email, locale, updated_at) VALUES ($1, $2, 'Quatrelivres', $3, 'fr', 9)", "c" + std::to_string(i),
                    "K" + std::to_string(i), "old" + std::to_string(i) + "@example.org");
        }
        tx.exec("INSERT INTO message (id, unique_key, purpose, customer, mail_template, data, state, created_at) VALUES ('m1', 'k1', 'service', 'c7', 'receipt', $1, 'waiting', 9)",
                R"({"LINK":"https://x/me/secretlink"})");
        tx.exec("INSERT INTO message (id, unique_key, purpose, customer, mail_template, state, created_at) VALUES ('m2', 'k2', 'service', 'c7', 'receipt', 'sent', 9)");
    });
    upgrade();
    db->read([&](Tx& tx) {
        const auto found = find_customer(tx, "c1202");
        ASSERT_TRUE(found);
        EXPECT_EQ(found->email, "old1202@example.org");
        EXPECT_EQ(found->locale, "fr");
        EXPECT_EQ(customers_by_email(tx, "old7@example.org"), std::vector<std::string>{"c7"});
        EXPECT_EQ(tx.value<std::int64_t>("SELECT COUNT(*) FROM customer_identity"), 1203);
        EXPECT_EQ(tx.value<std::int64_t>("SELECT COUNT(*) FROM message WHERE sealed IS NOT NULL"), 1);
        EXPECT_EQ(tx.value<std::int64_t>("SELECT COUNT(*) FROM contact_secret"), 0);
    });
    // The next import finds who was there before.
    Customer again;
    again.external = "K7";
    again.email = "old7@example.org";
    EXPECT_EQ(db->write([&](Tx& tx) { return keep_customer(tx, 20, again); }), "c7");
    if (GetParam() == storage::Engine::sqlite) {
        for (const char* canary : {"Quatrelivres", "old1000@example.org", "secretlink"}) EXPECT_FALSE(on_disk(canary)) << canary;
    }
    EXPECT_EQ(settle(*db), 0);
}

TEST_P(Identity, GDP_6_everything_is_sealed_again_under_a_new_key) {
    upgrade();
    std::vector<std::string> ids;
    db->write([&](Tx& tx) {
        for (int i = 0; i < 1100; ++i) {
            auto one = claire();
            one.external = "K" + std::to_string(i);
            one.email = "c" + std::to_string(i) + "@example.org";
            ids.push_back(keep_customer(tx, 5, one));
        }
        Message message;
        message.key = "receipt:1";
        message.customer = ids.front();
        message.mail_template = "receipt";
        message.data = "{}";
        EXPECT_EQ(queue(tx, 6, message), Queued::queued);
    });
    vault::add_key(*db, 7);
    EXPECT_EQ(seal_again(*db), 1101);
    EXPECT_EQ(seal_again(*db), 0);
    vault::drop_old(*db);
    EXPECT_EQ(db->read([&](Tx& tx) { return find_customer(tx, ids.back())->email; }), "c1099@example.org");
}

TEST_P(Identity, GDP_3_one_person_is_known_by_address_and_name) {
    upgrade();
    db->write([&](Tx& tx) {
        auto one = claire();
        const auto first = keep_customer(tx, 5, one);
        one.external = "K-4712";
        one.first_name = "CLAIRE";
        const auto second = keep_customer(tx, 5, one);
        one.external = "K-4713";
        one.first_name = "Paul";  // the same household's address
        const auto third = keep_customer(tx, 5, one);
        auto all = same_person(tx, first);
        std::sort(all.begin(), all.end());
        std::vector<std::string> both{first, second};
        std::sort(both.begin(), both.end());
        EXPECT_EQ(all, both);
        EXPECT_EQ(same_person(tx, third), std::vector<std::string>{third});
    });
}

TEST_P(Identity, EML_10_suppression_outlives_the_person_and_the_key) {
    upgrade();
    db->write([&](Tx& tx) { suppress(tx, 5, "Claire.Q@example.org", Purpose::invitation, "unsubscribed"); });
    vault::add_key(*db, 7);
    seal_again(*db);
    db->read([&](Tx& tx) {
        EXPECT_TRUE(suppressed(tx, "claire.q@example.org", Purpose::invitation));
        EXPECT_FALSE(suppressed(tx, "claire.q@example.org", Purpose::service));
        EXPECT_FALSE(suppressed(tx, "other@example.org", Purpose::invitation));
    });
}

INSTANTIATE_TEST_SUITE_P(Engines, Identity, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::contact
